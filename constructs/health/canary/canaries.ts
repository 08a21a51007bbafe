import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SyntheticsCanary } from "@cdktf/provider-aws/lib/synthetics-canary";
import { Construct } from "constructs";
import type { AwsRegion } from "../../../model/aws";
import type { Environment } from "../../../model/environment";
import type { ServiceEstate } from "../../../model/estate";
import { iamPolicy } from "../../iam/document";
import { closedBucket } from "../../s3/closed-bucket";
import { literal, literals } from "../../terraform/literal";
import { onHealthCheck } from "../route53";
import type { TopicOf } from "../topics";
import { type Canary, type CanaryAlarm, canaryBucket, failedRuns } from "./canary";
import { type CanaryCode, canaryCode, handler } from "./code";
import { canaryNamespace, canaryStatements, canaryTrust, resultsPrefix } from "./policy";

/** Days that a run is shown, and its results are kept: those of a failure until long after its post-mortem. */
const successDays = 7;
const failureDays = 31;

/** A service and its canaries. */
export interface AskedByCanary {
  readonly service: ServiceEstate;
  readonly canary: Canary;
}

/** The code of each runtime, in the bucket of each region. */
type CodeIn = (region: AwsRegion, runtime: string) => S3Object;

/**
 * Canaries of CloudWatch Synthetics: in each region a bucket with the code that all of them run and with what they find; for each service a role, a
 * canary in each region with its alarm, and where there are several, one alarm on all.
 *
 * No alarm of CloudWatch sees another region than its own. Route 53 does: a health check of each region's alarm, one that counts them, and
 * an alarm on that one, which is told as those of other health checks are.
 */
export class Canaries extends Construct {
  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    asked: readonly AskedByCanary[],
    topicOf: TopicOf,
  ) {
    super(scope, id);
    const codeIn = buckets(this, environment, asked);
    for (const { service, canary } of asked)
      addCanary(new Construct(this, service.service.name), environment, service, canary, codeIn, topicOf);
  }
}

function buckets(scope: Construct, environment: Environment, asked: readonly AskedByCanary[]): CodeIn {
  // The underscore keeps the id apart from the services', whose names stand beside it and are in kebab-case.
  const all = new Construct(scope, "code_buckets");
  const code = canaryCode();
  const objects = new Map<string, S3Object>();
  const regions = [...new Set(asked.flatMap(({ canary }) => canary.regions))].sort();
  for (const region of regions) {
    const within = new Construct(all, region);
    const bucket = closedBucket(within, {
      name: canaryBucket(environment, region),
      tags: { environment: environment.name },
      region,
      key: undefined,
      // When nobody asks any more, nobody wants to know what was answered.
      forceDestroy: true,
      lifecycle: [
        { id: "results", status: "Enabled", filter: [{ prefix: "results/" }], expiration: [{ days: failureDays }] },
      ],
    });
    const runtimes = asked.flatMap(({ canary }) => (canary.regions.includes(region) ? [canary.runtime] : []));
    for (const runtime of [...new Set(runtimes)].sort())
      objects.set(`${region}/${runtime}`, addCode(within, region, bucket.id, code, runtime));
  }
  return (region, runtime) => {
    const found = objects.get(`${region}/${runtime}`);
    if (found === undefined) throw new Error(`no code for ${runtime} in ${region}`);
    return found;
  };
}

/**
 * The name changes with the code, in which alone Terraform sees that a canary must be updated; and with the runtime, which AWS changes only
 * together with the code (hashicorp/terraform-provider-aws, issue 46792).
 */
function addCode(scope: Construct, region: AwsRegion, bucket: string, { archive, hash }: CanaryCode, runtime: string) {
  return new S3Object(scope, runtime, {
    region,
    bucket,
    key: `code/${runtime}-${hash}.zip`,
    contentBase64: archive,
    contentType: "application/zip",
    // The canary is updated between the two.
    lifecycle: { createBeforeDestroy: true },
  });
}

