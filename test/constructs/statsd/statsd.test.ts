import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { app } from "../../../catalog/telemetry/app";
import { checkStatsd } from "../../../checks/statsd";
import { statsdMappings, statsdMetrics } from "../../../constructs/statsd/exporter-mapping";
import { statsdArtifacts } from "../../../constructs/statsd/statsd-files";
import { oneOf } from "../../../model/metric";
import { metricsPage, statsdExporter } from "../../../model/scrape";
import { counter, gauge, histogram, type Metric, telemetry } from "../../../model/telemetry";
import { example, exampleCatalog, exampleEstate, exampleService } from "../../support/example";

const counting = (metrics: Readonly<Record<string, Metric>>) => {
  const counted = telemetry("counted", { metrics });
  return exampleService({
    telemetry: [example, counted],
    scrapes: [metricsPage(), statsdExporter({ exposes: [counted] })],
  });
};
const findings = (metrics: Readonly<Record<string, Metric>>) =>
  checkStatsd(exampleCatalog([counting(metrics)])).map(({ id, where: { rule } }) => [id, rule]);

describe("what is sent once", () => {
  test("has in Prometheus the name, the type and the buckets of the contract, and the rest is dropped", () => {
    const service = exampleService({ telemetry: [app], scrapes: [statsdExporter()] });
    const { defaults, mappings } = statsdMappings(statsdMetrics(service));
    expect(defaults.observer_type).toBe("histogram");
    expect(mappings).toHaveLength(app.contract.metrics.length + 1);
    expect(mappings.slice(0, 3)).toMatchObject([
      { match: "app.errors", match_metric_type: "counter", name: "app_errors" },
      { match: "app.user.signup", match_metric_type: "counter", name: "app_user_signup" },
      { match: "app.payment.process", match_metric_type: "observer", name: "app_payment_process" },
    ]);
    expect(mappings.find(({ name }) => name === "app_order_value")?.histogram_options?.buckets).toContain(2500);
    expect(mappings.at(-1)).toEqual({ match: ".", match_type: "regex", action: "drop", name: "undeclared" });
  });

  test("passes through an agent that hands it on to the exporter, on the port that this listens on", () => {
    const files = statsdArtifacts(
      exampleEstate("prod", [counting({ jobs: counter("jobs", { ...base, datadog: { name: "app.jobs" } }) })]),
    );
    expect(files.map(({ path }) => path)).toEqual(["statsd/shop/datadog.yaml", "statsd/shop/statsd-mapping.yml"]);
    const [agent, mapping] = files;
    const { statsd_forward_port: port, dogstatsd_tags: tags } = parse(agent?.content ?? "");
    expect(tags).toEqual(["env:prod", "service:shop", "team:backend"]);
    expect(mapping?.content).toContain(`--statsd.listen-udp=127.0.0.1:${port}`);
  });

  test("is nothing for a service without a StatsD exporter, even if Datadog has its metrics", () => {
    expect(statsdArtifacts(exampleEstate())).toEqual([]);
  });
});

const base = { help: "Things", unit: "events" } as const;

describe("the checks refuse", () => {
  test("two metrics of one name", () => {
    const datadog = { name: "app.things" };
    expect(
      findings({ a: counter("a_total", { ...base, datadog }), b: counter("b_total", { ...base, datadog }) }),
    ).toEqual([["statsd/collision", "b_total"]]);
  });

  test("a unit that the exporter does not convert", () => {
    const time = { help: "Time", unit: "seconds" } as const;
    expect(
      findings({
        right: histogram("right", { ...time, datadog: { name: "right", unit: "milliseconds" } }),
        timing: histogram("timing", { ...time, datadog: { name: "timing" } }),
        age: gauge("age", { ...time, datadog: { name: "age", unit: "milliseconds" } }),
      }),
    ).toEqual([
      ["statsd/unit", "timing"],
      ["statsd/unit", "age"],
    ]);
  });

  test("a name that means more than itself, and a metric without one", () => {
    expect(
      findings({
        glob: counter("glob", { ...base, datadog: { name: "app.*" } }),
        none: counter("none", { ...base, labels: { kind: oneOf("a") } }),
      }),
    ).toEqual([
      ["statsd/name", "glob"],
      ["statsd/unnamed", "none"],
    ]);
  });
});
