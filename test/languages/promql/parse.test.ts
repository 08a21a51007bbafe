import { describe, expect, test } from "@jest/globals";
import type { PromqlType } from "../../../languages/promql/query";
import { parsed } from "./parsed";

const VALID: { readonly [construct: string]: readonly (readonly [string, PromqlType])[] } = {
  "numbers, durations and strings": [
    ["1", "scalar"],
    ["-2.43", "scalar"],
    ["1_000_000", "scalar"],
    ["0x8f", "scalar"],
    [".5e-3", "scalar"],
    ["-Inf", "scalar"],
    ["nan", "scalar"],
    ["1h30m", "scalar"],
    ["'it\\'s'", "string"],
    ["`no \\escape`", "string"],
    ['"line\\nbreak \\u00e9 \\x41 \\101"', "string"],
  ],
  selectors: [
    ["up", "vector"],
    ["job:requests:rate5m", "vector"],
    ['up{job="api",}', "vector"],
    ["up{}", "vector"],
    ['{__name__=~"http_.*"}', "vector"],
    ['{__name__=~"a.+", __name__!="ab"}', "vector"],
    ['{"http.requests", "service.name"="api"}', "vector"],
    ['{"up"}', "vector"],
    ['up{on="a", by!="b", offset=~"c|d", bool!~"e.*"}', "vector"],
    ["sum", "vector"],
    ["up # the target answers", "vector"],
  ],
  "ranges, offsets and fixed times": [
    ["up[5m]", "matrix"],
    ["up[90]", "matrix"],
    ["up offset 1d", "vector"],
    ["up offset -5m", "vector"],
    ["up[5m] offset 1w", "matrix"],
    ["up @ 1609746000", "vector"],
    ["up @ -1.5", "vector"],
    ["up[5m] @ start() offset 5m", "matrix"],
    ["up offset 5m @ end()", "vector"],
    ["a + b offset 5m", "vector"],
    ["-rate(a[5m]) + b offset 1h", "vector"],
    ["up[1h:]", "matrix"],
    ["rate(up[5m])[30m:1m] @ 5 offset 1m", "matrix"],
    ["max_over_time((a + b)[1h:5m])", "vector"],
    ["up[step() * 4]", "matrix"],
    ["up[max_of(5m, range() / 2):min_of(1m, step())]", "matrix"],
    ["up offset -(5m * 2)", "vector"],
    ["increase(a_total[5m] anchored)", "vector"],
    ["rate(a_total[5m] smoothed)", "vector"],
  ],
  aggregations: [
    ["sum(up)", "vector"],
    ["sum by (job) (up)", "vector"],
    ["sum(up) by (job, instance,)", "vector"],
    ["AVG WITHOUT (instance) (up)", "vector"],
    ['sum by ("service.name") (up)', "vector"],
    ["count by () (up)", "vector"],
    ["topk(3, up)", "vector"],
    ["bottomk by (job) (3, up)", "vector"],
    ["quantile(0.9, up)", "vector"],
    ['count_values("version", build_info)', "vector"],
    ["limitk(2, up)", "vector"],
    ["limit_ratio(-0.1, up)", "vector"],
    ["group(up)", "vector"],
    ["stddev(up) / stdvar(up)", "vector"],
  ],
  "operators and matching": [
    ["2 ^ 3 ^ -1 % 4 atan2 5", "scalar"],
    ["1 > bool 2", "scalar"],
    ["a > 5", "vector"],
    ["5 < bool a", "vector"],
    ["a == b != c", "vector"],
    ["-a ^ 2", "vector"],
    ["a / on (job) b", "vector"],
    ["a / ignoring (code, method) b", "vector"],
    ["a * on (job) group_left (version) b", "vector"],
    ["a * ignoring (code) group_right b", "vector"],
    ['a * on ("service.name") group_left ("k8s.pod") b', "vector"],
    ["a > bool on () b", "vector"],
    ["a and b or on (job) c unless ignoring (x) d", "vector"],
    ["a + fill(0) b", "vector"],
    ["a - on (x) fill_left(0) fill_right(1) b", "vector"],
    ["native </ 5", "vector"],
    ["native >/ 0.1", "vector"],
  ],
  functions: [
    ["time() - 5", "scalar"],
    ["vector(pi())", "vector"],
    ["scalar(up)", "scalar"],
    ["hour()", "vector"],
    ["hour(up)", "vector"],
    ["round(up, 0.1)", "vector"],
    ["absent(up)", "vector"],
    ['label_replace(up, "host", "$1", "instance", "(.*):\\\\d+")', "vector"],
    ['label_join(up, "all", "-", "job", "instance")', "vector"],
    ["predict_linear(disk_free[1h], 4 * 3600)", "vector"],
    ["quantile_over_time(0.9, up[5m])", "vector"],
    ["histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))", "vector"],
    ["histogram_fraction(0, 0.2, rate(x[1h]))", "vector"],
    ["histogram_avg(rate(x[5m])) + histogram_count(x) + histogram_sum(x)", "vector"],
    ["histogram_stddev(x) / histogram_stdvar(x)", "vector"],
    ['histogram_quantiles(rate(x[5m]), "q", 0.5, 0.9)', "vector"],
    ['info(rate(x[5m]), {version=~".*"})', "vector"],
    ["double_exponential_smoothing(x[5m], 0.5, 0.5)", "vector"],
    ["mad_over_time(x[5m]) + ts_of_max_over_time(x[5m])", "vector"],
    ['sort_by_label(up, "job", "instance")', "vector"],
    ["cosh(a) + sinh(b)", "vector"],
    ["start() + end() + step() + range()", "scalar"],
  ],
};

