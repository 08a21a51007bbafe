import { CloudwatchLogAnomalyDetector } from "@cdktf/provider-aws/lib/cloudwatch-log-anomaly-detector";
import { CloudwatchLogDataProtectionPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-data-protection-policy";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogIndexPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-index-policy";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { iamPolicy } from "../iam/document";
import { literal, literals } from "../terraform/literal";
import { cloudwatchAlarm } from "./alarm";
import { anomalyDetector } from "./anomaly-detector";
import { crossServiceQueries } from "./cross-service-queries";
import { auditLogGroup, dataProtectionPolicy } from "./data-protection";
import { keyDeletionWindowDays, logsKeyAlias, logsKeyStatements } from "./encryption";
import { indexedFields } from "./field-index";
import { metricFilter } from "./metric-filter";
import { queryDefinition } from "./saved-queries";

/**
 * The log groups of an environment, the metrics counted from them (for people and for alarms) and the queries saved for them.
 *
 * Every service owns its log group, also the one of a database, which AWS would create by itself (without retention or
 * encryption) as soon as log export is on: apply this before export is switched on, or import the group that is already there.
 * A protected group is never skipped on destroy: its deletion fails until a person takes the protection off, instead of leaving
 * a group behind that Terraform has forgotten.
 */
export class CloudwatchLogs extends Construct {
  /** The log groups by the names of their services. */
  readonly groups: ReadonlyMap<string, CloudwatchLogGroup>;
  /** The key that they are encrypted with, where the environment has one. */
  readonly key: KmsKey | undefined;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    const { environment, services } = estate;
    this.key = services.some(({ logGroup }) => logGroup.encrypted) ? logsKey(this, environment) : undefined;
    const audit = auditGroup(this, environment, this.key);
    this.groups = new Map(
      services.map((service) => [
        service.service.name,
        serviceLogs(new Construct(this, service.service.name), service, this.key, audit),
      ]),
    );
    const queries = new Construct(this, "all-services");
    for (const { name, text, services: asked } of crossServiceQueries(estate))
      new CloudwatchQueryDefinition(queries, name, {
        name: literal(name),
        queryString: literal(text),
        logGroupNames: asked.flatMap((service) => this.groups.get(service)?.name ?? []),
      });
  }
}

/** Where CloudWatch says what it masked, and where, without quoting it. */
function auditGroup(
  scope: Construct,
  { name, retentionDays }: Environment,
  key: KmsKey | undefined,
): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, "data-protection-findings", {
    name: literal(auditLogGroup(name)),
    retentionInDays: retentionDays,
    tags: literals({ environment: name }),
    ...(key === undefined ? {} : { kmsKeyId: key.arn }),
  });
}

/** One key for all log groups of an environment: keys are billed each, and its policy already sets the account's limits. */
function logsKey(scope: Construct, environment: Environment): KmsKey {
  const key = new KmsKey(scope, "key", {
    description: literal(`Encrypts the logs of ${environment.name}`),
    enableKeyRotation: true,
    deletionWindowInDays: keyDeletionWindowDays,
    policy: literal(iamPolicy(logsKeyStatements(environment))),
    tags: literals({ environment: environment.name }),
  });
  new KmsAlias(scope, "alias", { name: literal(logsKeyAlias(environment.name)), targetKeyId: key.keyId });
  return key;
}

function serviceLogs(
  scope: Construct,
  estate: ServiceEstate,
  key: KmsKey | undefined,
  audit: CloudwatchLogGroup,
): CloudwatchLogGroup {
  const { logGroup, service, tags } = estate;
  const group = new CloudwatchLogGroup(scope, "log-group", {
    name: literal(logGroup.name),
    retentionInDays: logGroup.retentionDays,
    // Always written: leaving it out would leave a protection in place that the catalog has taken off.
    deletionProtectionEnabled: logGroup.deletionProtected,
    tags: literals(tags),
    ...(logGroup.encrypted && key !== undefined ? { kmsKeyId: key.arn } : {}),
  });

  // Asked for once, since every reading makes a token of its own, and a service refers to its group a dozen times.
  const logGroupName = group.name;
  new CloudwatchLogDataProtectionPolicy(scope, "data-protection", {
    logGroupName,
    policyDocument: literal(JSON.stringify(checked(dataProtectionPolicy(estate)))),
    // Findings are told to a group that is there.
    dependsOn: [audit],
  });
  const indexed = indexedFields(estate);
  if (indexed.length > 0)
    new CloudwatchLogIndexPolicy(scope, "index", {
      logGroupName,
      policyDocument: JSON.stringify({ Fields: indexed }),
    });
  const detector = anomalyDetector(estate);
  if (detector !== undefined)
    new CloudwatchLogAnomalyDetector(scope, "anomalies", {
      detectorName: literal(detector.name),
      logGroupArnList: [group.arn],
      evaluationFrequency: detector.frequency,
      anomalyVisibilityTime: detector.visibleDays,
      enabled: true,
      tags: literals(tags),
    });

  const filters = new Construct(scope, "metric-filters");
  const ofAlarms = estate.alerts
    .filter(({ evaluator }) => evaluator === "cloudwatch")
    .flatMap((rule) => checked(cloudwatchAlarm(rule, estate)).metricFilters);
  for (const { name, pattern, transformation } of [
    ...service.logMetrics.map((metric) => checked(metricFilter(metric, estate))),
    ...ofAlarms,
  ]) {
    const { dimensions, ...rest } = transformation;
    new CloudwatchLogMetricFilter(filters, name, {
      name: literal(name),
      pattern: literal(pattern),
      logGroupName,
      metricTransformation: {
        ...rest,
        name: literal(rest.name),
        namespace: literal(rest.namespace),
        ...(dimensions === undefined ? {} : { dimensions: literals(dimensions) }),
      },
    });
  }

  const queries = new Construct(scope, "queries");
  for (const query of service.queries) {
    const { name, text } = checked(queryDefinition(query, service));
    new CloudwatchQueryDefinition(queries, query.name, {
      name: literal(name),
      queryString: literal(text),
      logGroupNames: [logGroupName],
    });
  }
  return group;
}
