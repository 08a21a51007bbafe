import { route53Regions } from "../../model/probe";
import { archiveFacts } from "./aws-archive";
import { region } from "./aws-region";
import type { ProviderFacts } from "./facts";

/** Source: Amazon CloudWatch Logs API, PutRetentionPolicy, `retentionInDays`; 0 is the provider's word for never. */
const retentionDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Source: Amazon CloudWatch API, MetricDatum, `Unit`. */
const metricUnits = [
  "Seconds",
  "Microseconds",
  "Milliseconds",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
  "Bits",
  "Kilobits",
  "Megabits",
  "Gigabits",
  "Terabits",
  "Percent",
  "Count",
  "Bytes/Second",
  "Kilobytes/Second",
  "Megabytes/Second",
  "Gigabytes/Second",
  "Terabytes/Second",
  "Bits/Second",
  "Kilobits/Second",
  "Megabits/Second",
  "Gigabits/Second",
  "Terabits/Second",
  "Count/Second",
  "None",
] as const;

/** Source: Amazon CloudWatch API, PutMetricAlarm, `ComparisonOperator`. */
const comparisonOperators = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
] as const;

/** Source: Amazon SNS API, Subscribe, `Protocol`. */
const subscriptionProtocols = [
  "application",
  "email",
  "email-json",
  "firehose",
  "http",
  "https",
  "lambda",
  "sms",
  "sqs",
] as const;