describe.each(Object.entries(VALID))("%s", (_construct, cases) => {
  test.each(cases)("%s is a %s", (text, type) => {
    expect(parsed(text)).toMatchObject({ text, type });
  });
});

describe("what a query reads", () => {
  test("selectors come with their decoded matchers, range and place", () => {
    const { selectors } = parsed(`sum(rate(errors_total{path="a\\\\b\\"c",code=~'5..'}[1h30m])) / requests_total`);
    expect(selectors).toEqual([
      {
        metric: "errors_total",
        matchers: [
          { label: "path", op: "=", value: 'a\\b"c', offset: 22, length: 14 },
          { label: "code", op: "=~", value: "5..", offset: 37, length: 11 },
        ],
        rangeSeconds: 5400,
        offset: 9,
        length: 47,
      },
      { metric: "requests_total", matchers: [], offset: 61, length: 14 },
    ]);
  });

  test.each([
    ['{"http.requests"}', "http.requests"],
    ['{__name__="up", job="a"}', "up"],
    ['{"__name__"="up"}', "up"],
    ["job:up:sum", "job:up:sum"],
  ])("%s reads the series %s", (text, metric) => {
    expect(parsed(text).selectors).toMatchObject([{ metric }]);
  });

  test("a pattern for the name stays a matcher", () => {
    const [selector] = parsed('{__name__=~"http_.*"}').selectors;
    expect(selector).toMatchObject({ matchers: [{ label: "__name__", op: "=~", value: "http_.*" }] });
    expect(selector).not.toHaveProperty("metric");
  });

  test.each([
    ["a[1h + 30m]", 5400],
    ["a[2 * (5m - 60)]", 480],
    ["a[1d / 24]", 3600],
    ["a[7m % 5m]", 120],
    ["a[2 ^ 3]", 8],
    ["a[max_of(5m, 1h)]", 3600],
    ["a[min_of(5m, 1h)]", 300],
  ])("the range of %s is %d seconds", (text, rangeSeconds) => {
    expect(parsed(text).selectors).toMatchObject([{ rangeSeconds }]);
  });

  test("a range known only at run time has no length", () => {
    expect(parsed("a[step() * 2]").selectors[0]).not.toHaveProperty("rangeSeconds");
  });

  test("modifiers belong to the operand right before them, whatever the operators", () => {
    expect(parsed("a + b offset 5m").expr).toMatchObject({
      kind: "binary",
      left: { kind: "selector", offset: 0, length: 1 },
      right: { kind: "selector", offset: 4, length: 11 },
    });
    expect(parsed("a > -b offset 5m == 1").expr).toMatchObject({ kind: "binary", op: "==" });
  });

  test("labels and functions are listed once, in the order of the text", () => {
    const query = parsed('sum by (b, "c.d") (rate(x[5m])) / on (b) group_left (a) avg without (z) (rate(y[5m]))');
    expect(query.grouping).toEqual(["b", "c.d", "a", "z"]);
    expect(query.functions).toEqual(["sum", "rate", "avg"]);
  });

  test.each([
    ["SUM(up)", []],
    ["a[5m + 1m]", ["duration expression"]],
    ["limitk(2, mad_over_time(a[5m] offset 1m))", ["mad_over_time", "limitk"]],
    ["a + fill(0) b", ["fill"]],
    ["rate(a[5m] anchored)", ["anchored"]],
    ["a offset -5m", []],
  ])("%s needs newer servers for %j", (text, experimental) => {
    expect(parsed(text).experimental).toEqual(experimental);
  });
});

describe("an alert condition", () => {
  test.each([
    "up == 0",
    "((a > 5))",
    "a > 5 and b",
    "a and b > 5",
    "a unless b > 5",
    "a > 5 or b < 1",
    "(a > 5) * 2",
    "-(a > 5)",
    "count(up == 0)",
    'label_replace(a > 5, "x", "$1", "y", "(.*)")',
    "absent(up)",
    "absent_over_time(up[5m]) or up == 0",
    "max_over_time((a > 5)[1h:])",
  ])("%s is one", (text) => {
    expect(parsed(text).isComparison).toBe(true);
  });

  test.each([
    "up",
    "a > bool 5",
    "a > 5 or vector(0)",
    "a and b",
    "scalar(a > 5) + b",
    "vector(scalar(a > 5))",
    "1 > bool 2",
    "a + fill(0) (b > 5)",
    "rate(a[5m])",
  ])("%s is none", (text) => {
    expect(parsed(text).isComparison).toBe(false);
  });
});
