import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { HealthProbes } from "../../../../constructs/health/probes";
import { eventRules, routingRules } from "../../../../constructs/pagerduty/orchestration";
import type { AwsRegion } from "../../../../model/aws";
import { estateOf } from "../../../../model/estate";
import type { HealthOptions } from "../../../../model/health";
import { blackbox, cloudwatchSynthetics, type Probe, route53 } from "../../../../model/probe";
import { checked } from "../../../../model/result";
import { exampleCatalog } from "../../../support/example";
import { meets } from "../../pagerduty/pcl";
import { type Block, only, synthesized } from "../../pagerduty/synthesized";
import { askedService } from "../asked";

function estateAsked(
  probes: readonly Probe[],
  options: Partial<HealthOptions> & { readonly renamedFrom?: string } = {},
  region: AwsRegion = "eu-central-1",
) {
  const { renamedFrom, ...health } = options;
  const { errors: _none, ...service } = askedService({ probes: { default: [], prod: probes }, ...health });
  const catalog = exampleCatalog([{ ...service, ...(renamedFrom === undefined ? {} : { renamedFrom }) }]);
  const environment = catalog.environments.find(({ name }) => name === "prod");
  if (environment === undefined) throw new Error("no prod");
  return estateOf(catalog, { ...environment, region });
}

function made(...asked: Parameters<typeof estateAsked>) {
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  new HealthProbes(stack, "health", estateAsked(...asked), { routingKey: "the-key", topics: new Map() });
  return synthesized(Testing.synth(stack));
}

/** The block in a region. */
const inRegion = (blocks: readonly Block[], region: string): Block =>
  only(blocks.filter((block) => block["region"] === region));

const alarmsOn = (stack: ReturnType<typeof made>, namespace: string): readonly Block[] =>
  stack.resources("aws_cloudwatch_metric_alarm").filter((alarm) => alarm["namespace"] === namespace);