/** What the bindings of hashicorp/aws lose. */
export const awsFacts: ProviderFacts = {
  resources: {
    aws_cloudwatch_log_group: {
      source: "hashicorp/aws, aws_cloudwatch_log_group: Argument Reference",
      facts: {
        ...region,
        name: { forceNew: true },
        name_prefix: { forceNew: true },
        log_group_class: { forceNew: true, oneOf: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"] },
        retention_in_days: { default: 0, oneOf: retentionDays },
        skip_destroy: { default: false },
      },
    },
    aws_cloudwatch_log_metric_filter: {
      source: "hashicorp/aws, aws_cloudwatch_log_metric_filter: Argument Reference",
      facts: {
        ...region,
        name: { forceNew: true },
        log_group_name: { forceNew: true },
        metric_transformation: { minItems: 1, maxItems: 1 },
        "metric_transformation.unit": { default: "None", oneOf: metricUnits },
      },
    },
    aws_cloudwatch_metric_alarm: {
      source: "hashicorp/aws, aws_cloudwatch_metric_alarm: Argument Reference and schema version",
      version: 1,
      facts: {
        ...region,
        actions_enabled: { default: true },
        alarm_name: { forceNew: true },
        comparison_operator: { oneOf: comparisonOperators },
        evaluate_low_sample_count_percentiles: { oneOf: ["evaluate", "ignore"] },
        statistic: { oneOf: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] },
        treat_missing_data: { default: "missing", oneOf: ["breaching", "notBreaching", "ignore", "missing"] },
        unit: { oneOf: metricUnits },
        "metric_query.metric": { maxItems: 1 },
        "metric_query.metric.unit": { oneOf: metricUnits },
        "metric_query.return_data": { default: false },
      },
    },
    aws_cloudwatch_composite_alarm: {
      source: "hashicorp/aws, aws_cloudwatch_composite_alarm: Argument Reference",
      facts: {
        ...region,
        actions_enabled: { default: true, forceNew: true },
        alarm_name: { forceNew: true },
        actions_suppressor: { maxItems: 1 },
      },
    },
    aws_route53_health_check: {
      source: "hashicorp/aws, aws_route53_health_check: Argument Reference; Amazon Route 53 API, HealthCheckConfig",
      facts: {
        type: {
          forceNew: true,
          oneOf: [
            "HTTP",
            "HTTPS",
            "HTTP_STR_MATCH",
            "HTTPS_STR_MATCH",
            "TCP",
            "CALCULATED",
            "CLOUDWATCH_METRIC",
            "RECOVERY_CONTROL",
          ],
        },
        disabled: { default: false },
        measure_latency: { forceNew: true, default: false },
        reference_name: { forceNew: true },
        request_interval: { forceNew: true, oneOf: [10, 30] },
        routing_control_arn: { forceNew: true },
        insufficient_data_health_status: { oneOf: ["Healthy", "Unhealthy", "LastKnownStatus"] },
        regions: {
          oneOf: route53Regions,
        },
      },
    },
    aws_synthetics_canary: {
      source:
        "hashicorp/aws, aws_synthetics_canary: Argument Reference; Amazon CloudWatch Synthetics API, CreateCanary, S3EncryptionConfig (`EncryptionMode`)",
      facts: {
        ...region,
        name: { forceNew: true },
        delete_lambda: { default: false },
        start_canary: { default: false },
        failure_retention_period: { default: 31 },
        success_retention_period: { default: 31 },
        schedule: { minItems: 1, maxItems: 1 },
        "schedule.retry_config": { maxItems: 1 },
        run_config: { maxItems: 1 },
        vpc_config: { maxItems: 1 },
        artifact_config: { maxItems: 1 },
        "artifact_config.s3_encryption": { maxItems: 1 },
        "artifact_config.s3_encryption.encryption_mode": { oneOf: ["SSE_S3", "SSE_KMS"] },
      },
    },
    aws_sns_topic: {
      source: "hashicorp/aws, aws_sns_topic: Argument Reference",
      facts: {
        ...region,
        content_based_deduplication: { default: false },
        fifo_throughput_scope: { oneOf: ["Topic", "MessageGroup"] },
        fifo_topic: { default: false, forceNew: true },
        name: { forceNew: true },
        name_prefix: { forceNew: true },
        signature_version: { oneOf: [1, 2] },
        tracing_config: { oneOf: ["Active", "PassThrough"] },
      },
    },
    aws_sns_topic_policy: {
      source: "hashicorp/aws, aws_sns_topic_policy: Argument Reference",
      facts: { ...region, arn: { forceNew: true } },
    },
    aws_sns_topic_subscription: {
      source: "hashicorp/aws, aws_sns_topic_subscription: Argument Reference",
      facts: {
        ...region,
        confirmation_timeout_in_minutes: { default: 1 },
        endpoint: { forceNew: true },
        endpoint_auto_confirms: { default: false },
        filter_policy_scope: { oneOf: ["MessageAttributes", "MessageBody"] },
        protocol: { forceNew: true, oneOf: subscriptionProtocols },
        raw_message_delivery: { default: false },
        topic_arn: { forceNew: true },
      },
    },
    aws_cloudwatch_query_definition: {
      source: "hashicorp/aws, aws_cloudwatch_query_definition: Argument Reference",
      facts: region,
    },
    aws_cloudwatch_log_data_protection_policy: {
      source: "hashicorp/aws, aws_cloudwatch_log_data_protection_policy: Argument Reference",
      facts: { ...region, log_group_name: { forceNew: true } },
    },
    aws_cloudwatch_log_index_policy: {
      source: "hashicorp/aws, aws_cloudwatch_log_index_policy: Argument Reference",
      facts: { ...region, log_group_name: { forceNew: true } },
    },
    aws_cloudwatch_log_anomaly_detector: {
      source:
        "hashicorp/aws, aws_cloudwatch_log_anomaly_detector: Argument Reference; CloudWatch Logs API, CreateLogAnomalyDetector",
      facts: {
        ...region,
        // UpdateLogAnomalyDetector takes neither a name nor log groups, yet the provider plans an update of both: only the key replaces.
        kms_key_id: { forceNew: true },
        evaluation_frequency: {
          oneOf: ["ONE_MIN", "FIVE_MIN", "TEN_MIN", "FIFTEEN_MIN", "THIRTY_MIN", "ONE_HOUR"],
        },
      },
    },
    aws_cloudwatch_log_subscription_filter: {
      source: "hashicorp/aws, aws_cloudwatch_log_subscription_filter: Argument Reference",
      facts: {
        ...region,
        name: { forceNew: true },
        log_group_name: { forceNew: true },
        destination_arn: { forceNew: true },
        distribution: { default: "ByLogStream", oneOf: ["ByLogStream", "Random"] },
      },
    },
    ...archiveFacts,
    aws_kms_key: {
      source: "hashicorp/aws, aws_kms_key: Argument Reference; AWS KMS API, CreateKey, `KeyUsage`",
      facts: {
        ...region,
        bypass_policy_lockout_safety_check: { default: false },
        custom_key_store_id: { forceNew: true },
        customer_master_key_spec: { forceNew: true, default: "SYMMETRIC_DEFAULT" },
        enable_key_rotation: { default: false },
        is_enabled: { default: true },
        key_usage: {
          forceNew: true,
          default: "ENCRYPT_DECRYPT",
          oneOf: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
        },
        multi_region: { forceNew: true },
        xks_key_id: { forceNew: true },
      },
    },
    aws_kms_alias: {
      source: "hashicorp/aws, aws_kms_alias: Argument Reference",
      facts: { ...region, name: { forceNew: true }, name_prefix: { forceNew: true } },
    },
    aws_prometheus_workspace: {
      source: "hashicorp/aws, aws_prometheus_workspace: Argument Reference",
      facts: { ...region, kms_key_arn: { forceNew: true }, logging_configuration: { maxItems: 1 } },
    },
    aws_prometheus_workspace_configuration: {
      source: "hashicorp/aws, aws_prometheus_workspace_configuration: Argument Reference",
      facts: {
        ...region,
        workspace_id: { forceNew: true },
        "limits_per_label_set.limits": { minItems: 1, maxItems: 1 },
      },
    },
    aws_prometheus_query_logging_configuration: {
      source:
        "hashicorp/aws, aws_prometheus_query_logging_configuration: Argument Reference; AMP API, LoggingDestination",
      facts: {
        ...region,
        workspace_id: { forceNew: true },
        destination: { minItems: 1, maxItems: 1 },
        "destination.cloudwatch_logs": { minItems: 1, maxItems: 1 },
        "destination.filters": { minItems: 1, maxItems: 1 },
      },
    },
    aws_prometheus_alert_manager_definition: {
      source: "hashicorp/aws, aws_prometheus_alert_manager_definition: Argument Reference",
      facts: { ...region, workspace_id: { forceNew: true } },
    },
    aws_secretsmanager_secret: {
      source: "hashicorp/aws, aws_secretsmanager_secret: Argument Reference",
      facts: {
        ...region,
        name: { forceNew: true },
        name_prefix: { forceNew: true },
        force_overwrite_replica_secret: { default: false },
        recovery_window_in_days: { default: 30 },
      },
    },
    aws_secretsmanager_secret_version: {
      source: "hashicorp/aws, aws_secretsmanager_secret_version: Argument Reference",
      facts: {
        ...region,
        secret_id: { forceNew: true },
        secret_binary: { forceNew: true, sensitive: true },
        secret_string: { forceNew: true, sensitive: true },
        secret_string_wo: { sensitive: true },
        secret_string_wo_version: { forceNew: true },
      },
    },
    aws_secretsmanager_secret_policy: {
      source: "hashicorp/aws, aws_secretsmanager_secret_policy: Argument Reference",
      facts: { ...region, secret_arn: { forceNew: true } },
    },
    aws_xray_group: {
      source: "hashicorp/aws, aws_xray_group: Argument Reference",
      facts: { ...region, group_name: { forceNew: true }, insights_configuration: { maxItems: 1 } },
    },
    aws_xray_sampling_rule: {
      source: "hashicorp/aws, aws_xray_sampling_rule: Argument Reference",
      facts: { ...region, rule_name: { forceNew: true }, version: { forceNew: true } },
    },
    aws_ssm_parameter: {
      source: "hashicorp/aws, aws_ssm_parameter: Argument Reference",
      facts: {
        ...region,
        name: { forceNew: true },
        type: { oneOf: ["String", "StringList", "SecureString"] },
        tier: { oneOf: ["Standard", "Advanced", "Intelligent-Tiering"] },
        data_type: { forceNew: true, oneOf: ["text", "aws:ssm:integration", "aws:ec2:image"] },
        value: { sensitive: true },
        value_wo: { sensitive: true },
      },
    },
    aws_prometheus_rule_group_namespace: {
      source: "hashicorp/aws, aws_prometheus_rule_group_namespace: Argument Reference",
      facts: { ...region, name: { forceNew: true }, workspace_id: { forceNew: true } },
    },
  },
};
