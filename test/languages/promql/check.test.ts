import { describe, expect, test } from "@jest/globals";
import { checkPromql, type PromqlUse } from "../../../languages/promql/check";
import { NO_CONTRACT, type PromqlContract, type PromqlSeries } from "../../../languages/promql/contract";
import { substituteGrafanaVariables } from "../../../languages/promql/grafana-variables";
import { parsed } from "./parsed";

const series = (type: PromqlSeries["type"], ...labels: readonly string[]): PromqlSeries => ({
  type,
  labels: new Set(["job", "instance", "service", ...labels]),
});

const contract: PromqlContract = new Map([
  ["http_requests_total", series("counter", "method", "status")],
  ["errors_total", series("counter", "status")],
  ["queue_depth", series("gauge", "queue")],
  ["latency_seconds_bucket", series("histogram", "le", "status")],
  ["latency_seconds_sum", series("histogram", "status")],
  ["latency_seconds_count", series("histogram", "status")],
  ["rpc_seconds", series("summary", "quantile")],
  ["rpc_seconds_count", series("summary")],
  ["native_seconds", series("histogram")],
  ["build_info", series("gauge", "version")],
  ["service:latency_seconds_bucket:rate5m", series("gauge", "le")],
]);

const inPanel: PromqlUse = { as: "panel", contract, intervalOf: () => undefined };

const findings = (text: string): readonly { readonly marks: string; readonly says: string }[] =>
  checkPromql(parsed(text), inPanel).map(({ offset, length, message }) => ({
    marks: text.slice(offset, offset + length),
    says: message,
  }));

type Case = readonly [text: string, marks: string, says: RegExp];

