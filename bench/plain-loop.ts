import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { Monitor } from "@cdktf/provider-datadog/lib/monitor";
import { App } from "cdktf";
import { Dashboard } from "../providers/grafana/dashboard";
import { plainAlertmanager } from "./plain-alertmanager";
import { plainEnvironment } from "./plain-environment";
import { filled, type PlainInputs, type PlainService } from "./plain-inputs";
import { plainOnCall } from "./plain-on-call";

/*
 * The same estate as a person would write it who has CDKTF and nothing else: a loop over environments and services, object
 * literals, template strings. No catalog, no checks, no scan of the output; the numbers of an alert are written twice, and
 * nothing says whether they agree. It is what our layers are measured against.
 *
 * It is given every advantage: the long texts are ready but for the service's name (plain-inputs.ts), constructs lie flat, and
 * CDKTF takes no stack traces of constructs. The arguments of its resources are those of ours, which a test holds it to; what
 * follows from the log contract alone (masking, indexes, parameters, Datadog's side of logs, who may look) its author would not write.
 */

/** Types that ours has of every catalog and the loop has not. */
export const leftOutTypes: readonly string[] = [
  "aws_cloudwatch_log_anomaly_detector",
  "aws_cloudwatch_log_data_protection_policy",
  "aws_cloudwatch_log_index_policy",
  "aws_iam_policy",
  "aws_ssm_parameter",
  "datadog_logs_custom_pipeline",
  "datadog_logs_index",
  "datadog_logs_metric",
  "datadog_sensitive_data_scanner_group",
  "datadog_sensitive_data_scanner_rule",
  "grafana_folder_permission",
];

/** Names of what ours has beside, of types that the loop has too: findings of the masking, and queries over all services. */
export const leftOutNames = /^(\/aws\/vendedlogs\/\w+\/data-protection$|all-services\/)/;

const queries: readonly (readonly [name: string, text: string])[] = [
  [
    "Errors of the last hour",
    'fields @timestamp, level, message, error_type | filter level in ["ERROR", "CRITICAL"] | sort @timestamp desc | limit 100',
  ],
  [
    "Top error types",
    "filter ispresent(error_type) | stats count(*) as errors by error_type | sort errors desc | limit 20",
  ],
  ["Errors by endpoint", "filter status_code >= 500 | stats count(*) as errors by path | sort errors desc | limit 50"],
  [
    "Latency by endpoint",
    "filter ispresent(path) | stats pct(duration_ms, 50) as p50, pct(duration_ms, 99) as p99 by path | sort p99 desc | limit 50",
  ],
  [
    "One request's trail",
    'fields @timestamp, level, message | filter request_id = "12345" | sort @timestamp asc | limit 1000',
  ],
  [
    "One user's activity",
    'fields @timestamp, message, path | filter user_id = "12345" | sort @timestamp desc | limit 200',
  ],
  [
    "Slow requests",
    "fields @timestamp, path, duration_ms | filter duration_ms > 1000 | sort duration_ms desc | limit 100",
  ],
];

type Environment = PlainInputs["environments"][number];
type Place = ReturnType<typeof plainEnvironment>;

function logs({ stack, key }: Place, environment: Environment, { name, team, tier }: PlainService): void {
  const group = new CloudwatchLogGroup(stack, `${name}-log-group`, {
    name: `/ecs/${name}`,
    retentionInDays: environment.retentionDays,
    deletionProtectionEnabled: environment.production,
    tags: { environment: environment.name, service: name, team, tier: `${tier}` },
    ...(key === undefined ? {} : { kmsKeyId: key.arn }),
  });
  new CloudwatchLogMetricFilter(stack, `${name}-errors`, {
    name: "errors",
    pattern: '{ (($.level = "ERROR") || ($.level = "CRITICAL")) && ($.error_type = *) }',
    logGroupName: group.name,
    metricTransformation: {
      name: "errors",
      namespace: `Estate/${name}`,
      value: "1",
      unit: "Count",
      dimensions: { error_type: "$.error_type" },
    },
  });
  new CloudwatchLogMetricFilter(stack, `${name}-slow-requests`, {
    name: "slow-requests",
    pattern: "{ ($.status_code = *) && ($.duration_ms > 1000) }",
    logGroupName: group.name,
    metricTransformation: {
      name: "slow-requests",
      namespace: `Estate/${name}`,
      value: "1",
      unit: "Count",
      defaultValue: "0",
    },
  });
  for (const [title, text] of queries) {
    new CloudwatchQueryDefinition(stack, `${name}-${title}`, {
      name: `${name}/${title}`,
      queryString: text,
      logGroupNames: [group.name],
    });
  }
}

