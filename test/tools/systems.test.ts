import { describe, expect, test } from "@jest/globals";
import { perSystem, systemNames, systemOf } from "../../tools/systems";

describe("the system of a resource", () => {
  test.each([
    ["aws_cloudwatch_log_group", "CloudWatch"],
    ["aws_kms_key", "CloudWatch"],
    ["datadog_monitor", "Datadog"],
    ["aws_prometheus_rule_group_namespace", "Prometheus"],
    ["aws_prometheus_alert_manager_definition", "Alertmanager"],
    ["aws_sns_topic", "SNS"],
    ["aws_xray_group", "X-Ray"],
    ["aws_ssm_parameter", "Parameters"],
    ["grafana_dashboard", "Grafana"],
    ["elasticstack_elasticsearch_data_stream", "Elasticsearch"],
    ["elasticstack_kibana_space", "Kibana"],
    ["pagerduty_schedule", "PagerDuty"],
    ["aws_iam_role", "IAM"],
    ["statuspage_component", "Statuspage"],
    ["sentry_project", "Sentry"],
    ["aws_ssm_parameter", "Parameters"],
    ["opsgenie_team", "Opsgenie"],
    ["aws_route53_health_check", "Health"],
    ["aws_synthetics_canary", "Health"],
    ["datadog_synthetics_test", "Health"],
    ["grafana_synthetic_monitoring_check", "Health"],
    ["aws_s3_bucket", "Archive"],
    ["aws_kinesis_firehose_delivery_stream", "Archive"],
    ["random_id", "other"],
  ])("%s is %s", (type, system) => {
    expect(systemOf(type)).toBe(system);
  });
});

describe("resources per system", () => {
  const counted = (resources: Readonly<Record<string, number>>) => {
    const counts = perSystem(resources);
    return Object.fromEntries(systemNames.flatMap((name, at) => (counts[at] === 0 ? [] : [[name, counts[at]]])));
  };

  test("are counted in the order of the systems' names, each of which is there once", () => {
    expect(new Set(systemNames).size).toBe(systemNames.length);
    expect(perSystem({})).toEqual(systemNames.map(() => 0));
    expect(
      counted({
        aws_cloudwatch_log_group: 2,
        aws_kms_key: 3,
        grafana_folder: 5,
        grafana_dashboard: 7,
        aws_prometheus_workspace: 11,
        aws_sns_topic: 13,
      }),
    ).toEqual({ CloudWatch: 5, SNS: 13, Prometheus: 11, Grafana: 12 });
  });
});
