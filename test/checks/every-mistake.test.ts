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
    ["access/unknown", undefined, undefined, "access.grants.bakend", /Did you mean "backend"\?/],
    ["access/unknown", undefined, undefined, "access.grants.backend.prd", /Did you mean "prod"\?/],
    ["access/unknown", undefined, undefined, "access.grants.backend.prod", /Did you mean "viewer"\?/],
    ["access/trust", undefined, undefined, "access.aws.provider", /not the name of an identity provider/],
    ["access/wildcard", undefined, undefined, "access.awsAdditions.0.actions", /"ecs:\*" is not the whole name/],
    ["access/wildcard", undefined, undefined, "access.awsAdditions.0.resources", /does not say which resources/],
    ["access/wildcard", undefined, undefined, "access.awsAdditions.0.reason", /no reason/],
    ["access/share", undefined, undefined, "access.sharing.0.dashboard", /Did you mean "board"\?/],
    ["access/share", undefined, undefined, "access.sharing.0.until", /"2026-02-30" is not a day/],
    ["access/personal-data", undefined, undefined, "access.sharing.1.dashboard", /recent-errors/],
    ["access/share", undefined, undefined, "access.sharing.1.environment", /Did you mean "prod"\?/],
    ["access/share", undefined, undefined, "access.sharing.1.until", /lasts 360 days, more than 90/],
    ["access/share", undefined, undefined, "access.sharing.1.reason", /no reason/],
    ["status-page/page", undefined, undefined, "statusPage.page", /not the id of a page/],
    ["status-page/component", "seen", undefined, "statusPage.description", /blank/],
    ["status-page/component", "seen-too", undefined, "statusPage.component", /"API" is on the page already/],
    ["tracing/percent", "circle", undefined, "tracing.sampling.keepPercent", /150 is not a share/],
    ["tracing/time", "circle", undefined, "tracing.sampling.slowAfter", /unknown unit "sec"/],
    ["tracing/backends", undefined, undefined, "environments.prod.tracing.backends", /Did you mean "jaeger"\?/],
    ["catalog/shape", "shapeless-errors", undefined, "errors.alerts", /missing/],
    ["catalog/shape", "shapeless-health", undefined, "health.probes", /received array/],
    ["errors/organization", undefined, undefined, "sentry.organization", /not an organization's slug/],
    ["errors/organization", undefined, undefined, "sentry.slack", /not the id of an integration/],
    ["errors/unrouted", "tracked", undefined, "errors.alerts", /a cron monitor that no alert is about/],
    ["errors/unrouted", "mute-errors", undefined, "errors.alerts", /in prod nobody is told/],
    ["errors/alert", "tracked", undefined, "errors.alerts.good again.name", /not in CamelCase/],
    ["errors/alert", "tracked", undefined, "errors.alerts.good again.severity", /Did you mean "critical"\?/],
    ["errors/alert", "tracked", undefined, "errors.alerts.Rarely.when.within", /unknown window "7m"/],
    ["errors/alert", "tracked", undefined, "errors.alerts.Rarely.when.above", /0 is no count/],
    ["errors/schedule", "tracked", undefined, "runtime.schedules.nightly.schedule", /"61" is no minute/],
    ["errors/schedule", "tracked", undefined, "runtime.schedules.nightly.timeZone", /Did you mean "Europe\/Berlin"\?/],
    ["health/address", "tracked", undefined, "health.url", /has a path of its own/],
    ["health/contract", "tracked", undefined, "health.timeout", /did you mean "1h"\?/],
    ["health/probe", "tracked", undefined, "health.probes.default", /Did you mean "eu-west-1"\?/],
    ["health/probe", "tracked", undefined, "health.probes.prd", /Did you mean "prod"\?/],
    ["scrape/target", "scraped", undefined, "scrapes.metrics.discovery", /Did you mean "prod"\?/],
    ["scrape/target", "scraped", undefined, "scrapes.Too Often.port", /70000 is no port/],
    ["scrape/target", "scraped", undefined, "scrapes.Too Often.path", /"more" is no path/],
    ["scrape/target", "scraped", undefined, "scrapes.Too Often.name", /not in kebab-case/],
    ["scrape/target", "scraped", undefined, "scrapes.Too Often.instances", /is none/],
    ["scrape/target", "scraped", undefined, "scrapes.blackbox-exporter.probe", /"www.example.com" is not a URL/],
    ["scrape/interval", "scraped", undefined, "scrapes.Too Often", /1 s between two scrapes/],
    ["scrape/duplicate", "scraped", undefined, "scrapes.metrics", /another scrape of the service/],
    ["scrape/uncollected", "scraped", undefined, "scrapes", /no scrape has the metrics of the contract counted/],
    ["scrape/uncollected", "scraped", undefined, "scrapes.elsewhere.exposes", /none of the service's/],
    ["scrape/retention", undefined, undefined, "environments.prod.metricsRetention", /so many days/],
    ["cardinality/estimate", "unsized", "visits_total", "telemetry", /label "user" has no number of values/],
    ["cardinality/estimate", "overstated", "kinds_total", "telemetry", /3 is no number of combinations .* have 2/],
    [
      "cardinality/over-budget",
      "too-many",
      undefined,
      "seriesBudget",
      /200,000 series in prod, more than 50,000.*parts_total/,
    ],
    ["log-shipping/options", undefined, undefined, "environments.prod.logShipping.outputs", /"elasticsaerch"/],
    ["log-shipping/options", undefined, undefined, "environments.prod.logShipping.bucket", /no bucket/],
    ["log-shipping/options", undefined, undefined, "environments.prod.logShipping.address", /not a host name/],
    ["logs/unknown-throttle-field", "queries", undefined, "logging.throttle.field", /Did you mean "path"\?/],
    ["logs/throttle", "queries", undefined, "logging.throttle.events", /whole number/],
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
    expect(findings).toHaveLength(143);
  });

  test("no message repeats the secret", () => {
    expect(JSON.stringify(findings)).not.toContain("a1B2a1B2");
  });

  test("a catalog without mistakes has no findings", () => {
    expect(checkCatalog(exampleCatalog())).toEqual([]);
  });
});
