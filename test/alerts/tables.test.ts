import { describe, expect, test } from "@jest/globals";
import { logRows } from "../../alerts/logs";
import { type Row, wordsOf } from "../../alerts/pack";
import { tables } from "../../alerts/tables";
import catalog from "../../catalog/catalog";
import { alertmanager } from "../../catalog/telemetry/alertmanager";
import { analytics } from "../../catalog/telemetry/analytics";
import { app } from "../../catalog/telemetry/app";
import { backgroundJobs } from "../../catalog/telemetry/background-jobs";
import { celeryTasks } from "../../catalog/telemetry/celery-tasks";
import { collector } from "../../catalog/telemetry/collector";
import { containers } from "../../catalog/telemetry/containers";
import { ecsService } from "../../catalog/telemetry/ecs-service";
import { elasticsearchCluster } from "../../catalog/telemetry/elasticsearch-cluster";
import { endpointHealth } from "../../catalog/telemetry/endpoint-health";
import { fluentBit } from "../../catalog/telemetry/fluent-bit";
import { fluentd } from "../../catalog/telemetry/fluentd";
import { hostCompute } from "../../catalog/telemetry/host-compute";
import { hostDisks } from "../../catalog/telemetry/host-disks";
import { hostNetwork } from "../../catalog/telemetry/host-network";
import { hostSystem } from "../../catalog/telemetry/host-system";
import { httpEndpoint } from "../../catalog/telemetry/http-endpoint";
import { httpServer } from "../../catalog/telemetry/http-server";
import { logArchive } from "../../catalog/telemetry/log-archive";
import { orders } from "../../catalog/telemetry/orders";
import { postgresPool } from "../../catalog/telemetry/postgres-pool";
import { postgresServer } from "../../catalog/telemetry/postgres-server";
import { postgresUpkeep } from "../../catalog/telemetry/postgres-upkeep";
import { prometheusServer } from "../../catalog/telemetry/prometheus-server";
import { rdsInstance } from "../../catalog/telemetry/rds-instance";
import { reachability } from "../../catalog/telemetry/reachability";
import { redisServer } from "../../catalog/telemetry/redis-server";
import { watchdogTopic } from "../../catalog/telemetry/watchdog-topic";
import { parsePromql } from "../../languages/promql/parse";
import { defaultRecovery } from "../../model/alert-rule";
import { parseDuration } from "../../model/duration";
import { dimensionOf } from "../../model/expression";
import type { Indicator } from "../../model/indicator";
import { seriesNames } from "../../model/metric";
import { parseQuantity } from "../../model/quantity";
import { checked } from "../../model/result";
import { alertsOf } from "../../model/service";
import { parseSpoken, type SpokenCondition } from "../../model/spoken-condition";
import type { TelemetryContract } from "../../model/telemetry";

const contracts: ReadonlyMap<string, TelemetryContract> = new Map(
  [
    alertmanager,
    analytics,
    app,
    backgroundJobs,
    celeryTasks,
    collector,
    containers,
    ecsService,
    elasticsearchCluster,
    endpointHealth,
    fluentBit,
    fluentd(),
    hostCompute,
    hostDisks,
    hostNetwork,
    hostSystem,
    httpEndpoint,
    httpServer(),
    logArchive,
    orders,
    postgresPool(),
    postgresServer,
    postgresUpkeep,
    prometheusServer,
    rdsInstance,
    reachability,
    redisServer,
    watchdogTopic,
  ].map(({ contract }) => [contract.name, contract]),
);

/** The contracts that a table says it is for. */
function contractsOf(names: readonly string[]): readonly TelemetryContract[] {
  return names.map((name) => {
    const contract = contracts.get(name);
    if (contract === undefined) throw new Error(`no contract ${name}`);
    return contract;
  });
}

const indicatorsOf = (names: readonly string[]): ReadonlyMap<string, Indicator> =>
  new Map(contractsOf(names).flatMap(({ indicators }) => Object.entries(indicators)));

const rows = tables.flatMap((table) => Object.values(table.rows).map((row) => [row.alert, row, table] as const));
const spoken = rows.filter(([, row]) => row.promql === undefined);
const inPromql = rows.filter(([, row]) => row.promql !== undefined);
const withThreshold = rows.filter(([, row]) => row.dimension !== undefined && row.threshold !== undefined);
const inWords = [
  ...rows.map(([name, row]) => [name, row] as const),
  ...Object.values(logRows).map((row) => [row.alert, row] as const),
];

/** The indicators that a condition in words names. */
function namesIn(condition: SpokenCondition): readonly string[] {
  return "left" in condition ? [...namesIn(condition.left), ...namesIn(condition.right)] : [condition.indicator];
}

/** The comparison of a row with a threshold. */
function upper({ comparison }: Row): boolean {
  return comparison === ">" || comparison === ">=";
}

