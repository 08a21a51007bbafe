import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { literal, literals } from "../terraform/literal";
import { cloudwatchAlarm } from "./alarm";
import { keyDeletionWindowDays, logsKeyAlias, logsKeyPolicy } from "./encryption";
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
  /** Encrypts all of them, where they are encrypted. */
  readonly key: KmsKey | undefined;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    this.key = estate.services.some(({ logGroup }) => logGroup.encrypted)
      ? logsKey(this, estate.environment)
      : undefined;
    for (const service of estate.services) serviceLogs(new Construct(this, service.service.name), service, this.key);
  }
}

/** One key for all log groups of an environment: keys are billed each, and its policy already sets the account's limits. */
function logsKey(scope: Construct, environment: Environment): KmsKey {
  const key = new KmsKey(scope, "key", {
    description: literal(`Encrypts the logs of ${environment.name}`),
    enableKeyRotation: true,
    deletionWindowInDays: keyDeletionWindowDays,
    policy: literal(JSON.stringify(logsKeyPolicy(environment))),
    tags: literals({ environment: environment.name }),
  });
  new KmsAlias(scope, "alias", { name: literal(logsKeyAlias(environment.name)), targetKeyId: key.keyId });
  return key;
}

function serviceLogs(scope: Construct, estate: ServiceEstate, key: KmsKey | undefined): void {
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
}