const ONE_FINDING: { readonly [kind: string]: readonly Case[] } = {
  "unknown series": [
    ["rate(http_request_total[5m])", "http_request_total[5m]", /Did you mean "http_requests_total"\?/],
    ["zebra > 5", "zebra", /named "zebra"\.$/],
    ["rate(latency_seconds[5m])", "latency_seconds[5m]", /is a histogram: its series are latency_seconds_bucket/],
    ['{__name__=~"zebra_.*"}', '{__name__=~"zebra_.*"}', /No known metric/],
    ['{__name__=~".+", __name__!~".+"}', '{__name__=~".+", __name__!~".+"}', /No known metric/],
    ['absent(uqueue_depth{queue="a"})', 'uqueue_depth{queue="a"}', /Did you mean "queue_depth"\?/],
  ],
  "unknown labels": [
    ['queue_depth{queu="a"} > 5', 'queu="a"', /"queue_depth" has no label "queu"\. Did you mean "queue"\?/],
    ['queue_depth{status!~"5.."} > 5', 'status!~"5.."', /has no label "status"\.$/],
    [
      "sum by (stauts) (rate(errors_total[5m]))",
      "stauts",
      /No series here has the label "stauts"\. Did you mean "status"/,
    ],
    ["queue_depth * on (status) queue_depth", "status", /No series here has/],
    ["queue_depth * on (instance) group_left (verison) build_info", "verison", /Did you mean "version"/],
    ["build_info * on (instance) group_right (verison) queue_depth", "verison", /Did you mean "version"/],
  ],
  "lost labels": [
    ["sum by (status) (sum by (service) (rate(errors_total[5m])))", "status", /"status" is lost before/],
    ["sum by (queue) (sum without (queue) (queue_depth))", "queue", /"queue" is lost before/],
    ["sum by (service) (queue_depth) * on (queue) queue_depth", "queue", /"queue" is lost before/],
    ["max by (le) (histogram_quantile(0.9, rate(latency_seconds_bucket[5m])))", "le", /"le" is lost before/],
    ["sum by (queue) (queue_depth * on (instance) build_info)", "queue", /"queue" is lost before/],
  ],
  "counters and gauges": [
    ["rate(queue_depth[5m])", "queue_depth[5m]", /rate\(\) is for counters.*use delta\(\)/],
    ["increase(rpc_seconds[5m])", "rpc_seconds[5m]", /is a gauge/],
    ["irate(max_over_time(queue_depth[1m])[5m:])", "queue_depth[1m]", /irate\(\) is for counters/],
    ["delta(errors_total[5m])", "errors_total[5m]", /delta\(\) is for gauges.*use rate\(\)/],
    ["predict_linear(latency_seconds_count[5m], 60)", "latency_seconds_count[5m]", /predict_linear\(\) is for gauges/],
    ["increase(sum(errors_total)[5m:1m])", "errors_total", /before the aggregation.*sum\(increase\(…\)\)/],
    ["errors_total > 100", "errors_total", /which only grows/],
    ["100 <= errors_total", "errors_total", /which only grows/],
    ["sum by (service) (errors_total) * 2 + 1 > 100", "errors_total", /which only grows/],
    ["max_over_time(errors_total[5m]) > 5", "errors_total[5m]", /which only grows/],
    ["queue_depth > 5 and errors_total > 10", "errors_total", /which only grows/],
    ["errors_total > bool 10", "errors_total", /which only grows/],
    ["errors_total > scalar(queue_depth)", "errors_total", /which only grows/],
  ],
  histograms: [
    [
      "histogram_quantile(0.9, sum by (service) (rate(latency_seconds_bucket[5m])))",
      "sum by (service) (rate(latency_seconds_bucket[5m]))",
      /needs the label "le", which is lost/,
    ],
    [
      "histogram_quantile(0.9, sum(rate(latency_seconds_bucket[5m])))",
      "sum(rate(latency_seconds_bucket[5m]))",
      /needs the label "le"/,
    ],
    [
      "histogram_fraction(0, 0.2, sum without (le) (rate(latency_seconds_bucket[5m])))",
      "sum without (le) (rate(latency_seconds_bucket[5m]))",
      /histogram_fraction\(\) needs the label "le"/,
    ],
    ["histogram_quantile(0.9, latency_seconds_bucket)", "latency_seconds_bucket", /^Without rate\(\)/],
    ["histogram_quantile(0.9, sum by (le) (latency_seconds_bucket))", "latency_seconds_bucket", /^Without rate\(\)/],
    [
      "histogram_quantile(0.9, rate(latency_seconds_sum[5m]))",
      "latency_seconds_sum[5m]",
      /needs the buckets.*Use latency_seconds_bucket/,
    ],
    ["histogram_quantile(0.9, queue_depth)", "queue_depth", /needs the buckets.*has not\.$/],
    ["histogram_quantile(95, rate(latency_seconds_bucket[5m]))", "95", /between 0 and 1/],
    ["quantile(-1, queue_depth)", "-1", /between 0 and 1/],
    ["quantile_over_time(1.5, queue_depth[5m])", "1.5", /between 0 and 1/],
    ['histogram_quantiles(rate(native_seconds[5m]), "q", 0.5, 99)', "99", /between 0 and 1/],
  ],
  "sides that never match": [
    [
      "sum by (service) (rate(errors_total[5m])) / sum(rate(http_requests_total[5m]))",
      "sum by (service) (rate(errors_total[5m])) / sum(rate(http_requests_total[5m]))",
      /never match: only the left has "service"/,
    ],
    [
      "sum by (job) (queue_depth) > 5 and sum by (queue) (queue_depth) > 1",
      "sum by (job) (queue_depth) > 5 and sum by (queue) (queue_depth) > 1",
      /only the left has "job" and only the right has "queue"/,
    ],
    [
      'sum(queue_depth) > 5 unless absent(up{job="a"})',
      'sum(queue_depth) > 5 unless absent(up{job="a"})',
      /only the right has "job"/,
    ],
    [
      "max by (service) (queue_depth) > 5 and hour() > 8",
      "max by (service) (queue_depth) > 5 and hour() > 8",
      /only the left has "service"/,
    ],
    [
      "sum by (job, queue) (queue_depth) / ignoring (queue) sum by (service) (queue_depth)",
      "sum by (job, queue) (queue_depth) / ignoring (queue) sum by (service) (queue_depth)",
      /only the left has "job" and only the right has "service"/,
    ],
  ],
};

describe.each(Object.entries(ONE_FINDING))("%s", (_kind, cases) => {
  test.each(cases)("%s", (text, marks, says) => {
    expect(findings(text)).toEqual([{ marks, says: expect.stringMatching(says) }]);
  });
});

