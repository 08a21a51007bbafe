import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { CloudwatchAlarms } from "../../../constructs/cloudwatch/alarms";
import { CloudwatchLogs } from "../../../constructs/cloudwatch/logs";
import type { Alert } from "../../../model/alert";
import { and } from "../../../model/condition";
import { logCount, ratio } from "../../../model/indicator";
import { exampleEstate, exampleLogs } from "../../support/example";
import { only, synthesized } from "../pagerduty/synthesized";
import { held, heldService, tested } from "./held";

/** The alarms and logs of a service in an environment as Terraform JSON. */
function synthesize(alerts: readonly Alert[], environment: "dev" | "prod" = "prod") {
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  const estate = exampleEstate(environment, [heldService({ alerts })]);
  new CloudwatchLogs(stack, "cloudwatch", estate);
  new CloudwatchAlarms(stack, "alarms", estate, { routingKey: "KEY" });
  return synthesized(Testing.synth(stack));
}

const busy = held.cpu.avg().above("80%");
const named = (name: string, alert: Alert): Alert => ({ ...alert, name });

describe("an alarm", () => {
  const { resources } = synthesize([tested({ when: busy, for: "15m" })]);
  const topic = only(resources("aws_sns_topic"));
  const alarm = only(resources("aws_cloudwatch_metric_alarm"));

  test("on one metric names it directly, with every number that decides it", () => {
    expect(alarm).toMatchObject({
      alarm_name: "[prod] shop: Tested",
      alarm_description: expect.stringMatching(/^It is more than 80%\n.*Runbook: https/s),
      namespace: "Shop",
      metric_name: "CPU",
      dimensions: { Service: "shop" },
      statistic: "Average",
      period: 60,
      evaluation_periods: 15,
      datapoints_to_alarm: 15,
      comparison_operator: "GreaterThanThreshold",
      threshold: 80,
      treat_missing_data: "notBreaching",
      tags: { environment: "prod", service: "shop", team: "backend", tier: "1", severity: "sev-2" },
    });
    expect(alarm).not.toHaveProperty("metric_query");
  });

  test("tells the topic of its severity when it fires and when it is over", () => {
    const arn = `\${${topic.address}.arn}`;
    expect(alarm).toMatchObject({ alarm_actions: [arn], ok_actions: [arn] });
    expect(alarm).not.toHaveProperty("insufficient_data_actions");
    expect(topic).toMatchObject({ name: "prod-alarms-sev-2", tags: { environment: "prod" } });
  });

  test("reaches PagerDuty by the orchestration's key, as SNS wraps it", () => {
    expect(only(resources("aws_sns_topic_subscription"))).toMatchObject({
      topic_arn: `\${${topic.address}.arn}`,
      protocol: "https",
      endpoint: "https://events.pagerduty.com/x-ere/KEY",
      endpoint_auto_confirms: true,
    });
    expect(only(resources("aws_sns_topic_subscription"))).not.toHaveProperty("raw_message_delivery");
  });

  test("is the only one that may publish: CloudWatch, of this account, to this topic", () => {
    const { policy } = only(resources("aws_sns_topic_policy"));
    expect(JSON.parse(String(policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: "arn:aws:sns:eu-west-1:222222222222:prod-alarms-sev-2",
          Condition: {
            StringEquals: { "aws:SourceAccount": "222222222222" },
            ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:*" },
          },
        },
      ],
    });
  });
});

describe("metric maths", () => {
  test("is one query for each metric, and the expression alone is watched", () => {
    const share = ratio(held.errors.rate("5m"), held.requests.rate("5m"));
    const { resources } = synthesize([tested({ when: share.above("1%") })]);
    const metric = (name: string) => ({
      namespace: "Shop",
      metric_name: name,
      dimensions: { Service: "shop" },
      period: 300,
      stat: "Sum",
    });
    expect(only(resources("aws_cloudwatch_metric_alarm"))).toMatchObject({
      metric_query: [
        { id: "m1", return_data: false, metric: metric("Errors") },
        { id: "m2", return_data: false, metric: metric("Requests") },
        { id: "e1", return_data: true, expression: "IF(m2 > 0, (m1 / m2) * 100)" },
      ],
      threshold: 1,
    });
  });

  test("of an anomaly returns what is watched and its band", () => {
    const { resources } = synthesize([tested({ when: held.cpu.avg().deviates({ deviations: 3 }) })]);
    const alarm = only(resources("aws_cloudwatch_metric_alarm"));
    expect(alarm).toMatchObject({
      metric_query: [
        { id: "m1", return_data: true, metric: { metric_name: "CPU" } },
        { id: "band", return_data: true, expression: "ANOMALY_DETECTION_BAND(m1, 3)" },
      ],
      threshold_metric_id: "band",
      comparison_operator: "LessThanLowerOrGreaterThanUpperThreshold",
    });
    expect(alarm).not.toHaveProperty("threshold");
  });

  test.each([
    [held.duration.quantile(0.95, "5m").above("1s"), { extended_statistic: "p95", threshold: 1000 }],
    [held.duration.fraction("1s", "5m").below("99%"), { extended_statistic: "PR(:1000)", threshold: 99 }],
  ])("is not needed for a percentile", (when, expected) => {
    const alarm = only(synthesize([tested({ when })]).resources("aws_cloudwatch_metric_alarm"));
    expect(alarm).toMatchObject(expected);
    expect(alarm).not.toHaveProperty("statistic");
  });
});

