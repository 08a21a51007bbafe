/** The systems that the estate declares, and the Terraform types of each, by prefix; the first that matches wins. */
const systems: readonly { readonly name: string; readonly prefixes: readonly string[] }[] = [
  {
    name: "Health",
    prefixes: ["aws_route53_health_check", "aws_synthetics_", "datadog_synthetics_", "grafana_synthetic_monitoring_"],
  },
  { name: "CloudWatch", prefixes: ["aws_cloudwatch_", "aws_kms_"] },
  {
    name: "Archive",
    prefixes: ["aws_kinesis_firehose_", "aws_s3_", "aws_glue_", "aws_athena_"],
  },
  // Roles and policies, of whatever system.
  { name: "IAM", prefixes: ["aws_iam_"] },
  { name: "Datadog", prefixes: ["datadog_"] },
  { name: "Alertmanager", prefixes: ["aws_prometheus_alert_manager_", "aws_secretsmanager_"] },
  // Topics that alarms and Alertmanager tell.
  { name: "SNS", prefixes: ["aws_sns_"] },
  { name: "Prometheus", prefixes: ["aws_prometheus_"] },
  { name: "X-Ray", prefixes: ["aws_xray_"] },
  // What collectors and services read at their start.
  { name: "Parameters", prefixes: ["aws_ssm_"] },
  { name: "Grafana", prefixes: ["grafana_"] },
  { name: "Elasticsearch", prefixes: ["elasticstack_elasticsearch_"] },
  { name: "Kibana", prefixes: ["elasticstack_kibana_"] },
  { name: "PagerDuty", prefixes: ["pagerduty_"] },
  { name: "Opsgenie", prefixes: ["opsgenie_"] },
  { name: "Statuspage", prefixes: ["statuspage_"] },
  { name: "Sentry", prefixes: ["sentry_"] },
];

export const systemNames: readonly string[] = systems.map(({ name }) => name);

/** The system that a Terraform type belongs to. */
export const systemOf = (type: string): string =>
  systems.find(({ prefixes }) => prefixes.some((prefix) => type.startsWith(prefix)))?.name ?? "other";

/** Resources of each system, in the order of `systemNames`. */
export function perSystem(resources: Readonly<Record<string, number>>): readonly number[] {
  const counts = new Map<string, number>();
  for (const [type, count] of Object.entries(resources))
    counts.set(systemOf(type), (counts.get(systemOf(type)) ?? 0) + count);
  return systemNames.map((name) => counts.get(name) ?? 0);
}