function addCanary(
  scope: Construct,
  environment: Environment,
  { tags }: ServiceEstate,
  canary: Canary,
  codeIn: CodeIn,
  topicOf: TopicOf,
): void {
  const role = new IamRole(scope, "role", {
    name: literal(canary.roleName),
    description: literal(`Canaries ${canary.name}`),
    assumeRolePolicy: literal(iamPolicy([canaryTrust])),
    tags: literals(tags),
  });
  const policy = new IamRolePolicy(scope, "policy", {
    name: "canary",
    role: role.id,
    policy: literal(iamPolicy(canaryStatements(canary, environment))),
  });
  const alarms = canary.alarms.map((alarm) => {
    const within = new Construct(scope, alarm.region);
    const { region } = alarm;
    const code = codeIn(region, canary.runtime);
    const made = new SyntheticsCanary(within, "canary", {
      region,
      name: literal(canary.name),
      artifactS3Location: `s3://${code.bucket}/${resultsPrefix(canary.name)}`,
      // Synthetics would otherwise use a key of KMS, and every run would pay for it; what it finds is an address and a status.
      artifactConfig: { s3Encryption: { encryptionMode: "SSE_S3" } },
      executionRoleArn: role.arn,
      handler,
      runtimeVersion: canary.runtime,
      s3Bucket: code.bucket,
      s3Key: code.key,
      startCanary: true,
      deleteLambda: true,
      successRetentionPeriod: successDays,
      failureRetentionPeriod: failureDays,
      schedule: { expression: canary.schedule },
      runConfig: {
        timeoutInSeconds: canary.timeoutSeconds,
        // A trace of each run would say that a probe has asked, which the run says itself.
        activeTracing: false,
        environmentVariables: literals(canary.variables),
      },
      tags: literals(tags),
      // A canary starts at once, and its first run writes.
      dependsOn: [policy],
    });
    return { alarm, made: addAlarm(within, made, canary, alarm, tags, topicOf) };
  });
  if (canary.together !== undefined) addTogether(scope, alarms, canary, canary.together, tags, topicOf);
}

/** Whom an alarm tells: the topic of its severity, or nobody. */
function named({ name, description, region, severity }: CanaryAlarm, tags: ServiceEstate["tags"], topicOf: TopicOf) {
  const topic = severity === undefined ? undefined : topicOf({ region, severity });
  const told = topic === undefined ? {} : { alarmActions: [topic], okActions: [topic] };
  return {
    region,
    alarmName: literal(name),
    alarmDescription: literal(description),
    ...told,
    tags: literals({ ...tags, ...(severity === undefined ? {} : { severity: severity.toLowerCase() }) }),
  };
}

function addAlarm(
  scope: Construct,
  canary: SyntheticsCanary,
  { everySeconds }: Canary,
  alarm: CanaryAlarm,
  tags: ServiceEstate["tags"],
  topicOf: TopicOf,
): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, "alarm", {
    ...named(alarm, tags, topicOf),
    namespace: canaryNamespace,
    metricName: "SuccessPercent",
    dimensions: { CanaryName: canary.name },
    statistic: "Average",
    // One run in each.
    period: everySeconds,
    comparisonOperator: "LessThanThreshold",
    threshold: 100,
    evaluationPeriods: failedRuns,
    // A canary that does not run sees no outage.
    treatMissingData: "breaching",
  });
}

function addTogether(
  scope: Construct,
  alarms: readonly { readonly alarm: CanaryAlarm; readonly made: CloudwatchMetricAlarm }[],
  { everySeconds }: Canary,
  { healthyRegions, alarm }: NonNullable<Canary["together"]>,
  tags: ServiceEstate["tags"],
  topicOf: TopicOf,
): void {
  const within = new Construct(scope, "all_regions");
  const checks = alarms.map(
    ({ alarm: { region, name }, made }) =>
      new Route53HealthCheck(within, region, {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: made.alarmName,
        cloudwatchAlarmRegion: region,
        // As the alarm itself takes it.
        insufficientDataHealthStatus: "Unhealthy",
        // Route 53 has a copy of the alarm's conditions, made anew only when one of these changes.
        triggers: { period: String(everySeconds), runs: String(failedRuns) },
        tags: literals({ ...tags, Name: name }),
      }),
  );
  const check = new Route53HealthCheck(within, "check", {
    type: "CALCULATED",
    childHealthchecks: checks.map(({ id }) => id),
    childHealthThreshold: healthyRegions,
    tags: literals({ ...tags, Name: alarm.name }),
  });
  new CloudwatchMetricAlarm(within, "alarm", {
    ...named(alarm, tags, topicOf),
    ...onHealthCheck(check.id),
  });
}