describe("what may well be meant", () => {
  test.each([
    "sum by (service) (rate(errors_total[5m])) / sum by (service) (rate(http_requests_total[5m])) > 0.01",
    "sum by (status) (rate(errors_total[5m])) / ignoring (status) group_left sum(rate(http_requests_total[5m]))",
    "sum by (service) (rate(errors_total[5m])) / on () group_left () sum(rate(http_requests_total[5m]))",
    "sum(rate(errors_total[5m])) or vector(0)",
    "sum(queue_depth) > 5 and hour() > 8",
    "max by (service) (queue_depth) > 5 and on () hour() > 8",
    "errors_total / http_requests_total > 0.1",
    "errors_total == 0",
    "queue_depth > 5 and http_requests_total > 0",
    "queue_depth > 5 unless sum by (job, instance, service, queue) (queue_depth > 9)",
    "http_requests_total > http_requests_total offset 5m",
    "http_requests_total - errors_total > 5",
    "http_requests_total - http_requests_total offset 1h > 5",
    "count(errors_total) > 5",
    "time() - timestamp(errors_total) > 300",
    "changes(errors_total[1h]) > 5",
    "resets(errors_total[1h]) > 5",
    "absent(errors_total) == 1",
    "rate(rpc_seconds_count[5m]) > 5",
    "rate(latency_seconds_sum[5m]) / rate(latency_seconds_count[5m]) > 0.5",
    "sum(rate(errors_total[5m])) > 5",
    "max_over_time(sum(rate(errors_total[5m]))[1h:]) > 5",
    "histogram_quantile(0.9, sum by (le, service) (rate(latency_seconds_bucket[5m])))",
    "histogram_quantile(0.9, sum without (instance) (increase(latency_seconds_bucket[5m]))) > 0.5",
    "histogram_quantile(0.9, service:latency_seconds_bucket:rate5m)",
    "histogram_quantile(0.9, latency_seconds_bucket - latency_seconds_bucket offset 5m)",
    "histogram_quantile(0.9, sum(rate(native_seconds[5m])))",
    'sum by (host) (label_replace(queue_depth, "host", "$1", "instance", "(.*):.*"))',
    'sum by (all) (label_join(queue_depth, "all", "-", "job", "queue"))',
    'sum by (value) (count_values("value", queue_depth))',
    "sum by (version) (queue_depth * on (instance) group_left (version) build_info)",
    "sum without (pod, nothing) (queue_depth)",
    'queue_depth{zone=""} > 5',
    'ALERTS{alertstate="firing"} == 1',
    'sum by (zone) (up{anything="x"} == 0)',
    "scrape_duration_seconds > 5",
    '{__name__=~"http_.*"}',
    '{job="api"}',
    "topk(3, rate(errors_total[5m])) > 1",
  ])("%s", (text) => {
    expect(findings(text)).toEqual([]);
  });
});

test("an expression that would take for ever is not tried out", () => {
  expect(findings(`queue_depth{queue="${"a".repeat(40)}",queue=~"(a*)*b"} > 1`)).toEqual([]);
});

test("findings come in the order of the text, each once", () => {
  const text = 'rate(queue_depth{zone="a"}[5m]) + errorz_total + rate(queue_depth{zone="a"}[5m])';
  expect(findings(text).map(({ marks }) => marks)).toEqual([
    'queue_depth{zone="a"}[5m]',
    'zone="a"',
    "errorz_total",
    'queue_depth{zone="a"}[5m]',
    'zone="a"',
  ]);
});

describe("Grafana variables may be anything", () => {
  test.each([
    "sum by ($by) (rate($metric[$__rate_interval])) > $limit",
    "sum by ($by) (rate(errors_total[5m])) / sum(rate(http_requests_total[5m]))",
    "sum by (service) (queue_depth) / ignoring ($by) sum by (job) (queue_depth)",
    'rate(${app}_total{$label="a", ${more}}[5m])',
    "histogram_quantile($quantile, sum by ($by) (rate(latency_seconds_bucket[5m])))",
    "queue_depth * on ($key) group_left ($more) build_info",
  ])("%s", (text) => {
    expect(findings(substituteGrafanaVariables(text))).toEqual([]);
  });

  test("and the rest is checked all the same, at its place", () => {
    const text = 'sum by ($by) (rate(queue_depth{job="$job"}[$__rate_interval]))';
    expect(checkPromql(parsed(substituteGrafanaVariables(text)), inPanel)).toMatchObject([
      { offset: text.indexOf("queue_depth"), message: expect.stringMatching(/rate\(\) is for counters/) },
    ]);
  });
});

/** The checks of a rule from elsewhere, of which nothing is known, each with the text that it marks. */
const ofRule = (text: string, as: PromqlUse["as"] = "alert"): readonly (readonly [check: string, marks: string])[] =>
  checkPromql(parsed(text), { as, contract: NO_CONTRACT, intervalOf: () => 30 }).map(({ check, offset, length }) => [
    check,
    text.slice(offset, offset + length),
  ]);

