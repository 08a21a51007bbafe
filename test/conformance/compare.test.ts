import { describe, expect, test } from "@jest/globals";
import { differences } from "../../conformance/compare";
import { type ExpectedMetric, expectedOf } from "../../conformance/contract";
import { parseExposition } from "../../conformance/exposition";
import { oneOf, upTo } from "../../model/metric";
import { checked } from "../../model/result";
import { counter, gauge, histogram } from "../../model/telemetry";

const requests: ExpectedMetric = {
  name: "http_requests_total",
  type: "counter",
  labels: { method: oneOf("GET", "POST"), endpoint: upTo(3, "/orders") },
};

const page = (...samples: readonly string[]) =>
  checked(parseExposition(["# TYPE http_requests_total counter", ...samples].join("\n")));

const found = (...samples: readonly string[]) =>
  differences({ metrics: [requests], ignore: ["go_"] }, page(...samples)).map(
    ({ kind, metric, label }) => `${kind} ${[metric, label].filter((each) => each !== undefined).join(".")}`,
  );
const sound = 'http_requests_total{method="GET",endpoint="/orders"} 1';

describe("a page beside its contract", () => {
  test("conforms where it is what was declared, before and after the first sample", () => {
    expect(found()).toEqual([]);
    expect(found(sound, "go_goroutines 7")).toEqual([]);
  });

  test.each([
    ["a metric that nobody declared", [sound, "jobs_total 1"], ["undeclared jobs_total"]],
    [
      "a label that is not there",
      ['http_requests_total{method="GET"} 1'],
      ["missing-label http_requests_total.endpoint"],
    ],
    [
      "a label that some samples lack",
      [sound, 'http_requests_total{method="POST"} 1'],
      ["missing-label http_requests_total.endpoint"],
    ],
    [
      "a label that nobody declared",
      ['http_requests_total{method="GET",endpoint="/",user="a"} 1'],
      ["undeclared-label http_requests_total.user"],
    ],
    [
      "a value outside of those declared",
      ['http_requests_total{method="get",endpoint="/"} 1'],
      ["undeclared-value http_requests_total.method"],
    ],
    [
      "more values than declared",
      ["/a", "/b", "/c", "/d"].map((path) => `http_requests_total{method="GET",endpoint="${path}"} 1`),
      ["unbounded-label http_requests_total.endpoint"],
    ],
    ...["/orders/1234", "33d05ecc-7523-44fb-95bb-3d84ec01da03", "eve@example.org", "5e0b1c2d3f4a5b6c", "12345678"].map(
      (id) =>
        [
          `values that name one thing each: ${id}`,
          [`http_requests_total{method="GET",endpoint="${id}"} 1`],
          ["unbounded-label http_requests_total.endpoint"],
        ] as const,
    ),
  ])("differs by %s", (_what, samples, expected) => {
    expect(found(...samples)).toEqual(expected);
  });

  test("differs by a metric that is missing, or of another type, and says what was meant", () => {
    const other = checked(parseExposition("# TYPE http_request_total gauge\n"));
    expect(differences({ metrics: [requests], ignore: [] }, other)).toMatchObject([
      { kind: "missing", message: expect.stringContaining('Did you mean "http_request_total"?') },
      { kind: "undeclared", message: expect.stringContaining('Did you mean "http_requests_total"?') },
    ]);
    const typed = checked(parseExposition("# TYPE http_requests_total gauge\n"));
    expect(differences({ metrics: [requests], ignore: [] }, typed)).toMatchObject([
      { kind: "wrong-type", message: "it is a gauge, and declared a counter" },
    ]);
    expect(differences({ metrics: [{ ...requests, optional: true }], ignore: [] }, [])).toEqual([]);
  });

  test("takes an id for what it is where the contract's example is one", () => {
    const ofPort: ExpectedMetric = { name: "a", type: "untyped", labels: { port: upTo(5, "/dev/0/1") } };
    expect(differences({ metrics: [ofPort], ignore: [] }, checked(parseExposition('a{port="/dev/0/2"} 1')))).toEqual(
      [],
    );
  });

  test("needs what Prometheus scrapes, and neither what it writes itself nor what others hold", () => {
    const metrics = [
      gauge("up", { help: "", unit: "ratio" }),
      gauge("cpu", { help: "", unit: "ratio", prometheus: false }),
      counter("jobs_total", { help: "", unit: "jobs" }),
      histogram("latency", { help: "", unit: "seconds" }),
    ].map(({ selection }) => selection.metric);
    expect(expectedOf(metrics).metrics.map(({ name }) => name)).toEqual(["jobs_total", "latency"]);
    const buckets =
      '# TYPE latency histogram\nlatency_bucket{le="1"} 1\nlatency_sum 1\nlatency_count 1\n# TYPE jobs_total counter\n';
    expect(differences(expectedOf(metrics), checked(parseExposition(buckets)))).toEqual([]);
  });
});