describe("a composite alarm", () => {
  const { resources } = synthesize([
    tested({ when: and(busy, held.requests.rate("5m").above("10 per second")), for: "5m" }),
  ]);
  const children = resources("aws_cloudwatch_metric_alarm");

  test("tells of what its children, which tell nobody, decide", () => {
    const topic = only(resources("aws_sns_topic"));
    const composite = only(resources("aws_cloudwatch_composite_alarm"));
    expect(composite).toMatchObject({
      alarm_name: "[prod] shop: Tested",
      alarm_rule: 'ALARM("[prod] shop: Tested / 1") AND ALARM("[prod] shop: Tested / 2")',
      alarm_actions: [`\${${topic.address}.arn}`],
      ok_actions: [`\${${topic.address}.arn}`],
      depends_on: children.map(({ address }) => address),
    });
    expect(children).toHaveLength(2);
    for (const child of children) {
      expect(child).toMatchObject({
        alarm_description: expect.stringContaining('"[prod] shop: Tested"'),
        lifecycle: { create_before_destroy: true },
      });
      expect([child["alarm_actions"] ?? [], child["ok_actions"] ?? []]).toEqual([[], []]);
    }
  });
});

describe("an estate", () => {
  const types = [
    "aws_sns_topic",
    "aws_sns_topic_policy",
    "aws_sns_topic_subscription",
    "aws_cloudwatch_metric_alarm",
    "aws_cloudwatch_composite_alarm",
  ];

  test("of which CloudWatch evaluates nothing has none of this", () => {
    const { resources } = synthesize([tested({ when: busy, evaluator: "datadog" })]);
    for (const type of types) expect(resources(type)).toEqual([]);
  });

  test("has a topic for each severity in use; elsewhere than in production all are SEV-3", () => {
    const alerts = [
      named("First", tested({ when: busy, severity: "SEV-1" })),
      named("Second", tested({ when: busy, severity: "SEV-3" })),
      named("Third", tested({ when: busy, severity: "SEV-3" })),
    ];
    const topics = (environment: "dev" | "prod") =>
      synthesize(alerts, environment)
        .resources("aws_sns_topic")
        .map(({ name }) => name);
    expect(topics("prod")).toEqual(["prod-alarms-sev-1", "prod-alarms-sev-3"]);
    expect(topics("dev")).toEqual(["dev-alarms-sev-3"]);
  });

  test("keeps the addresses of its alarms when another alert comes before them", () => {
    const kept = named("Kept", tested({ when: busy }));
    const addresses = (alerts: readonly Alert[]) =>
      synthesize(alerts)
        .resources("aws_cloudwatch_metric_alarm")
        .map(({ address }) => address);
    expect(addresses([named("Added", tested({ when: busy })), kept])).toEqual(
      expect.arrayContaining([...addresses([kept])]),
    );
  });

  test("counts in its log groups what its alarms count", () => {
    const { resources } = synthesize([tested({ when: logCount(exampleLogs.level.equals("ERROR"), "5m").above("10") })]);
    const [ofShop] = resources("aws_cloudwatch_log_group").filter(({ name }) => name === "/ecs/shop");
    expect(only(resources("aws_cloudwatch_log_metric_filter"))).toMatchObject({
      name: "Tested",
      log_group_name: `\${${ofShop?.address}.name}`,
      metric_transformation: { name: "Tested", namespace: "Estate/shop", default_value: "0" },
    });
  });
});

test("texts that Terraform would take for templates stay as they are", () => {
  const quoted = { ...tested({ when: busy }), summary: "a ${ b } and %{ c }" };
  const { resources } = synthesize([quoted]);
  expect(only(resources("aws_cloudwatch_metric_alarm"))).toMatchObject({
    alarm_description: expect.stringContaining("a $${ b } and %%{ c }"),
  });
});

test("an alert that CloudWatch cannot evaluate is a defect here: the checks refuse it first", () => {
  expect(() => synthesize([tested({ when: held.elsewhere.avg().above("1GB") })])).toThrow(/unchecked value/);
});
