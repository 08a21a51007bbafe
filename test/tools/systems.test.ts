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
    ["grafana_dashboard", "Grafana"],
    ["elasticstack_elasticsearch_data_stream", "Elasticsearch"],
    ["elasticstack_kibana_space", "Kibana"],
    ["pagerduty_schedule", "PagerDuty"],
    ["aws_iam_role", "other"],
    ["random_id", "other"],
  ])("%s is %s", (type, system) => {
    expect(systemOf(type)).toBe(system);
  });
});

describe("resources per system", () => {
  test("are counted in the order of the systems' names, with none where there is none", () => {
    expect(systemNames).toEqual([
      "CloudWatch",
      "Datadog",
      "Alertmanager",
      "SNS",
      "Prometheus",
      "Grafana",
      "Elasticsearch",
      "Kibana",
      "PagerDuty",
    ]);
    expect(
      perSystem({
        aws_cloudwatch_log_group: 2,
        aws_kms_key: 3,
        grafana_folder: 5,
        grafana_dashboard: 7,
        aws_prometheus_workspace: 11,
        aws_sns_topic: 13,
      }),
    ).toEqual([5, 0, 0, 13, 11, 12, 0, 0, 0]);
  });

  test("are none of none", () => {
    expect(perSystem({})).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