describe("without a contract, names and the query itself tell", () => {
  test.each<readonly [text: string, check: string, marks: string]>([
    ["rate(node_hwmon_temp_celsius[5m]) > 1", "rate-of-gauge", "node_hwmon_temp_celsius[5m]"],
    ["delta(errors_total[5m]) > 1", "delta-of-counter", "errors_total[5m]"],
    ["errors_total > 100", "counter-without-rate", "errors_total"],
    ["rate(sum(errors_total)[5m:]) > 1", "rate-of-aggregate", "errors_total"],
    ["histogram_quantile(0.9, x_bucket) > 1", "quantile-without-rate", "x_bucket"],
    ["histogram_quantile(0.9, sum(rate(x_bucket[5m]))) > 1", "quantile-without-le", "sum(rate(x_bucket[5m]))"],
    ["histogram_quantile(9, sum by (le) (rate(x_bucket[5m]))) > 1", "quantile-bounds", "9"],
    ["sum(x) by (a)", "no-comparison", "sum(x) by (a)"],
    ["x > bool 5", "no-comparison", "x > bool 5"],
    ["x > 5 or vector(0)", "no-comparison", "x > 5 or vector(0)"],
    ['sum(x) > 5 unless absent(up{job="a"})', "vector-matching", 'sum(x) > 5 unless absent(up{job="a"})'],
    ['up{env="a"} == 0 and x{env="b"} > 1', "dead-join", 'up{env="a"} == 0 and x{env="b"} > 1'],
    ['a{e="1"} > on (e) sum by (e) (b{e="2"})', "dead-join", 'a{e="1"} > on (e) sum by (e) (b{e="2"})'],
    ["a * on (node) sum(b) > 5", "dead-join", "node"],
    ["sum by (a) (sum by (b) (x)) > 1", "lost-label", "a"],
    ["sum(a) > on (job) sum(b)", "lost-label", "job"],
    ['x{a="1",a="2"} > 1', "dead-selector", 'a="2"'],
    ['x{a="1",a!~"1|2"} > 1', "dead-selector", 'a!~"1|2"'],
    ['{"x","y"} > 1', "dead-selector", '"y"'],
    ['x{a=~"b"} > 1', "needless-regex", 'a=~"b"'],
    ['x{a=~"^b.*$"} > 1', "needless-regex", 'a=~"^b.*$"'],
    ["rate(x[1m]) > 1", "short-range", "x[1m]"],
    ["rate(a_total[5m]) / rate(b_total[5m]) > 1", "division-by-zero", "rate(b_total[5m])"],
    ['1 - rate(a_total{x="1"}[5m]) / rate(a_total[5m]) > 1', "division-by-zero", "rate(a_total[5m])"],
    ['sum(rate(a_total{x="1"}[5m])) / sum(rate(a_total[5m])) < 1', "division-by-zero", "sum(rate(a_total[5m]))"],
    ["x / 0 > 1", "division-by-zero", "0"],
    ["topk(3, x) > 1", "fragile-topk", "topk(3, x)"],
    ["abs(bottomk by (a) (1, x)) > 1", "fragile-topk", "bottomk by (a) (1, x)"],
  ])("%s: %s", (text, check, marks) => {
    expect(ofRule(text)).toEqual([[check, marks]]);
  });

  test.each([
    "vector(1)",
    "absent(up)",
    "x_total == 0",
    "rate(x_total[2m]) > 1",
    "rate(x_count[5m]) > 1",
    "increase(x_bytes[1h]) > 1",
    "job:x:total > 5",
    "x > 1 and topk(3, y)",
    "sum(topk(3, x)) > 1",
    "a / b > 1",
    "a / count(b) > 1",
    "rate(a_total[5m]) / (rate(b_total[5m]) > 0) > 1",
    "rate(a_total[5m]) / clamp_min(rate(b_total[5m]), 1) > 1",
    "rate(a_total[5m]) / (rate(b_total[5m]) + 1) > 1",
    "rate(a_total[5m]) / rate(b_total[5m]) > 1 and rate(b_total[5m]) > 0.1",
    'sum(rate(a_total{x="1"}[5m])) / sum(rate(a_total[5m])) > 0.1',
    "rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m]) > 0.1",
    'a{env="a"} > ignoring (env) a{env="b"}',
    '(a{env="a"} or a{env="b"}) > 1',
    'sum(a{env="a"}) > sum(b{env="b"})',
    'label_replace(a{env="a"}, "env", "b", "", "") > a{env="b"}',
    'a > on (x) group_left (env) b{env="b"} and c > 1',
    'x{a=~"b|c",a!="c"} > 1',
    'x{a="b",a=~"b.*"} > 1',
    'x{a=~""} > 1',
    "histogram_quantile(0.9, sum(rate(native_seconds[5m]))) > 1",
    "changes(process_start_time_seconds[1h]) > 5",
  ])("nothing is wrong with %s", (text) => {
    expect(ofRule(text)).toEqual([]);
  });

  test("recording rules need no comparison, and panels may show what a rule may not alert on", () => {
    expect(ofRule("sum(x)", "record")).toEqual([]);
    expect(ofRule("topk(3, x)", "panel")).toEqual([]);
    expect(ofRule("topk(3, x)", "record")).toEqual([["fragile-topk", "topk(3, x)"]]);
  });
});
