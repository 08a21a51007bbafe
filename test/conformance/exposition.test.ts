import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseExposition } from "../../conformance/exposition";
import { checked } from "../../model/result";

const page = `# HELP http_requests_total Requests
# TYPE http_requests_total counter
http_requests_total{method="GET",path="/a}b, \\"c\\""} 1027 1395066363000
http_requests_total{method="POST",} 3
# TYPE latency histogram
latency_bucket{le="+Inf"} 3
latency_sum 1.5e-3
latency_count 3
# TYPE empty gauge
plain_count NaN
`;

describe("a page of metrics", () => {
  test("is read with its types, its labels and what belongs to a histogram", () => {
    expect(checked(parseExposition(page))).toEqual([
      { name: "empty", type: "gauge", samples: [] },
      {
        name: "http_requests_total",
        type: "counter",
        samples: [
          { name: "http_requests_total", labels: { method: "GET", path: '/a}b, "c"' } },
          { name: "http_requests_total", labels: { method: "POST" } },
        ],
      },
      {
        name: "latency",
        type: "histogram",
        samples: [
          { name: "latency_bucket", labels: { le: "+Inf" } },
          { name: "latency_sum", labels: {} },
          { name: "latency_count", labels: {} },
        ],
      },
      { name: "plain_count", type: "untyped", samples: [{ name: "plain_count", labels: {} }] },
    ]);
  });

  test.each([
    ["<html>", 1],
    ["a 1\nb", 2],
    ['a{b="c} 1', 1],
    ['a{b="1",b="2"} 1', 1],
    ["a{b=c} 1", 1],
    ["a one", 1],
  ])("that is none is refused with its line: %s", (text, line) => {
    expect(parseExposition(text)).toMatchObject({ ok: false, error: expect.stringContaining(`line ${line} `) });
  });

  test("gives back every value of a label as it was, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        // A carriage return would end the line for us as it does for nobody else.
        fc.pre(!/[\r\u2028\u2029]/.test(value));
        const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
        expect(checked(parseExposition(`a{b="${escaped}"} 1`))[0]?.samples).toEqual([
          { name: "a", labels: { b: value } },
        ]);
      }),
    );
  });
});