function monitors({ stack }: Place, { name: environment, production }: Environment, service: PlainService): void {
  const { name, team, tier } = service;
  const minor = { severity: "SEV-3 (minor, some users), response: next business day", tag: "sev-3", priority: "3" };
  const major = production
    ? { severity: "SEV-2 (major degradation), response: 30 minutes", tag: "sev-2", priority: "2" }
    : minor;
  const failures = environment === "dev" ? { critical: "1000", recovery: "900" } : { critical: "100", recovery: "90" };
  const end = (runbook: string, severity: string): string =>
    `${severity}. Owner: ${team}.\nRunbook: https://runbooks.example.com/${runbook}\n` +
    `Dashboard: https://grafana.example.com/d/${environment}-${name}-service\n\n` +
    `@pagerduty-${environment} @slack-${team}`;
  const tags = (severity: string): string[] => [
    `env:${environment}`,
    `service:${name}`,
    `severity:${severity}`,
    `team:${team}`,
    `tier:${tier}`,
  ];
  new Monitor(stack, `${name}-FailedRequests`, {
    name: `[${environment}] ${name}: FailedRequests`,
    type: "query alert",
    query: `sum(last_5m):sum:app.http.requests{env:${environment},service:${name},status:500}.as_count() > ${failures.critical}`,
    message: `{{value}} requests failed within five minutes\n\n${end("failed-requests", major.severity)}`,
    monitorThresholds: { critical: failures.critical, criticalRecovery: failures.recovery },
    priority: major.priority,
    onMissingData: "resolve",
    requireFullWindow: false,
    includeTags: false,
    tags: tags(major.tag),
  });
  new Monitor(stack, `${name}-LongTailLatency`, {
    name: `[${environment}] ${name}: LongTailLatency`,
    type: "query alert",
    query: `percentile(last_5m):p99:app.http.request.duration{env:${environment},service:${name}} > 5`,
    message: `One request in a hundred takes {{value}} seconds or longer\n\n${end("long-tail-latency", minor.severity)}`,
    monitorThresholds: { critical: "5", criticalRecovery: "4.5" },
    priority: minor.priority,
    onMissingData: "resolve",
    requireFullWindow: false,
    includeTags: false,
    tags: tags(minor.tag),
  });
  new Monitor(stack, `${name}-ErrorLogs`, {
    name: `[${environment}] ${name}: ErrorLogs`,
    type: "log alert",
    query: `logs("env:${environment} service:${name} status:(error OR critical)").index("*").rollup("count").last("5m") > 50`,
    message: `{{value}} errors were logged within five minutes\n\n${end("error-logs", minor.severity)}`,
    monitorThresholds: { critical: "50", criticalRecovery: "45" },
    priority: minor.priority,
    onMissingData: "default",
    requireFullWindow: false,
    includeTags: false,
    tags: tags(minor.tag),
  });
}

function rulesAndDashboard(place: Place, environment: Environment, service: PlainService, outdir: string): void {
  const { name, team, tier } = service;
  const templates = environment.templates.get(team);
  if (templates === undefined) throw new Error(`no templates for the team ${team}`);
  const rules = filled(templates.rules, name);
  new PrometheusRuleGroupNamespace(place.stack, `${name}-rules`, {
    name,
    workspaceId: place.workspace.id,
    data: rules,
    tags: { environment: environment.name, service: name, team, tier: `${tier}` },
  });
  writeFileSync(join(outdir, "artifacts", environment.name, "prometheus", `${name}.rules.yaml`), rules);
  new Dashboard(place.stack, `${name}-dashboard`, {
    configJson: filled(templates.dashboard, name),
    ...place.folderOf(team),
    overwrite: true,
  });
}

/** Builds the estate and writes it to a folder. */
export function plainLoop({ environments, teams, services }: PlainInputs, outdir: string): App {
  const app = new App({ outdir, stackTraces: false });
  plainOnCall(app, teams, services);
  for (const environment of environments) {
    const place = plainEnvironment(app, environment, services);
    plainAlertmanager(place, environment, teams);
    for (const system of ["alertmanager", "prometheus"])
      mkdirSync(join(outdir, "artifacts", environment.name, system), { recursive: true });
    const routes = join(outdir, "artifacts", environment.name, "alertmanager", "alertmanager.yaml");
    writeFileSync(routes, environment.alertmanagerFile);
    for (const service of services) {
      logs(place, environment, service);
      monitors(place, environment, service);
      rulesAndDashboard(place, environment, service, outdir);
    }
  }
  app.synth();
  return app;
}
