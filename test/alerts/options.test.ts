import { describe, expect, test } from "@jest/globals";
import {
  activeUsersLow,
  conversionRateLow,
  creditConsumptionSpike,
  revenueLow,
  signupsDropped,
} from "../../alerts/business";
import { connectionPoolExhausted, postgresServer, rdsInstance } from "../../alerts/database";
import { ecsTasks } from "../../alerts/ecs";
import { goldenSignals } from "../../alerts/golden-signals";
import { jobs, queue } from "../../alerts/jobs";
import {
  authenticationFailures,
  criticalErrors,
  databaseErrors,
  dependencyTimeouts,
  paymentFailures,
  productionErrors,
  securityViolations,
  slowDatabaseQueries,
} from "../../alerts/logs";
import { rdsCapacity } from "../../alerts/rds";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { cpuUsage, resources } from "../../alerts/resources";
import type { Alert } from "../../model/alert";
import { number } from "../../model/log-field";

const took = number("duration_ms", { description: "How long it took", unit: "milliseconds" });
const names = (alerts: readonly Alert[]): readonly string[] => alerts.map(({ name }) => name);
const words = ({ when }: Alert): string | undefined => ("text" in when ? when.text : undefined);

describe("each pack by itself", () => {
  test.each([
    [
      "golden signals",
      goldenSignals(),
      [
        "HighErrorRate",
        "SlowResponseTime",
        "MedianResponseTimeHigh",
        "AvailabilityLow",
        "TrafficStopped",
        "TrafficDropped",
      ],
    ],
    ["resources", resources(), ["HighCPUUsage", "HighMemoryUsage", "HighDiskUsage"]],
    [
      "a PostgreSQL server",
      postgresServer(),
      [
        "DatabaseDown",
        "DatabaseConnectionsNearLimit",
        "DatabaseConnectionsExhausted",
        "DatabaseDeadlocks",
        "DatabaseTransactionTooLong",
      ],
    ],
    [
      "an RDS instance",
      rdsInstance(),
      ["DatabaseCPUHigh", "DatabaseStorageLow", "DatabaseMemoryLow", "DatabaseReadsSlow"],
    ],
    ["jobs", jobs(), ["JobFailureRateHigh", "JobsStalled"]],
  ])("%s alerts on all that it names", (_pack, alerts, expected) => {
    expect(names(alerts)).toEqual(expected);
  });

  test.each([
    [
      "golden signals",
      goldenSignals({ latency: "off", trafficStopped: "off", trafficDropped: "off" }),
      ["HighErrorRate", "MedianResponseTimeHigh", "AvailabilityLow"],
    ],
    ["resources", resources({ memory: "off", disk: "off" }), ["HighCPUUsage"]],
    [
      "a PostgreSQL server",
      postgresServer({ deadlocks: "off", connections: "off", connectionsExhausted: "off", longTransaction: "off" }),
      ["DatabaseDown"],
    ],
    ["an RDS instance", rdsInstance({ cpu: "off", storage: "off", readLatency: "off" }), ["DatabaseMemoryLow"]],
    ["jobs", jobs({ stalled: "off" }), ["JobFailureRateHigh"]],
  ])("%s leaves out what is turned off", (_pack, alerts, expected) => {
    expect(names(alerts)).toEqual(expected);
  });

  test.each([
    [
      "golden signals",
      goldenSignals({ errorRate: { threshold: "2%" } })[0],
      "error_rate > 2% and request_rate > 0.1 per second",
    ],
    ["an anomaly", signupsDropped({ deviations: 4, baseline: "4w" }), "signup_rate deviates below by 4 sigma from 4w"],
    ["resources", resources({ cpu: { threshold: "70%" } })[0], "cpu_usage > 70%"],
    ["one resource", cpuUsage({ threshold: "70%" }), "cpu_usage > 70%"],
    ["a connection pool", connectionPoolExhausted({ threshold: "2" }), "db_connections_available < 2"],
    [
      "a PostgreSQL server",
      postgresServer({ down: "off", connections: { threshold: "60%" } })[0],
      "db_connection_usage > 60%",
    ],
    ["an RDS instance", rdsInstance({ cpu: "off", storage: { threshold: "20GB" } })[0], "free_storage < 20GB"],
    ["jobs", jobs({ failures: { threshold: "1%" } })[0], "job_failure_rate > 1%"],
    ["a queue", queue({ backlog: { threshold: "100" } })[0], "queue_length > 100"],
    ["reachability", targetsUnreachable({ threshold: "90%", recovery: "95%" }), "reachable_targets < 90%"],
    ["user activity", activeUsersLow({ threshold: "10" }), "active_users < 10"],
    ["conversion", conversionRateLow({ threshold: "5%" }), "conversion_rate < 5%"],
    ["credits", creditConsumptionSpike({ threshold: "50 per minute" }), "credit_consumption > 50 per minute"],
  ])("%s takes a threshold of the service's own", (_pack, alert, expected) => {
    expect(alert === undefined ? undefined : words(alert)).toBe(expected);
  });

  test("what CloudWatch holds of a database is evaluated by CloudWatch, all of it", () => {
    expect(rdsInstance().map(({ evaluator }) => evaluator)).toEqual(Array(4).fill("cloudwatch"));
    expect(rdsCapacity().map(({ evaluator }) => evaluator)).toEqual(Array(6).fill("cloudwatch"));
    expect(ecsTasks().map(({ evaluator }) => evaluator)).toEqual(Array(2).fill("cloudwatch"));
    expect(postgresServer().map(({ evaluator }) => evaluator)).toEqual(Array(5).fill(undefined));
  });
});

