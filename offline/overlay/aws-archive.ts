import { region } from "./aws-region";
import type { ProviderFacts } from "./facts";

/** What the bindings of hashicorp/aws lose of where logs are kept for long, and of who may read them. */
export const archiveFacts: ProviderFacts["resources"] = {
  aws_kinesis_firehose_delivery_stream: {
    source: "hashicorp/aws, aws_kinesis_firehose_delivery_stream: Argument Reference and schema version",
    version: 1,
    facts: {
      ...region,
      name: { forceNew: true },
      destination: {
        forceNew: true,
        oneOf: [
          "elasticsearch",
          "extended_s3",
          "http_endpoint",
          "iceberg",
          "opensearch",
          "opensearchserverless",
          "redshift",
          "snowflake",
          "splunk",
        ],
      },
      "extended_s3_configuration.buffering_interval": { default: 300 },
      "extended_s3_configuration.buffering_size": { default: 5 },
      "extended_s3_configuration.compression_format": {
        default: "UNCOMPRESSED",
        oneOf: ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"],
      },
      "extended_s3_configuration.cloudwatch_logging_options.enabled": { default: false },
      "extended_s3_configuration.dynamic_partitioning_configuration.enabled": { forceNew: true, default: false },
      "extended_s3_configuration.dynamic_partitioning_configuration.retry_duration": { default: 300 },
      "extended_s3_configuration.custom_time_zone": { default: "UTC" },
      "extended_s3_configuration.s3_backup_mode": { default: "Disabled", oneOf: ["Disabled", "Enabled"] },
      "http_endpoint_configuration.access_key": { sensitive: true },
      "redshift_configuration.password": { sensitive: true },
      "snowflake_configuration.key_passphrase": { sensitive: true },
      "snowflake_configuration.private_key": { sensitive: true },
      "server_side_encryption.enabled": { default: false },
      "server_side_encryption.key_type": {
        default: "AWS_OWNED_CMK",
        oneOf: ["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"],
      },
    },
  },
  aws_s3_bucket: {
    source: "hashicorp/aws, aws_s3_bucket: Argument Reference",
    facts: {
      ...region,
      bucket: { forceNew: true },
      bucket_prefix: { forceNew: true },
      force_destroy: { default: false },
      object_lock_enabled: { forceNew: true },
      "object_lock_configuration.object_lock_enabled": { deprecated: true },
      acceleration_status: { deprecated: true },
      acl: { deprecated: true },
      policy: { deprecated: true },
      request_payer: { deprecated: true },
      website_domain: { deprecated: true },
      website_endpoint: { deprecated: true },
    },
  },
  aws_s3_bucket_public_access_block: {
    source: "hashicorp/aws, aws_s3_bucket_public_access_block: Argument Reference",
    facts: {
      ...region,
      bucket: { forceNew: true },
      block_public_acls: { default: false },
      block_public_policy: { default: false },
      ignore_public_acls: { default: false },
      restrict_public_buckets: { default: false },
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    source: "hashicorp/aws, aws_s3_bucket_server_side_encryption_configuration: Argument Reference",
    facts: {
      ...region,
      bucket: { forceNew: true },
      expected_bucket_owner: { forceNew: true },
      "rule.apply_server_side_encryption_by_default.sse_algorithm": { oneOf: ["AES256", "aws:kms", "aws:kms:dsse"] },
    },
  },
  aws_s3_bucket_policy: {
    source: "hashicorp/aws, aws_s3_bucket_policy: Argument Reference",
    facts: { ...region, bucket: { forceNew: true } },
  },
  aws_s3_bucket_lifecycle_configuration: {
    source: "hashicorp/aws, aws_s3_bucket_lifecycle_configuration: Argument Reference and schema version",
    version: 1,
    facts: {
      ...region,
      bucket: { forceNew: true },
      expected_bucket_owner: { forceNew: true },
      id: { deprecated: true },
      "rule.prefix": { deprecated: true },
    },
  },
  aws_s3_object: {
    source: "hashicorp/aws, aws_s3_object: Argument Reference",
    facts: {
      ...region,
      bucket: { forceNew: true },
      key: { forceNew: true },
      force_destroy: { default: false },
      "override_provider.default_tags": { maxItems: 1 },
    },
  },
  aws_iam_role: {
    source: "hashicorp/aws, aws_iam_role: Argument Reference",
    facts: {
      name: { forceNew: true },
      name_prefix: { forceNew: true },
      path: { forceNew: true, default: "/" },
      force_detach_policies: { default: false },
      max_session_duration: { default: 3600 },
      managed_policy_arns: { deprecated: true },
      inline_policy: { deprecated: true },
    },
  },
  aws_iam_role_policy: {
    source: "hashicorp/aws, aws_iam_role_policy: Argument Reference",
    facts: { name: { forceNew: true }, name_prefix: { forceNew: true }, role: { forceNew: true } },
  },
  aws_iam_policy: {
    source: "hashicorp/aws, aws_iam_policy: Argument Reference",
    facts: {
      name: { forceNew: true },
      name_prefix: { forceNew: true },
      description: { forceNew: true },
      path: { forceNew: true, default: "/" },
    },
  },
  aws_glue_catalog_database: {
    source: "hashicorp/aws, aws_glue_catalog_database: Argument Reference",
    facts: {
      ...region,
      name: { forceNew: true },
      catalog_id: { forceNew: true },
      target_database: { forceNew: true, maxItems: 1 },
    },
  },
  aws_glue_catalog_table: {
    source: "hashicorp/aws, aws_glue_catalog_table: Argument Reference",
    facts: {
      ...region,
      name: { forceNew: true },
      catalog_id: { forceNew: true },
      database_name: { forceNew: true },
      partition_index: { forceNew: true, maxItems: 3 },
    },
  },
  aws_athena_workgroup: {
    source: "hashicorp/aws, aws_athena_workgroup: Argument Reference",
    facts: {
      ...region,
      name: { forceNew: true },
      force_destroy: { default: false },
      state: { default: "ENABLED", oneOf: ["ENABLED", "DISABLED"] },
      "configuration.enforce_workgroup_configuration": { default: true },
      "configuration.publish_cloudwatch_metrics_enabled": { default: true },
      "configuration.requester_pays_enabled": { default: false },
    },
  },
  aws_athena_named_query: {
    source: "hashicorp/aws, aws_athena_named_query: Argument Reference",
    facts: {
      ...region,
      name: { forceNew: true },
      database: { forceNew: true },
      description: { forceNew: true },
      query: { forceNew: true },
      workgroup: { forceNew: true, default: "primary" },
    },
  },
};