describe("the tables of the packs", () => {
  test("name every alert once", () => {
    const names = inWords.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(110);
  });

  test.each(inWords)(
    "%s has a name in CamelCase, a summary whose number is the measured one, and a reason that is a sentence",
    (name, { summary, why }) => {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      expect(summary).not.toMatch(/\d/);
      expect(summary).toMatch(/^[A-Z{].*[^.]$/);
      expect(why).toMatch(/^[A-Z].{30,}\.$/);
    },
  );

  test.each(rows)("%s waits for a while, or counts over a window that already is one", (_name, row, { contracts }) => {
    const seconds = checked(parseDuration(row.for));
    const expression = indicatorsOf(contracts).get(row.indicator ?? "")?.expression;
    if (seconds === 0) expect(expression?.kind ?? row.promql).toMatch(/^(increase|vector\(1\))$/);
  });

  test.each(spoken)("%s names only indicators of its contracts, each of its kind", (_name, row, { contracts }) => {
    const indicators = indicatorsOf(contracts);
    const condition = checked(parseSpoken(wordsOf(row)));
    expect(namesIn(condition).filter((name) => !indicators.has(name))).toEqual([]);
    const indicator = indicators.get(row.indicator ?? row.absent ?? "");
    if (row.dimension !== undefined && indicator !== undefined)
      expect(dimensionOf(indicator.expression)).toBe(row.dimension);
  });

  test.each(inPromql)("%s is PromQL over metrics of its contracts", (_name, row, { contracts }) => {
    const parsed = parsePromql(wordsOf(row));
    expect(parsed.ok).toBe(true);
    const known = contractsOf(contracts).flatMap(({ metrics }) => metrics.flatMap(seriesNames));
    const read = parsed.ok ? parsed.value.selectors.map(({ metric }) => metric) : [];
    expect(read.filter((metric) => !known.includes(metric ?? ""))).toEqual([]);
    expect(parsed.ok && parsed.value.isComparison).toBe(true);
  });

  test.each(withThreshold)("%s has a threshold of its indicator's kind", (_name, row) => {
    expect(checked(parseQuantity(row.threshold ?? "")).dimension).toBe(row.dimension);
  });

  test.each(withThreshold)(
    "%s can recover: on the right side of its threshold, and within what a ratio can be",
    (_name, row) => {
      const threshold = checked(parseQuantity(row.threshold ?? ""));
      const recovery =
        row.recovery === undefined
          ? defaultRecovery(upper(row) ? ">" : "<", threshold)
          : checked(parseQuantity(row.recovery));
      expect(upper(row) ? recovery.value.lte(threshold.value) : recovery.value.gte(threshold.value)).toBe(true);
      expect(row.dimension === "ratio" && !upper(row) ? recovery.value.lte(1) : true).toBe(true);
    },
  );

  test("keep to ranges whose ends are of their kind and in order", () => {
    const ranges = rows.flatMap(([name, { outside, dimension }]) =>
      outside === undefined ? [] : [{ name, dimension, ends: outside.map((end) => checked(parseQuantity(end))) }],
    );
    expect(ranges.length).toBeGreaterThan(1);
    for (const { name, dimension, ends } of ranges) {
      const [low, high] = ends;
      expect({ name, kinds: ends.map((end) => end.dimension) }).toEqual({ name, kinds: [dimension, dimension] });
      expect(low !== undefined && high !== undefined && low.value.lt(high.value)).toBe(true);
    }
  });
});

/** What wakes somebody, all of it: a new row that does is a decision, not an accident. */
describe("somebody is woken", () => {
  test("for what users feel, or what is certain to be lost", () => {
    const waking = inWords.filter(([, { severity }]) => severity === "SEV-1" || severity === "SEV-2");
    expect(waking.map(([name, { severity }]) => `${severity} ${name}`).sort()).toEqual([
      "SEV-1 DatabaseConnectionPoolExhausted",
      "SEV-1 DatabaseDown",
      "SEV-1 DatabaseWraparoundNear",
      "SEV-1 EndpointDown",
      "SEV-1 HighErrorRate",
      "SEV-1 RedisDown",
      "SEV-1 TargetsMissing",
      "SEV-1 TargetsUnreachable",
      "SEV-1 WatchdogSilent",
      "SEV-2 AlertmanagerNotificationsFail",
      "SEV-2 CeleryWorkersAbsent",
      "SEV-2 CertificateExpiresInDays",
      "SEV-2 DatabaseConnectionsExhausted",
      "SEV-2 DatabaseStorageLow",
      "SEV-2 DiskFullInHours",
      "SEV-2 ElasticsearchClusterRed",
      "SEV-2 ElasticsearchDiskNearlyFull",
      "SEV-2 FilesystemReadOnly",
      "SEV-2 FluentBitDropsEvents",
      "SEV-2 FluentBitFallsBehind",
      "SEV-2 FluentdBufferNearlyFull",
      "SEV-2 JobsStalled",
      "SEV-2 LogArchiveNearlyLosesEvents",
      "SEV-2 PaymentFailures",
      "SEV-2 PrometheusHasNoAlertmanager",
      "SEV-2 PrometheusNotificationsDropped",
      "SEV-2 PrometheusRemoteWriteBehind",
      "SEV-2 RedisConnectionsRejected",
      "SEV-2 SecurityViolations",
      "SEV-2 TrafficStopped",
    ]);
  });
});

/** What is asked for again and again, in the words of those who ask, and the alerts that answer. */
const asked: readonly (readonly [phrase: string, ...alerts: readonly string[]])[] = [
  ["error rate > 1%", "HighErrorRate"],
  ["p95 latency > 1000ms", "SlowResponseTime"],
  ["response time > 500ms", "MedianResponseTimeHigh"],
  ["availability < 99.9%", "AvailabilityLow"],
  ["CPU usage > 80%", "HighCPUUsage", "DatabaseCPUHigh"],
  ["memory usage > 90%", "HighMemoryUsage", "ServiceMemoryNearLimit", "RedisMemoryHigh"],
  ["disk usage > 85%", "HighDiskUsage"],
  ["database connection pool exhausted: fewer than 5 available", "DatabaseConnectionPoolExhausted"],
  ["credit consumption spike > 10000 per hour", "CreditConsumptionSpike"],
  ["user activity < threshold", "ActiveUsersLow", "ActiveUsersDropped"],
  ["conversion rate < target", "ConversionRateLow"],
  ["revenue < target", "RevenueLow"],
  ["high latency of a process: request duration > 1", "RequestLatencyHigh"],
  ["high memory of a process > 1GB", "MemoryUsageHigh"],
  ["more than 100 errors within five minutes", "ErrorCountHigh"],
  ["API latency: p95 > 1", "HighAPILatency"],
  ["user sign-ups", "SignupsDropped"],
  ["rate: requests per second", "TrafficStopped", "TrafficDropped", "TrafficSurge"],
  ["errors: by endpoint", "EndpointErrorRateHigh"],
  ["duration: slow endpoints", "EndpointSlow"],
  ["utilization: time that a resource is busy", "HighCPUUsage", "HighDiskUsage", "HostSwapHigh"],
  ["saturation: queue length, waiting time", "HostLoadHigh", "HostDiskSaturated", "ServiceSaturated"],
  ["errors of resources", "HostNetworkReceiveErrors", "HostNetworkSendErrors", "FilesystemReadOnly"],
  ["load average", "HostLoadHigh"],
  ["disk I/O, its latency", "HostDiskSaturated", "DatabaseReadsSlow", "DatabaseDiskQueueLong"],
  ["network: packet loss", "HostNetworkReceiveErrors", "HostNetworkSendErrors"],
  ["containers: processors and memory", "ContainerThrottled", "ContainerOutOfMemoryKill"],
  ["cache hits", "RedisHitRatioLow", "DatabaseCacheMisses"],
  ["database: slow queries > 1 second", "SlowDatabaseQueries"],
  ["database: connections", "DatabaseConnectionsNearLimit", "DatabaseInstanceConnectionsHigh"],
  ["background jobs fail", "JobFailureRateHigh", "CeleryTasksFail"],
  ["queue length", "QueueBacklog", "CeleryQueueLong"],
  ["health status: reachable", "TargetsUnreachable", "TargetsMissing", "EndpointDown"],
  ["critical errors, system failures", "CriticalErrors"],
  ["errors of logs", "ProductionErrors"],
  ["payments fail", "PaymentFailures"],
  ["security violations", "SecurityViolations"],
  ["authentication", "AuthenticationFailures"],
  ["logs are lost on their way", "FluentBitDropsEvents", "FluentdBufferNearlyFull", "FluentdEventsPutAside"],
  ["traces are lost", "CollectorDropsSpans", "CollectorExportFails", "TracesDroppedUndecided"],
  ["logs cannot be searched", "ElasticsearchClusterRed", "ElasticsearchDiskNearlyFull", "ElasticsearchUnseen"],
  ["logs come late", "FluentBitFallsBehind", "FluentdDeliveryFails", "FluentdBufferFullInHours"],
  ["the archive has gaps", "LogArchiveLate", "LogArchiveNearlyLosesEvents", "LogArchiveReceivesNothing"],
];

describe("what people ask for", () => {
  test.each(asked)("%s is answered", (_phrase, ...alerts) => {
    const known = new Set([
      ...inWords.map(([name]) => name),
      ...catalog.services.flatMap(alertsOf).map(({ name }) => name),
    ]);
    expect(alerts.filter((alert) => !known.has(alert))).toEqual([]);
    expect(alerts.length).toBeGreaterThan(0);
  });
});
