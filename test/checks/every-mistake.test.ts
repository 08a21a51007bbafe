import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import type { Finding } from "../../model/finding";
import { loadCatalog } from "../../tools/load-catalog";
import { exampleCatalog } from "../support/example";

const findings = checkCatalog(loadCatalog("test/fixtures/bad/every-mistake.ts"));

/** What a finding is about, short: id, and where within the file. */
const place = ({ id, where: { service, rule, field } }: Finding): string =>
  [id, service ?? "", rule ?? "", field ?? ""].join(" | ");

describe("every mistake of a catalog is found, all at once", () => {
  test.each([
    ["catalog/shape", "alerts", "NoCondition", "when", /missing/],
    ["catalog/shape", "shapeless", undefined, "description", /missing/],
    ["catalog/shape", "shapeless", undefined, "tier", /1, 2, 3 or 4/],
    ["name/duplicate-service", "alerts", undefined, "name", /declared twice/],
    ["name/duplicate-alert", "alerts", "Twice", "alerts", /declared twice/],
    ["name/duplicate-dashboard", "queries", "board", "dashboards", /declared twice/],
    ["name/duplicate-query", "queries", "Same name", "queries", /declared twice/],
    ["name/duplicate-log-group", "shared-logs", undefined, "runtime.logGroup", /\/ecs\/alerts is alerts's already/],
    ["name/malformed", "alerts", "not-camel", "name", /CamelCase/],
    ["name/malformed", "Bad Name", undefined, "name", /kebab-case/],
    ["name/malformed", "bad-logs", undefined, "runtime.logGroup", /not a log group name/],
    ["name/renamed-from", "renamed", undefined, "renamedFrom", /there is a service silent/],
    ["service/no-owner", "ownerless", undefined, "team", /no team/],
    ["service/unknown-team", "orphan", undefined, "team", /Did you mean "backend"\?/],
    ["service/unknown-team", undefined, undefined, "onCall.architecture", /architecure/],
    ["alert/unknown-environment", "alerts", "UnknownEnvironment", "environments", /Did you mean "prod"\?/],
    ["alert/unknown-environment", "alerts", "UnknownEnvironment", "thresholds", /"stagng"/],
    ["alert/unknown-environment", "database", undefined, "runtime.instance", /"dve"/],
    ["environment/account", undefined, undefined, "environments.prod.account", /not an AWS account/],
    ["environment/region", undefined, undefined, "environments.prod.region", /Did you mean "eu-west-1"\?/],
    [
      "environment/retention",
      undefined,
      undefined,
      "environments.prod.retentionDays",
      /42 days; the nearest it can is 30/,
    ],
    ["environment/url", undefined, undefined, "environments.prod.grafana", /not a URL/],
    ["environment/state", undefined, undefined, "environments.prod.state", /not the name of an S3 bucket/],
    ["team/slack", undefined, undefined, "teams.unreachable.slack", /not a Slack channel/],
    ["team/email", undefined, undefined, "teams.unreachable.email", /not a mail address/],
    ["team/on-call", undefined, undefined, "teams.unreachable.onCall.rotation", /nobody is on call/],
    ["team/on-call", undefined, undefined, "teams.unreachable.onCall.timeZone", /Did you mean "Europe\/Berlin"\?/],
    ["team/on-call", undefined, undefined, "teams.unreachable.onCall.start", /not a Monday/],
    ["telemetry/unknown-metric", "alerts", "UnknownMetric", "when", /Did you mean "requests"\?/],
    ["telemetry/unknown-metric", "queries", "board", "dashboards.gone", /Did you mean "requests"\?/],
    ["telemetry/unknown-label", "alerts", "UnknownLabel", "when", /Did you mean "status"\?/],
    ["telemetry/unknown-label-value", "alerts", "UnknownLabelValue", "when", /never "GTE"/],
    ["telemetry/unknown-log-field", "queries", "unknown-field", "logMetrics", /"levle"/],
    ["telemetry/unknown-log-field", "queries", "unknown-field", "logMetrics.by", /"error_tpye"/],
    ["alert/condition", "alerts", "UnknownIndicator", "when", /Did you mean "p95_latency"\?/],
    ["alert/condition", "alerts", "WrongDimension", "when", /p95_latency is a time, but "5%" is a ratio/],
    ["alert/condition", "alerts", "UnknownUnit", "when", /did you mean "1000ms"\?/],
    ["alert/condition", "alerts", "NoThreshold", "when", /no threshold/],
    [
      "alert/condition",
      "alerts",
      "BeyondBuckets",
      "when",
      /not below the last bucket of http_request_duration_seconds/,
    ],
    ["alert/duration", "alerts", "BadDuration", "for", /did you mean "5m"\?/],
    ["alert/severity", "alerts", "UnknownSeverity", "severity", /Did you mean "critical"\?/],
    ["alert/severity", "alerts", "NoRoute", "severity", /no severity, and so no route/],
    ["alert/no-runbook", "alerts", "NoRunbook", "runbook", /no runbook/],
    ["alert/no-summary", "alerts", "NoSummary", "summary", /no summary/],
    ["alert/evaluator", "alerts", "UnknownEvaluator", "evaluator", /Did you mean "datadog"\?/],
    [
      "alert/inexpressible",
      "alerts",
      "NotInCloudwatch",
      "when",
      /CloudWatch does not hold http_request_duration_seconds; prometheus and datadog can evaluate it/,
    ],
    ["alert/inexpressible", "alerts", "NotInDatadog", "when", /Datadog does not hold memory_usage_bytes/],
    ["alert/placeholder", "alerts", "LostLabel", "summary", /\{endpoint\} is not known/],
    ["alert/recovery", "alerts", "WrongRecovery", "recovery", /wrong side/],
    ["alert/none", "silent", undefined, "alerts", /no alerts/],
    ["alert/none", "missing", undefined, "alerts", /no alerts/],
    ["alert/none", "unexplained", undefined, "alerts", /without a reason/],
    ["promql/syntax", "alerts", "BadPromql", "when", /at character 42/],
    ["promql/unknown-metric", "alerts", "UnknownPromqlMetric", "when", /Did you mean "http_requests_total"\?/],
    ["promql/no-comparison", "alerts", "NoComparison", "when", /compares nothing/],
    ["datadog/contract", "alerts", "UnknownDatadogMetric", "when", /Did you mean "app\.http\.requests"\?/],
    ["datadog/contract", "alerts", "UnknownDatadogTag", "when", /Did you mean "status"\?/],
    ["alert/inexpressible", "alerts", "BadDatadogQuery", "when", /at character/],
    ["insights/query", "queries", "Does not parse", "queries", /Did you mean "filter"\?/],
    ["insights/query", "queries", "Unknown field", "queries", /Did you mean "path"\?/],
    ["alert/symptom", "alerts", "UnknownSymptom", "symptom", /Did you mean "latency"\?/],
    ["alert/means", "alerts", "UnknownMeaning", "means", /Did you mean "down"\?/],
    ["dependency/unknown", "windows", undefined, "dependsOn", /Did you mean "alerts"\?/],
    ["dependency/self", "windows", undefined, "dependsOn", /depends on itself/],
    ["dependency/cycle", "windows", undefined, "dependsOn", /windows → circle → windows/],
    ["maintenance/time", "windows", undefined, "maintenance.no-time.start", /"22 Uhr" is not a time of day/],
    ["maintenance/time", "windows", undefined, "maintenance.no-length.end", /begins and ends at 22:00/],
    ["maintenance/days", "windows", undefined, "maintenance.no-days.days", /no days/],
    ["maintenance/days", "windows", undefined, "maintenance.unknown-day.days", /Did you mean "sunday"\?/],
    ["maintenance/too-long", "windows", undefined, "maintenance.forever.days", /48 hours without a break/],
    ["maintenance/time-zone", "windows", undefined, "maintenance.nowhere.timeZone", /Did you mean "Europe\/Berlin"\?/],
    ["maintenance/reason", "windows", undefined, "maintenance.no-reason.reason", /no reason/],
    ["maintenance/unknown-service", "windows", undefined, "maintenance.of-others.services", /about that service/],
    [
      "maintenance/unknown-environment",
      "windows",
      undefined,
      "maintenance.unknown-environment.environments",
      /Did you mean "prod"\?/,
    ],
    ["maintenance/name", "windows", undefined, "maintenance.Not kebab.name", /not in kebab-case/],
    ["maintenance/name", "windows", undefined, "maintenance.twice.name", /declared twice/],
    [
      "maintenance/unknown-service",
      undefined,
      undefined,
      "environments.prod.maintenance.of-none.services",
      /Did you mean "windows"\?/,
    ],
    [
      "maintenance/unknown-environment",
      undefined,
      undefined,
      "environments.prod.maintenance.elsewhere.environments",
      /about that environment/,
    ],
    ["elastic/address", undefined, undefined, "environments.prod.elastic.elasticsearch", /not the URL of a server/],
    ["elastic/run-by", undefined, undefined, "environments.prod.elastic.runBy", /Did you mean "windows"\?/],
    ["elastic/phases", undefined, undefined, "environments.prod.elastic.retentionDays", /keeps its logs 42/],
    [
      "elastic/phases",
      undefined,
      undefined,
      "environments.prod.elastic.warmAfterDays",
      /not before coldAfterDays of 10/,
    ],
    ["elastic/shard-size", undefined, undefined, "environments.prod.elastic.shardGigabytes", /200 GB/],
    ["elastic/number", undefined, undefined, "environments.prod.elastic.replicas", /no place/],
    ["elastic/number", undefined, undefined, "environments.prod.elastic.averageLoad", /not a share/],
    ["secret/literal", "alerts", "Leaky", "description", /GitHub token/],
  ])("%s in %s %s, at %s", (id, service, rule, field, message) => {
    const found = findings.filter(
      ({ where, ...rest }) =>
        rest.id === id && where.service === service && where.rule === rule && where.field === field,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      level: "error",
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/\w/),
    });
    expect(found[0]?.where.file).toMatch(/every-mistake\.ts$/);
  });

  test("nothing is found beside them, and nothing twice", () => {
    expect(findings.map(place)).toHaveLength(new Set(findings.map(place)).size);
    expect(findings).toHaveLength(86);
  });

  test("no message repeats the secret", () => {
    expect(JSON.stringify(findings)).not.toContain("a1B2a1B2");
  });

  test("a catalog without mistakes has no findings", () => {
    expect(checkCatalog(exampleCatalog())).toEqual([]);
  });
});