describe("a canary of one region", () => {
  const stack = made([cloudwatchSynthetics({ regions: ["eu-west-1"], every: "1m" })]);
  const canary = only(stack.resources("aws_synthetics_canary"));
  const bucket = only(stack.resources("aws_s3_bucket"));

  test("runs the estate's script every minute, without a browser, a trace or a network of its own", () => {
    expect(canary).toMatchObject({
      region: "eu-west-1",
      name: "prod-shop-health",
      handler: "health-canary.handler",
      runtime_version: "syn-nodejs-5.2",
      schedule: { expression: "rate(1 minute)" },
      start_canary: true,
      delete_lambda: true,
      run_config: {
        timeout_in_seconds: 60,
        active_tracing: false,
        environment_variables: {
          HEALTH_URL: "https://shop.example.com/health",
          HEALTH_TIMEOUT_SECONDS: "5",
          HEALTH_DEPENDENCIES: "database,external",
        },
      },
      artifact_config: { s3_encryption: { encryption_mode: "SSE_S3" } },
    });
    expect(canary).not.toHaveProperty("vpc_config");
  });

  test("has its code in a bucket of its region, under a name that changes with code and runtime", () => {
    const code = only(stack.resources("aws_s3_object"));
    expect(code).toMatchObject({
      region: "eu-west-1",
      key: expect.stringMatching(/^code\/syn-nodejs-5\.2-[0-9a-f]{16}\.zip$/),
      content_base64: expect.stringMatching(/^UEsDB/),
      lifecycle: { create_before_destroy: true },
    });
    expect(canary["s3_key"]).toBe(`\${${code.address}.key}`);
    expect(canary["artifact_s3_location"]).toBe(`s3://\${${code.address}.bucket}/results/prod-shop-health`);
    const older = made([cloudwatchSynthetics({ regions: ["eu-west-1"], runtime: "syn-nodejs-5.1" })]);
    expect(only(older.resources("aws_s3_object"))["key"]).toMatch(/^code\/syn-nodejs-5\.1-/);
  });

  test("writes to a bucket that is closed, encrypted, reached by TLS and forgets", () => {
    expect(bucket).toMatchObject({ region: "eu-west-1", bucket: "222222222222-prod-canaries-eu-west-1" });
    expect(only(stack.resources("aws_s3_bucket_public_access_block"))).toMatchObject({
      region: "eu-west-1",
      block_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(stack.resources("aws_s3_bucket_policy"))["policy"]).toContain('"aws:SecureTransport":"false"');
    const [results] = [only(stack.resources("aws_s3_bucket_lifecycle_configuration"))["rule"]].flat();
    expect(results).toMatchObject({ filter: [{ prefix: "results/" }], expiration: [{ days: 31 }] });
  });

  test("may write its own results, logs and numbers, and nothing else", () => {
    const { Statement: statements } = JSON.parse(String(only(stack.resources("aws_iam_role_policy"))["policy"]));
    expect(statements).toEqual([
      expect.objectContaining({
        Action: "s3:PutObject",
        Resource: ["arn:aws:s3:::222222222222-prod-canaries-eu-west-1/results/prod-shop-health/*"],
      }),
      expect.objectContaining({ Action: "s3:GetBucketLocation" }),
      expect.objectContaining({ Action: "s3:ListAllMyBuckets", Resource: "*" }),
      expect.objectContaining({
        Resource: ["arn:aws:logs:eu-west-1:222222222222:log-group:/aws/lambda/cwsyn-prod-shop-health-*"],
      }),
      expect.objectContaining({
        Action: "cloudwatch:PutMetricData",
        Condition: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
      }),
    ]);
    expect(only(stack.resources("aws_iam_role"))).toMatchObject({
      name: "prod-shop-canary",
      assume_role_policy: expect.stringContaining("lambda.amazonaws.com"),
    });
  });

  test("calls somebody after two runs in a row that fail, or that were not made", () => {
    const alarm = only(stack.resources("aws_cloudwatch_metric_alarm"));
    expect(alarm).toMatchObject({
      region: "eu-west-1",
      alarm_name: "[prod] shop: HealthCheckFailing (canary of eu-west-1)",
      namespace: "CloudWatchSynthetics",
      metric_name: "SuccessPercent",
      dimensions: { CanaryName: `\${${canary.address}.name}` },
      statistic: "Average",
      period: 60,
      comparison_operator: "LessThanThreshold",
      threshold: 100,
      evaluation_periods: 2,
      treat_missing_data: "breaching",
      tags: { severity: "sev-1" },
    });
    expect(alarm["alarm_actions"]).toEqual([`\${${only(stack.resources("aws_sns_topic")).address}.arn}`]);
    expect(alarm["ok_actions"]).toEqual(alarm["alarm_actions"]);
    expect(only(stack.resources("aws_sns_topic"))).toMatchObject({ region: "eu-west-1", name: "prod-alarms-sev-1" });
    expect(stack.resources("aws_route53_health_check")).toEqual([]);
  });

  test("in the environment's own region tells the topic there", () => {
    const home = made([cloudwatchSynthetics({ regions: ["eu-central-1"] })]);
    expect(only(home.resources("aws_sns_topic"))).not.toHaveProperty("region");
  });
});

describe("canaries of several regions", () => {
  const regions = ["us-east-1", "eu-west-1", "ap-southeast-1"] as const;
  const stack = made([cloudwatchSynthetics({ regions })]);
  const checks = stack.resources("aws_route53_health_check");

  test("are one in each, with bucket, code and alarm there, and one role", () => {
    for (const type of ["aws_synthetics_canary", "aws_s3_bucket", "aws_s3_object"])
      expect(
        stack
          .resources(type)
          .map(({ region }) => region)
          .sort(),
      ).toEqual([...regions].sort());
    const [canary, code] = ["aws_synthetics_canary", "aws_s3_object"].map((type) =>
      inRegion(stack.resources(type), "eu-west-1"),
    );
    expect(canary?.["s3_key"]).toBe(`\${${code?.address}.key}`);
    only(stack.resources("aws_iam_role"));
  });

  test("tell nobody by themselves: one region's trouble is the network's", () => {
    const alarms = alarmsOn(stack, "CloudWatchSynthetics");
    expect(alarms).toHaveLength(3);
    for (const alarm of alarms) expect(alarm).not.toHaveProperty("alarm_actions");
  });

  test("are counted by Route 53, which sees every region's alarm", () => {
    const seen = checks.filter(({ type }) => type === "CLOUDWATCH_METRIC");
    expect(seen.map((check) => check["cloudwatch_alarm_region"])).toEqual([...regions].sort());
    for (const check of seen) {
      const alarm = inRegion(alarmsOn(stack, "CloudWatchSynthetics"), String(check["cloudwatch_alarm_region"]));
      expect(check["cloudwatch_alarm_name"]).toBe(`\${${alarm.address}.alarm_name}`);
      expect(check).toMatchObject({ insufficient_data_health_status: "Unhealthy", triggers: { period: "300" } });
    }
    expect(only(checks.filter(({ type }) => type === "CALCULATED"))).toMatchObject({
      child_healthchecks: seen.map(({ address }) => `\${${address}.id}`),
    });
  });

  test.each([
    [2, 1, "both"],
    [3, 2, "two"],
    [4, 2, "three"],
    [5, 3, "three"],
  ])("of %i: %i that do well are enough, so that %s must fail", (count, healthy) => {
    const some = (["us-east-1", "eu-west-1", "ap-southeast-1", "eu-west-2", "sa-east-1"] as const).slice(0, count);
    const calculated = made([cloudwatchSynthetics({ regions: some })])
      .resources("aws_route53_health_check")
      .filter(({ type }) => type === "CALCULATED");
    expect(only(calculated)["child_health_threshold"]).toBe(healthy);
  });

  test("have one alarm together, in Northern Virginia, where Route 53 counts", () => {
    const alarm = only(alarmsOn(stack, "AWS/Route53"));
    expect(alarm).toMatchObject({
      region: "us-east-1",
      alarm_name: "[prod] shop: HealthCheckFailing (canaries)",
      metric_name: "HealthCheckStatus",
      treat_missing_data: "breaching",
      tags: { severity: "sev-1" },
    });
    expect(alarm["alarm_actions"]).toEqual([`\${${only(stack.resources("aws_sns_topic")).address}.arn}`]);
  });

  test("are a page for the service, though CloudWatch evaluates none of its alerts", () => {
    const name = String(only(alarmsOn(stack, "AWS/Route53"))["alarm_name"]);
    const raw = {
      TopicArn: "arn:aws:sns:us-east-1:222222222222:prod-alarms-sev-1",
      Subject: `ALARM: "${name}" in US East (N. Virginia)`,
      Message: JSON.stringify({ AlarmName: name }),
    };
    const estate = estateAsked([cloudwatchSynthetics({ regions })]);
    const to = checked(routingRules(estate)).filter(({ conditions }) =>
      conditions.some((each) => meets({ raw }, each)),
    );
    expect(to.map(({ service }) => service)).toEqual(["shop"]);
    expect(eventRules(estate).find(({ conditions }) => conditions.some((each) => meets({ raw }, each)))?.severity).toBe(
      "critical",
    );
  });
});

describe("beside other probes", () => {
  test("wake nobody where they are not the first", () => {
    const alarm = only(alarmsOn(made([blackbox(), cloudwatchSynthetics()]), "AWS/Route53"));
    expect(alarm["tags"]).toMatchObject({ severity: "sev-3" });
  });

  test("share Route 53's topic, and not the name of its alarm", () => {
    const stack = made([blackbox(), route53(), cloudwatchSynthetics()]);
    expect(only(stack.resources("aws_sns_topic"))).toMatchObject({ region: "us-east-1", name: "prod-alarms-sev-3" });
    const alarms = alarmsOn(stack, "AWS/Route53");
    expect(new Set(alarms.map((alarm) => alarm["alarm_name"])).size).toBe(2);
    expect(new Set(alarms.map((alarm) => JSON.stringify(alarm["alarm_actions"]))).size).toBe(1);
  });
});

test("a renamed service's canary and role keep their names, and its alarm has the one that PagerDuty routes by", () => {
  const stack = made([cloudwatchSynthetics({ regions: ["eu-west-1"] })], { renamedFrom: "store" });
  expect(only(stack.resources("aws_synthetics_canary"))["name"]).toBe("prod-store-health");
  expect(only(stack.resources("aws_iam_role"))["name"]).toBe("prod-store-canary");
  expect(only(stack.resources("aws_cloudwatch_metric_alarm"))["alarm_name"]).toMatch(/^\[prod\] shop: /);
});

test("nothing is made where no canary asks", () => {
  expect(made([blackbox()]).addresses).toEqual([]);
});
