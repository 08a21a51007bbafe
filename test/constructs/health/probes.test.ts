import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { HealthProbes } from "../../../constructs/health/probes";
import { eventRules, routingRules } from "../../../constructs/pagerduty/orchestration";
import type { AwsRegion } from "../../../model/aws";
import type { EnvironmentEstate } from "../../../model/estate";
import type { HealthOptions } from "../../../model/health";
import { blackbox, datadogSynthetics, route53 } from "../../../model/probe";
import { checked } from "../../../model/result";
import { meets } from "../pagerduty/pcl";
import { only, synthesized } from "../pagerduty/synthesized";
import { askedEstate } from "./asked";

function made(estate: EnvironmentEstate, topics: ReadonlyMap<"SEV-1", string> = new Map()) {
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  new HealthProbes(stack, "health", estate, { routingKey: "the-key", topics });
  return synthesized(Testing.synth(stack));
}

const inRegion = (region: AwsRegion): EnvironmentEstate => {
  const estate = askedEstate("prod");
  return { ...estate, environment: { ...estate.environment, region } };
};

describe("Route 53", () => {
  const stack = made(askedEstate("prod"));
  const alarm = only(stack.resources("aws_cloudwatch_metric_alarm"));

  test("asks from three regions, for the status and the beginning of the contract's body", () => {
    expect(only(stack.resources("aws_route53_health_check"))).toMatchObject({
      type: "HTTPS_STR_MATCH",
      fqdn: "shop.example.com",
      port: 443,
      resource_path: "/health",
      search_string: '{"status":"',
      request_interval: 30,
      failure_threshold: 3,
      regions: ["ap-southeast-1", "eu-west-1", "us-east-1"],
    });
  });

  test("asks a port of one's own, and one that is not encrypted, as it is", () => {
    const other = made(askedEstate("prod", { url: "http://shop.example.com:8080/", path: "/health/live" }));
    expect(only(other.resources("aws_route53_health_check"))).toMatchObject({
      type: "HTTP_STR_MATCH",
      fqdn: "shop.example.com",
      port: 8080,
      resource_path: "/health/live",
    });
  });

  test("has its alarm, topic and way to PagerDuty where it counts, in Northern Virginia", () => {
    expect(alarm).toMatchObject({
      region: "us-east-1",
      namespace: "AWS/Route53",
      metric_name: "HealthCheckStatus",
      dimensions: { HealthCheckId: expect.stringContaining("aws_route53_health_check.") },
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      treat_missing_data: "breaching",
    });
    expect(only(stack.resources("aws_sns_topic"))).toMatchObject({ region: "us-east-1", name: "prod-alarms-sev-1" });
    expect(only(stack.resources("aws_sns_topic_policy"))).toMatchObject({
      region: "us-east-1",
      policy: expect.stringContaining("arn:aws:cloudwatch:us-east-1:222222222222:alarm:*"),
    });
    expect(only(stack.resources("aws_sns_topic_subscription"))).toMatchObject({
      region: "us-east-1",
      endpoint: expect.stringContaining("the-key"),
    });
    expect(alarm["alarm_actions"]).toEqual(alarm["ok_actions"]);
  });

  test("tells the environment's own topic where that is in the same region, since two of a name are one", () => {
    const there = made(inRegion("us-east-1"), new Map([["SEV-1", "arn:own"]]));
    expect(there.resources("aws_sns_topic")).toEqual([]);
    expect(only(there.resources("aws_cloudwatch_metric_alarm"))).toMatchObject({ alarm_actions: ["arn:own"] });
    expect(only(made(inRegion("us-east-1")).resources("aws_sns_topic"))).not.toHaveProperty("region");
  });

  test("is a page for the service, though CloudWatch evaluates none of its alerts", () => {
    const raw = {
      TopicArn: "arn:aws:sns:us-east-1:222222222222:prod-alarms-sev-1",
      Subject: `ALARM: "${String(alarm["alarm_name"])}" in US East (N. Virginia)`,
      Message: JSON.stringify({ AlarmName: alarm["alarm_name"] }),
    };
    const estate = askedEstate("prod");
    const to = checked(routingRules(estate)).filter(({ conditions }) =>
      conditions.some((each) => meets({ raw }, each)),
    );
    expect(to.map(({ service }) => service)).toEqual(["shop"]);
    expect(eventRules(estate).find(({ conditions }) => conditions.some((each) => meets({ raw }, each)))?.severity).toBe(
      "critical",
    );
  });

  test("is not asked where the environment does not say so", () => {
    const dev = made(askedEstate("dev"));
    expect(dev.addresses.filter((address) => address.startsWith("aws_"))).toEqual([]);
  });
});

describe("Datadog", () => {
  const stack = made(askedEstate("prod"));

  test("holds the answer against the contract, from several locations", () => {
    const test = only(stack.resources("datadog_synthetics_test"));
    expect(test).toMatchObject({
      name: "[prod] shop: HealthCheckFailing",
      type: "api",
      subtype: "http",
      status: "live",
      locations: ["aws:eu-central-1", "aws:eu-west-1", "aws:us-east-1"],
      tags: ["env:prod", "service:shop", "severity:SEV-3", "team:backend", "tier:1"],
      request_definition: { method: "GET", url: "https://shop.example.com/health", timeout: 5 },
      options_list: { tick_every: 60, min_location_failed: 2, monitor_priority: 3 },
    });
    expect(JSON.stringify(test["assertion"])).toContain(
      '"jsonpath":"$.status","operator":"isNot","targetvalue":"unhealthy"',
    );
    expect(JSON.stringify(test["assertion"])).toContain("draft-07");
  });

  test("tells whom every alert of its severity reaches", () => {
    expect(only(stack.resources("datadog_synthetics_test"))["message"]).toMatch(/@pagerduty-prod @slack-backend$/);
  });
});

describe("several who see one outage", () => {
  const severities = (probes: HealthOptions["probes"]["default"]) => {
    const stack = made(askedEstate("prod", { probes: { default: probes } }));
    return [
      only(stack.resources("aws_cloudwatch_metric_alarm"))["tags"],
      only(stack.resources("datadog_synthetics_test"))["options_list"],
    ];
  };

  test("are one page, by the first of them", () => {
    const sev = (severity: string) => expect.objectContaining({ severity });
    const priority = (value: number) => expect.objectContaining({ monitor_priority: value });
    expect(severities([route53(), datadogSynthetics()])).toEqual([sev("sev-1"), priority(3)]);
    expect(severities([datadogSynthetics(), route53()])).toEqual([sev("sev-3"), priority(1)]);
    expect(severities([blackbox(), datadogSynthetics(), route53()])).toEqual([sev("sev-3"), priority(3)]);
  });
});

describe("Grafana", () => {
  test("asks from its probes, for a body of a service that serves", () => {
    const stack = made(askedEstate("dev"));
    expect(only(stack.resources("grafana_synthetic_monitoring_check"))).toMatchObject({
      job: "dev-shop-health",
      target: "https://shop.dev.example.com/health",
      probes: [4, 9],
      frequency: 60_000,
      timeout: 5000,
      labels: { environment: "dev", service: "shop", team: "backend", tier: "1" },
      settings: { http: { fail_if_not_ssl: true, valid_status_codes: [200] } },
    });
  });
});
