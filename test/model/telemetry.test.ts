import { describe, expect, test } from "@jest/globals";
import { selectionsOf } from "../../model/expression";
import { seriesNames } from "../../model/metric";
import { indicatorsOf, logFieldsOf, metricsOf } from "../../model/service";
import { counter, histogram, telemetry } from "../../model/telemetry";
import { example, exampleService } from "../support/example";

/** A property as somebody asks for it who never asked the compiler. */
const unchecked = (of: object, name: string): unknown => Reflect.get(of, name);

describe("a telemetry contract", () => {
  test("has its metrics as properties", () => {
    expect(example.requests.selection.metric.name).toBe("http_requests_total");
    expect(Object.keys(example)).toEqual(["requests", "duration", "memory", "contract"]);
  });

  test("answers for a metric that it does not declare, so that the mistake is told with all others", () => {
    const metric = unchecked(example, "requets");
    expect(metric).toMatchObject({
      selection: { metric: { name: "requets", undeclared: ["requests", "duration", "memory"] } },
    });
  });

  test.each(["then", "toJSON", "constructor", "toString"])("is no stranger to %s", (property) => {
    expect(String(unchecked(example, property))).not.toContain("undeclared");
  });

  test("says everything that a service emits", () => {
    const service = exampleService();
    expect(metricsOf(service).map(({ name }) => name)).toEqual([
      "http_requests_total",
      "http_request_duration_seconds",
      "memory_usage_bytes",
    ]);
    expect(logFieldsOf(service).map(({ name }) => name)).toEqual(["level", "path", "duration_ms"]);
    expect([...indicatorsOf(service).keys()]).toEqual(["error_rate", "p95_latency", "request_rate", "memory"]);
  });
});

describe("series in Prometheus", () => {
  test("of a histogram are three, of a metric that is not there none", () => {
    const duration = histogram("duration_seconds", { help: "", unit: "seconds" }).selection.metric;
    const sent = counter("sent", { help: "", unit: "events", prometheus: false }).selection.metric;
    expect(seriesNames(duration)).toEqual([
      "duration_seconds_bucket",
      "duration_seconds_sum",
      "duration_seconds_count",
    ]);
    expect(seriesNames(sent)).toEqual([]);
  });
});

test("a selection narrows, and never widens, the one that it is made from", () => {
  const { expression } = example.requests
    .where({ method: "GET" })
    .where({ status: { oneOf: ["500", "502"] } })
    .rate("5m");
  expect(selectionsOf(expression)[0]?.where).toEqual([
    { label: "method", kind: "equals", value: "GET" },
    { label: "status", kind: "one-of", values: ["500", "502"] },
  ]);
  expect(example.requests.selection.where).toEqual([]);
});

test("a contract is frozen", () => {
  expect(Object.isFrozen(telemetry("empty", { metrics: {} }))).toBe(true);
});
