import { IntegrationPagerdutyServiceObject } from "@cdktf/provider-datadog/lib/integration-pagerduty-service-object";
import { Monitor } from "@cdktf/provider-datadog/lib/monitor";
import { ServiceLevelObjective } from "@cdktf/provider-datadog/lib/service-level-objective";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { DatadogMonitors } from "../../../constructs/datadog/monitors";
import { alert } from "../../../model/alert";
import type { Condition } from "../../../model/condition";
import { startsWith } from "../../../model/indicator";
import type { QuantityText } from "../../../model/quantity";
import { example, exampleEstate, exampleService } from "../../support/example";

/** The example estate's monitors as Terraform JSON. */
function synthesized(service = exampleService()): string {
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  new DatadogMonitors(stack, "datadog", exampleEstate("prod", [service]), { routingKey: "from-the-orchestration" });
  return Testing.synth(stack);
}

const options = {
  for: "5m",
  severity: "SEV-3",
  summary: "x",
  runbook: "https://r.example.com",
  evaluator: "datadog",
} as const;

/** All resources of a type in Terraform JSON, by their names. */
const resourcesOf = (json: string, type: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  JSON.parse(json).resource[type] ?? {};

const ranged = (name: string, low: QuantityText<"frequency"> = "1 per second") =>
  alert(name, { ...options, when: example.requests.rate("5m").outside(low, "100 per second") });

const availability = {
  kind: "burn-rate",
  objective: {
    name: "availability",
    sli: {
      kind: "events",
      bad: example.requests.where({ status: startsWith("5") }).selection,
      total: example.requests.selection,
    },
    target: "99.9%",
    window: "30d",
  },
  factor: "14.4",
  long: "1h",
  short: "5m",
} as const satisfies Condition;

describe("Datadog monitors of an estate", () => {
  test("are those whose evaluator is Datadog", () => {
    const json = synthesized();
    expect(
      Testing.toHaveResourceWithProperties(json, Monitor.tfResourceType, {
        name: "[prod] shop: ErrorLogs",
        type: "log alert",
      }),
    ).toBe(true);
    expect(json).not.toContain("HighErrorRate");
  });

  test("reach PagerDuty through the environment's orchestration", () => {
    expect(
      Testing.toHaveResourceWithProperties(synthesized(), IntegrationPagerdutyServiceObject.tfResourceType, {
        service_name: "prod",
        service_key: "from-the-orchestration",
      }),
    ).toBe(true);
  });

  test("need no way to PagerDuty where nothing goes there", () => {
    const quiet = alert("Quiet", {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-4",
      summary: "x",
      runbook: "https://r.example.com",
      evaluator: "datadog",
    });
    expect(
      Testing.toHaveResource(
        synthesized(exampleService({ alerts: [quiet] })),
        IntegrationPagerdutyServiceObject.tfResourceType,
      ),
    ).toBe(false);
  });

  test("keep their ids when another alert comes before them", () => {
    const named = (name: string) =>
      alert(name, {
        when: "error_rate > 1%",
        for: "5m",
        severity: "SEV-3",
        summary: "x",
        runbook: "https://r.example.com",
        evaluator: "datadog",
      });
    const idOf = (json: string): readonly string[] => Object.keys(JSON.parse(json).resource[Monitor.tfResourceType]);
    const alone = idOf(synthesized(exampleService({ alerts: [named("Kept")] })));
    expect(idOf(synthesized(exampleService({ alerts: [named("Added"), named("Kept")] })))).toEqual(
      expect.arrayContaining([...alone]),
    );
  });

  test("that are put together refer to their parts, which tell nobody", () => {
    const monitors = resourcesOf(
      synthesized(exampleService({ alerts: [ranged("TrafficUnusual")] })),
      Monitor.tfResourceType,
    );
    const names = Object.keys(monitors);
    const [below, above] = ["below", "above"].map((word) => names.find((name) => name.includes(word)));
    const whole = names.find((name) => name !== below && name !== above);
    expect(Object.keys(monitors)).toHaveLength(3);
    expect(monitors[whole ?? ""]).toMatchObject({
      type: "composite",
      name: "[prod] shop: TrafficUnusual",
      query: `\${datadog_monitor.${below}.id} || \${datadog_monitor.${above}.id}`,
      message: expect.stringContaining("@slack-backend"),
    });
    expect(monitors[whole ?? ""]).not.toHaveProperty("monitor_thresholds");
    for (const part of [below, above]) {
      expect(monitors[part ?? ""]).toMatchObject({
        type: "query alert",
        force_delete: true,
        message: expect.not.stringContaining("@"),
      });
    }
  });

  test("touch nothing of each other", () => {
    const alone = resourcesOf(synthesized(exampleService({ alerts: [ranged("Kept")] })), Monitor.tfResourceType);
    const both = resourcesOf(
      synthesized(exampleService({ alerts: [ranged("Added", "2 per second"), ranged("Kept")] })),
      Monitor.tfResourceType,
    );
    expect(Object.keys(both)).toHaveLength(6);
    for (const [name, monitor] of Object.entries(alone)) expect(both[name]).toEqual(monitor);
  });

  test("of a budget share the objective that they are on", () => {
    const json = synthesized(
      exampleService({
        alerts: [
          alert("BudgetBurnsFast", { ...options, when: availability }),
          alert("BudgetBurns", {
            ...options,
            for: "30m",
            when: { ...availability, factor: "6", long: "6h", short: "30m" },
          }),
        ],
      }),
    );
    const objectives = resourcesOf(json, ServiceLevelObjective.tfResourceType);
    const [name = ""] = Object.keys(objectives);
    expect(Object.values(objectives)).toEqual([
      expect.objectContaining({
        name: "[prod] shop: availability",
        type: "metric",
        query: {
          numerator: "sum:app.http.requests{env:prod,service:shop,!status:5*}.as_count()",
          denominator: "sum:app.http.requests{env:prod,service:shop}.as_count()",
        },
        thresholds: [{ target: 99.9, timeframe: "30d" }],
        timeframe: "30d",
        target_threshold: 99.9,
        force_delete: true,
      }),
    ]);
    const monitors = Object.values(resourcesOf(json, Monitor.tfResourceType));
    expect(monitors.map(({ query }) => query)).toEqual([
      `burn_rate("\${datadog_service_level_objective.${name}.id}").over("30d").long_window("1h").short_window("5m") > 14.4`,
      `burn_rate("\${datadog_service_level_objective.${name}.id}").over("30d").long_window("6h").short_window("30m") > 6`,
    ]);
    expect(monitors[0]).toMatchObject({ type: "slo alert", monitor_thresholds: { critical: "14.4" } });
  });

  test("refuse two objectives of one name", () => {
    const other = { ...availability, objective: { ...availability.objective, target: "99%" as const } };
    const alerts = [alert("A", { ...options, when: availability }), alert("B", { ...options, when: other })];
    expect(() => synthesized(exampleService({ alerts }))).toThrow("two objectives are named [prod] shop: availability");
  });

  test("of anomalies have both windows", () => {
    const anomaly = alert("TrafficUnusual", {
      ...options,
      when: example.requests.rate("5m").deviates({ deviations: 3 }),
    });
    const [monitor] = Object.values(
      resourcesOf(synthesized(exampleService({ alerts: [anomaly] })), Monitor.tfResourceType),
    );
    expect(monitor).toMatchObject({
      monitor_thresholds: { critical: "1", critical_recovery: "0" },
      monitor_threshold_windows: { trigger_window: "last_15m", recovery_window: "last_15m" },
    });
  });
});