describe("revenue", () => {
  test("is the growth of the sum of what orders are worth, over a day, below its target", () => {
    expect(revenueLow({ threshold: 700, environments: ["prod"] })).toMatchObject({
      name: "RevenueLow",
      when: {
        kind: "raw",
        language: "promql",
        text: 'sum(increase(app_order_value_sum{job="{service}"}[1d])) < 700',
      },
      severity: "SEV-3",
      evaluator: "prometheus",
      environments: ["prod"],
    });
  });
});

describe("alerts on logs", () => {
  test.each([
    ["errors", productionErrors, "50", "5m", "SEV-3"],
    ["payments", paymentFailures, "10", "5m", "SEV-2"],
    ["slow queries", slowDatabaseQueries, "20", "10m", "SEV-3"],
    ["failures of systems", criticalErrors, "5", "5m", "SEV-3"],
    ["errors of the database", databaseErrors, "20", "5m", "SEV-3"],
    ["timeouts", dependencyTimeouts, "20", "5m", "SEV-3"],
    ["security violations", securityViolations, "20", "10m", "SEV-2"],
    ["failed sign-ins", authenticationFailures, "200", "10m", "SEV-3"],
  ] as const)(
    "%s are counted over a window, by Datadog, and reported at once",
    (_what, of, threshold, window, severity) => {
      const filter = took.above(1000);
      expect(of(filter)).toMatchObject({
        when: { kind: "compare", expression: { kind: "log-count", filter, window }, comparison: ">", threshold },
        for: "0s",
        evaluator: "datadog",
        severity,
      });
    },
  );

  test("take a threshold, a severity and environments", () => {
    expect(
      productionErrors(took.above(1), {
        threshold: { default: "5", dev: "50" },
        severity: "SEV-4",
        environments: ["staging"],
      }),
    ).toMatchObject({
      when: { threshold: { default: "5", dev: "50" } },
      severity: "SEV-4",
      environments: ["staging"],
    });
  });
});

describe("a service that is gone", () => {
  test("is noticed by the absence of its targets, as a page unless it is told otherwise", () => {
    expect(targetsMissing()).toMatchObject({
      when: { kind: "spoken", text: "reachable_targets absent" },
      severity: "SEV-1",
      evaluator: "prometheus",
    });
    expect(targetsMissing({ severity: "SEV-2", environments: ["prod"] })).toMatchObject({
      severity: "SEV-2",
      environments: ["prod"],
    });
  });
});
