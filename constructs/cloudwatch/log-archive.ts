import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { type DefiniteLogArchive, logArchiveOf } from "../../model/log-archive";
import { type IamStatement, iamPolicy } from "../iam/document";
import { literal, literals } from "../terraform/literal";
import { archiveBucket } from "./archive-bucket";
import { buffering, errorsPrefix, eventsPrefix, processors } from "./archive-delivery";
import { archiveDatabase, archiveStream, archiveTable, archiveWorkgroup } from "./archive-names";
import { deliveryStatements, deliveryTrust, subscriptionStatements, subscriptionTrust } from "./archive-policies";
import { archiveQueries } from "./archive-queries";
import { columns, partitions, projection } from "./archive-table";

/** What is archived, and the key that it is encrypted with. */
export interface LogArchiveOptions {
  /** The log groups by the names of their services. */
  readonly logGroups: ReadonlyMap<string, CloudwatchLogGroup>;
  /** The environment's key for logs, where it has one. */
  readonly key: KmsKey | undefined;
}

/** A terabyte: what one question of the shipped estate's largest service, asked of a week, stays well below. */
const scannedBytesCutoff = 1_000_000_000_000;

/**
 * Every event of an environment, in S3: from each log group by a subscription and one delivery stream; as a table for Athena, with the
 * questions that are asked of the past. Nothing where the environment has no archive. What CloudWatch masks arrives masked.
 */
export class CloudwatchLogArchive extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { logGroups, key }: LogArchiveOptions) {
    super(scope, id);
    const archive = logArchiveOf(estate.environment);
    if (archive === undefined) return;
    const bucket = archiveBucket(this, estate.environment, archive, key);
    subscribe(this, estate, deliveryStream(this, estate, archive, bucket, key), logGroups);
    table(this, estate, archive, key);
  }
}

function role(scope: Construct, id: string, name: string, trust: IamStatement, statements: readonly IamStatement[]) {
  const made = new IamRole(scope, `${id}-role`, { name: literal(name), assumeRolePolicy: literal(iamPolicy([trust])) });
  // Not a literal: the ARN of the key is known only once it is created, and nothing else of it could be taken for a template.
  const policy = new IamRolePolicy(scope, `${id}-policy`, { name: id, role: made.name, policy: iamPolicy(statements) });
  return { arn: made.arn, policy };
}

function deliveryStream(
  scope: Construct,
  estate: EnvironmentEstate,
  archive: DefiniteLogArchive,
  bucket: S3Bucket,
  key: KmsKey | undefined,
): KinesisFirehoseDeliveryStream {
  const { environment } = estate;
  const name = archiveStream(environment.name);
  const { arn: roleArn, policy } = role(
    scope,
    "delivery",
    `${name}-delivery`,
    deliveryTrust(environment),
    deliveryStatements(archive.bucket, environment.region, key?.arn),
  );
  return new KinesisFirehoseDeliveryStream(scope, "stream", {
    name: literal(name),
    destination: "extended_s3",
    serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
    tags: literals({ environment: environment.name }),
    // Firehose tries its role when it is made.
    dependsOn: [policy],
    extendedS3Configuration: {
      roleArn,
      bucketArn: bucket.arn,
      prefix: eventsPrefix,
      errorOutputPrefix: errorsPrefix,
      bufferingSize: buffering.mebibytes,
      bufferingInterval: buffering.seconds,
      compressionFormat: "GZIP",
      dynamicPartitioningConfiguration: { enabled: true },
      processingConfiguration: {
        enabled: true,
        processors: processors(estate).map(({ type, parameters }) => ({
          type,
          parameters: parameters.map(({ parameterName, parameterValue }) => ({
            parameterName,
            parameterValue: literal(parameterValue),
          })),
        })),
      },
    },
  });
}

/** One subscription of each log group, of the two that it can have; all events. */
function subscribe(
  scope: Construct,
  { environment, services }: EnvironmentEstate,
  stream: KinesisFirehoseDeliveryStream,
  logGroups: ReadonlyMap<string, CloudwatchLogGroup>,
): void {
  const name = archiveStream(environment.name);
  const { arn: roleArn, policy } = role(
    scope,
    "subscription",
    `${name}-subscription`,
    subscriptionTrust(environment),
    subscriptionStatements(name, environment),
  );
  const subscriptions = new Construct(scope, "subscriptions");
  const destinationArn = stream.arn;
  for (const { service } of services) {
    const group = logGroups.get(service.name);
    if (group === undefined) throw new Error(`no log group of ${service.name}`);
    new CloudwatchLogSubscriptionFilter(subscriptions, service.name, {
      name: "archive",
      logGroupName: group.name,
      filterPattern: "",
      destinationArn,
      roleArn,
      dependsOn: [policy],
    });
  }
}

function table(
  scope: Construct,
  estate: EnvironmentEstate,
  archive: DefiniteLogArchive,
  key: KmsKey | undefined,
): void {
  const { environment } = estate;
  const location = `s3://${archive.bucket}/events/`;
  const database = new GlueCatalogDatabase(scope, "database", {
    name: archiveDatabase(environment.name),
    description: literal(`Archived logs of ${environment.name}`),
  });
  const databaseName = database.name;
  new GlueCatalogTable(scope, "table", {
    name: archiveTable,
    databaseName,
    description: "Records of CloudWatch Logs, each of many events",
    tableType: "EXTERNAL_TABLE",
    parameters: literals(projection(estate, archive)),
    partitionKeys: [...partitions],
    storageDescriptor: {
      location: literal(location),
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
      columns: [...columns],
    },
  });
  const workgroup = new AthenaWorkgroup(scope, "workgroup", {
    name: literal(archiveWorkgroup(environment.name)),
    description: literal(`Questions to the archived logs of ${environment.name}`),
    tags: literals({ environment: environment.name }),
    configuration: {
      // Nobody can send results elsewhere, unencrypted or without the limit.
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: scannedBytesCutoff,
      resultConfiguration: {
        outputLocation: literal(`s3://${archive.bucket}/athena-results/`),
        expectedBucketOwner: environment.account,
        encryptionConfiguration:
          key === undefined ? { encryptionOption: "SSE_S3" } : { encryptionOption: "SSE_KMS", kmsKeyArn: key.arn },
      },
    },
  });
  const queries = new Construct(scope, "queries");
  for (const { name, description, sql } of archiveQueries(environment.name))
    new AthenaNamedQuery(queries, name, {
      name: literal(name),
      description: literal(description),
      database: databaseName,
      workgroup: workgroup.name,
      query: literal(sql),
    });
}
