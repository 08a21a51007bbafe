import { describe, expect, test } from "@jest/globals";
import { type CloudwatchAlarm, cloudwatchAlarm } from "../../../constructs/cloudwatch/alarm";
import type { MetricAlarm } from "../../../constructs/cloudwatch/metric-alarm";
import type { AlertOptions } from "../../../model/alert";
import { absent, and, type Condition, datadogQuery, or, promql, unless } from "../../../model/condition";
import { complement, logCount, ratio } from "../../../model/indicator";
import { logMetric } from "../../../model/log-metric";
import type { ServiceOptions } from "../../../model/service";
import { exampleLogs } from "../../support/example";
import { held, ruleOf } from "./held";

type Changed = Partial<AlertOptions> & Pick<AlertOptions, "when">;

function render(changed: Changed, service: Partial<ServiceOptions> = {}) {
  const { rule, service: estate } = ruleOf(changed, service);
  return cloudwatchAlarm(rule, estate);
}

function alarmOf(changed: Changed, service?: Partial<ServiceOptions>): CloudwatchAlarm {
  const alarm = render(changed, service);
  if (!alarm.ok) throw new Error(alarm.error);
  return alarm.value;
}

function metricAlarmOf(changed: Changed, service?: Partial<ServiceOptions>): MetricAlarm {
  const { body } = alarmOf(changed, service);
  if (body.kind !== "metric") throw new Error(body.rule);
  return body.alarm;
}

function refusal(changed: Changed): string {
  const alarm = render(changed);
  return alarm.ok ? "(accepted)" : alarm.error;
}

/** An alarm short: what is read, what is compared, and for how long. */
function short({ queries, operator, threshold, evaluationPeriods, datapointsToAlarm }: MetricAlarm): string {
  const read = queries.map((query) =>
    query.kind === "metric"
      ? `${query.id} = ${query.metric.stat} of ${query.metric.name} in ${query.metric.period}s`
      : `${query.id} = ${query.expression}`,
  );
  const limit = threshold.kind === "number" ? threshold.value : threshold.id;
  return [...read, `${operator} ${limit}, ${datapointsToAlarm} of ${evaluationPeriods}`].join("; ");
}

const { requests, errors, sent, busy, duration, cpu, used, size, workers, slow, elsewhere } = held;
const isError = exampleLogs.level.equals("ERROR");

test("a whole alarm", () => {
  expect(alarmOf({ when: "cpu_usage > 80%", for: "15m", summary: "The processors are {value} busy" })).toEqual({
    name: "[prod] shop: Tested",
    description: [
      "The processors are more than 80% busy",
      "SEV-2 (major degradation), response: 30 minutes. Owner: backend.",
      "Runbook: https://runbooks.example.com/x",
      "Dashboard: https://grafana.example.com/d/prod-shop-service",
    ].join("\n"),
    severity: "SEV-2",
    body: {
      kind: "metric",
      alarm: {
        queries: [
          {
            kind: "metric",
            id: "m1",
            metric: { namespace: "Shop", name: "CPU", dimensions: { Service: "shop" }, stat: "Average", period: 60 },
          },
        ],
        period: 60,
        operator: "GreaterThanThreshold",
        threshold: { kind: "number", value: 80 },
        evaluationPeriods: 15,
        datapointsToAlarm: 15,
        missing: "notBreaching",
      },
    },
    metricFilters: [],
  });
});

describe("a comparison", () => {
  test.each<[string, Condition, string]>([
    ["of an average", cpu.avg().above("80%"), "m1 = Average of CPU in 60s; GreaterThanThreshold 80, 5 of 5"],
    [
      "of the largest",
      cpu.max().atLeast("80%"),
      "m1 = Maximum of CPU in 60s; GreaterThanOrEqualToThreshold 80, 5 of 5",
    ],
    ["of the least", used.min().below("1GB"), "m1 = Minimum of Used in 60s; LessThanThreshold 1000000000, 5 of 5"],
    ["of a total", workers.sum().atMost("3"), "m1 = Sum of Workers in 60s; LessThanOrEqualToThreshold 3, 5 of 5"],
    ["every five minutes", slow.avg().above("3"), "m1 = Average of Slow in 300s; GreaterThanThreshold 3, 1 of 1"],
    [
      "of a rate, in the threshold's time",
      requests.rate("5m").above("10000 per hour"),
      "m1 = Sum of Requests in 300s; e1 = (m1 / PERIOD(m1)) * 3600; GreaterThanThreshold 10000, 1 of 1",
    ],
    [
      "of a rate per second",
      requests.rate("1m").above("10 per second"),
      "m1 = Sum of Requests in 60s; e1 = m1 / PERIOD(m1); GreaterThanThreshold 10, 5 of 5",
    ],
    [
      "of a throughput",
      sent.rate("5m").above("50MB per minute"),
      "m1 = Sum of Sent in 300s; e1 = (m1 / PERIOD(m1)) * 60; GreaterThanThreshold 50000000, 1 of 1",
    ],
    [
      "of time per time, held in milliseconds, in percent",
      busy.rate("5m").above("80%"),
      "m1 = Sum of Busy in 300s; e1 = (m1 / PERIOD(m1)) / 10; GreaterThanThreshold 80, 1 of 1",
    ],
    [
      "of a growth",
      requests.increase("1h").above("100"),
      "m1 = Sum of Requests in 3600s; GreaterThanThreshold 100, 1 of 1",
    ],
    [
      "of how many were observed",
      duration.rate("5m").above("1 per minute"),
      "m1 = SampleCount of Duration in 300s; e1 = (m1 / PERIOD(m1)) * 60; GreaterThanThreshold 1, 1 of 1",
    ],
    [
      "of a quantile, in the unit that CloudWatch holds",
      duration.quantile(0.95, "5m").above("1s"),
      "m1 = p95 of Duration in 300s; GreaterThanThreshold 1000, 1 of 1",
    ],
    [
      "of a fine quantile",
      duration.quantile(0.9995, "10m").above("1.5s"),
      "m1 = p99.95 of Duration in 600s; GreaterThanThreshold 1500, 1 of 1",
    ],
    [
      "of a share, in percent",
      duration.fraction("300ms", "5m").below("99%"),
      "m1 = PR(:300) of Duration in 300s; LessThanThreshold 99, 1 of 1",
    ],
    [
      "of what a share leaves",
      complement(duration.fraction("0.3s", "5m")).above("1%"),
      "m1 = PR(:300) of Duration in 300s; e1 = (1 - (m1 / 100)) * 100; GreaterThanThreshold 1, 1 of 1",
    ],
    [
      "of a ratio of rates, whose periods cancel out",
      ratio(errors.rate("5m"), requests.rate("5m")).above("1%"),
      "m1 = Sum of Errors in 300s; m2 = Sum of Requests in 300s; e1 = IF(m2 > 0, (m1 / m2) * 100); GreaterThanThreshold 1, 1 of 1",
    ],
    [
      "of a ratio that has no point without its numerator",
      ratio(used.max(), size.max()).above("90%"),
      "m1 = Maximum of Used in 60s; m2 = Maximum of Size in 60s; e1 = IF((m1 >= m1) AND (m2 > 0), (m1 / m2) * 100); GreaterThanThreshold 90, 5 of 5",
    ],
    [
      "of what a ratio leaves, guarded as a whole",
      complement(ratio(errors.rate("5m"), requests.rate("5m"))).below("99.9%"),
      "m1 = Sum of Errors in 300s; m2 = Sum of Requests in 300s; e1 = IF(m2 > 0, (1 - (m1 / m2)) * 100); LessThanThreshold 99.9, 1 of 1",
    ],
    [
      "of a metric with itself, read once",
      ratio(requests.increase("5m"), requests.increase("5m")).above("50%"),
      "m1 = Sum of Requests in 300s; e1 = IF(m1 > 0, (m1 / m1) * 100); GreaterThanThreshold 50, 1 of 1",
    ],
  ])("%s", (_, when, expected) => {
    expect(short(metricAlarmOf({ when, noData: "ok" }))).toBe(expected);
  });

  test.each([
    ["0s", 1],
    ["30s", 1],
    ["5m", 1],
    ["6m", 2],
    ["10m", 2],
    ["1d", 288],
  ] as const)("for %s lasts whole periods", (duration, evaluationPeriods) => {
    expect(metricAlarmOf({ when: requests.rate("5m").above("1 per second"), for: duration })).toMatchObject({
      evaluationPeriods,
      datapointsToAlarm: evaluationPeriods,
    });
  });

  test.each([
    ["ok", "notBreaching"],
    ["keep", "ignore"],
    ["alert", "breaching"],
  ] as const)("without data, %s is %s", (noData, missing) => {
    expect(metricAlarmOf({ when: cpu.avg().above("80%"), noData })).toMatchObject({ missing });
  });

  test("that goes on firing needs one of its last points", () => {
    expect(
      short(metricAlarmOf({ when: requests.rate("5m").above("1 per second"), for: "0s", keepFiringFor: "12m" })),
    ).toMatch(/1 of 4$/);
  });

  test("has the threshold of its environment", () => {
    const { rule, service } = ruleOf(
      { when: cpu.avg().above({ default: "80%", dev: "95%" }), for: "1m" },
      { environment: "dev" },
    );
    expect(cloudwatchAlarm(rule, service)).toMatchObject({
      value: { name: "[dev] shop: Tested", severity: "SEV-3", body: { alarm: { threshold: { value: 95 } } } },
    });
  });
});

describe("other conditions", () => {
  test("a range is one expression that is 1 outside", () => {
    expect(short(metricAlarmOf({ when: cpu.avg().outside("5%", "80%") }))).toBe(
      "m1 = Average of CPU in 60s; e1 = IF((m1 < 5) OR (m1 > 80), 1, 0); GreaterThanThreshold 0, 5 of 5",
    );
  });

  test("a range of a ratio has no point where the ratio has none", () => {
    const share = ratio(errors.rate("5m"), requests.rate("5m"));
    expect(short(metricAlarmOf({ when: share.outside("1%", "5%") }))).toContain(
      "e1 = IF(m2 > 0, IF((((m1 / m2) * 100) < 1) OR (((m1 / m2) * 100) > 5), 1, 0))",
    );
  });

  test("absence is missing data, and nothing else", () => {
    const alarm = metricAlarmOf({ when: absent(cpu), for: "10m" });
    expect(short(alarm)).toBe("m1 = SampleCount of CPU in 60s; LessThanThreshold 1, 10 of 10");
    expect(alarm.missing).toBe("breaching");
  });

  test.each([
    ["above", "GreaterThanUpperThreshold"],
    ["below", "LessThanLowerThreshold"],
    ["either", "LessThanLowerOrGreaterThanUpperThreshold"],
  ] as const)("an anomaly %s is beyond the band that CloudWatch learns", (direction, operator) => {
    expect(short(metricAlarmOf({ when: cpu.avg().deviates({ deviations: 2.5, direction }) }))).toBe(
      `m1 = Average of CPU in 60s; band = ANOMALY_DETECTION_BAND(m1, 2.5); ${operator} band, 5 of 5`,
    );
  });

  test("an anomaly of a computed value", () => {
    const share = ratio(errors.rate("5m"), requests.rate("5m"));
    expect(short(metricAlarmOf({ when: share.deviates({ deviations: 3 }) }))).toContain(
      "e1 = IF(m2 > 0, m1 / m2); band = ANOMALY_DETECTION_BAND(e1, 3)",
    );
  });
});

describe("conditions put together", () => {
  const busyProcessors = cpu.avg().above("80%");
  const traffic = requests.rate("5m").above("10 per second");
  const full = used.max().above("1GB");

  function compositeOf(changed: Changed) {
    const { body } = alarmOf(changed);
    if (body.kind !== "composite") throw new Error(short(body.alarm));
    return { rule: body.rule, children: body.children.map(({ name, alarm }) => `${name}: ${short(alarm)}`) };
  }

  test("and: each side holds at every point", () => {
    expect(compositeOf({ when: and(busyProcessors, traffic), for: "10m" })).toEqual({
      rule: 'ALARM("[prod] shop: Tested / 1") AND ALARM("[prod] shop: Tested / 2")',
      children: [
        "[prod] shop: Tested / 1: m1 = Average of CPU in 60s; GreaterThanThreshold 80, 10 of 10",
        "[prod] shop: Tested / 2: m1 = Sum of Requests in 300s; e1 = m1 / PERIOD(m1); GreaterThanThreshold 10, 2 of 2",
      ],
    });
  });

  test("unless: the right side holds at no point", () => {
    expect(compositeOf({ when: unless(busyProcessors, traffic), for: "10m" })).toEqual({
      rule: 'ALARM("[prod] shop: Tested / 1") AND NOT ALARM("[prod] shop: Tested / 2")',
      children: [expect.stringContaining("10 of 10"), expect.stringContaining("1 of 2")],
    });
  });

  test("or, at once: either alarm", () => {
    expect(compositeOf({ when: or(busyProcessors, traffic), for: "0s" }).rule).toBe(
      'ALARM("[prod] shop: Tested / 1") OR ALARM("[prod] shop: Tested / 2")',
    );
  });

  test("or, for a while: one expression, since two alarms would each want one side for all of it", () => {
    expect(short(metricAlarmOf({ when: or(busyProcessors, full), for: "10m" }))).toBe(
      "m1 = Average of CPU in 60s; m2 = Maximum of Used in 60s; e1 = IF((m1 > 80) OR (m2 > 1000000000), 1, 0); GreaterThanThreshold 0, 10 of 10",
    );
  });

  test("or, for a while, of points of different times is refused", () => {
    expect(refusal({ when: or(busyProcessors, traffic), for: "10m" })).toBe(
      'of "or" CloudWatch holds each side against the alert\'s duration by itself, which is not the same: its sides look back over 60 and 300 seconds, and one CloudWatch alarm compares points of the same time; give both the same window; or write for: "0s"',
    );
  });

  test("what is inside of an unless is turned around with it", () => {
    expect(compositeOf({ when: unless(busyProcessors, or(full, traffic)), for: "10m" })).toEqual({
      rule: 'ALARM("[prod] shop: Tested / 1") AND NOT (ALARM("[prod] shop: Tested / 2") OR ALARM("[prod] shop: Tested / 3"))',
      children: [
        expect.stringContaining("10 of 10"),
        expect.stringContaining("1 of 10"),
        expect.stringContaining("1 of 2"),
      ],
    });
    expect(short(metricAlarmOf({ when: or(unless(cpu.avg().above("80%"), full), full), for: "10m" }))).toContain(
      "e1 = IF((((m1 > 80) - (m2 > 1000000000)) > 0) OR (m2 > 1000000000), 1, 0)",
    );
  });

  test("the same part is one alarm", () => {
    const { rule, children } = compositeOf({ when: and(busyProcessors, and(traffic, busyProcessors)), for: "0s" });
    expect(rule).toBe(
      'ALARM("[prod] shop: Tested / 1") AND (ALARM("[prod] shop: Tested / 2") AND ALARM("[prod] shop: Tested / 1"))',
    );
    expect(children).toHaveLength(2);
  });

  test("a burn rate is both of its windows, the short one for as long as it is", () => {
    const when: Condition = {
      kind: "burn-rate",
      objective: {
        name: "availability",
        sli: { kind: "events", bad: errors.selection, total: requests.selection },
        target: "99.9%",
        window: "30d",
      },
      factor: "14.4",
      long: "1h",
      short: "5m",
    };
    expect(compositeOf({ when, for: "2m" })).toEqual({
      rule: 'ALARM("[prod] shop: Tested / 1") AND ALARM("[prod] shop: Tested / 2")',
      children: [
        "[prod] shop: Tested / 1: m1 = Sum of Errors in 3600s; m2 = Sum of Requests in 3600s; e1 = IF(m2 > 0, (m1 / m2) * 100); GreaterThanThreshold 1.44, 1 of 1",
        "[prod] shop: Tested / 2: m1 = Sum of Errors in 300s; m2 = Sum of Requests in 300s; e1 = IF(m2 > 0, (m1 / m2) * 100); GreaterThanThreshold 1.44, 1 of 1",
      ],
    });
    expect(alarmOf({ when, summary: "Errors spend {value}" }).description).toContain(
      "Errors spend 14.4 times the budgeted share",
    );
  });

  test("more parts than a rule may name are refused", () => {
    const many = Array.from({ length: 101 }, (_, index) => cpu.avg().above(`${index}%`)).reduce<Condition>(and, full);
    expect(refusal({ when: many })).toContain("put together of 102 conditions, and CloudWatch accepts 100");
  });
});

describe("log events", () => {
  const counted = logCount(isError, "5m").above("10");

  test("are counted by a metric filter of the alarm's own", () => {
    const alarm = alarmOf({ when: counted });
    expect(alarm.metricFilters).toEqual([
      {
        name: "Tested",
        pattern: '{ $.level = "ERROR" }',
        transformation: { name: "Tested", namespace: "Estate/shop", value: "1", unit: "Count", defaultValue: "0" },
      },
    ]);
    expect(metricAlarmOf({ when: counted })).toMatchObject({
      queries: [{ metric: { namespace: "Estate/shop", name: "Tested", dimensions: {}, stat: "Sum", period: 300 } }],
      threshold: { value: 10 },
    });
  });

  test("are counted by the service's log metric where it has the same filter, and is one series", () => {
    const logMetrics = [
      logMetric("errors-by-path", { filter: isError, by: ["path"] }),
      logMetric("errors", { filter: isError }),
    ];
    const alarm = alarmOf({ when: counted }, { logMetrics });
    expect(alarm.metricFilters).toEqual([]);
    expect(alarm.body).toMatchObject({ alarm: { queries: [{ metric: { name: "errors" } }] } });
    expect(alarmOf({ when: counted }, { logMetrics: logMetrics.slice(0, 1) }).metricFilters).toHaveLength(1);
  });

  test("of several filters are several metrics", () => {
    const slowRequest = exampleLogs.duration_ms.above(1000);
    const { metricFilters, body } = alarmOf({
      when: ratio(logCount(isError, "5m"), logCount(slowRequest, "5m")).above("10%"),
    });
    expect(metricFilters.map(({ name }) => name)).toEqual(["Tested", "Tested-2"]);
    expect(body).toMatchObject({
      alarm: { queries: [{ metric: { name: "Tested" } }, { metric: { name: "Tested-2" } }, {}] },
    });
  });

  test("that no filter pattern finds are refused", () => {
    expect(refusal({ when: logCount(exampleLogs.path.equals("/a*"), "5m").above("1") })).toContain("a filter pattern");
  });
});

describe("what CloudWatch cannot say is refused, with who can", () => {
  const cases: readonly (readonly [string, Changed, RegExp])[] = [
    [
      "labels",
      { when: requests.rate("5m").by("instance").above("1 per second") },
      /watches one series.*prometheus can/,
    ],
    [
      "matchers",
      { when: requests.where({ instance: "a" }).rate("5m").above("1 per second") },
      /cannot be narrowed by instance; prometheus can/,
    ],
    [
      "a metric elsewhere",
      { when: elsewhere.avg().above("1GB") },
      /CloudWatch does not hold elsewhere; prometheus and datadog can/,
    ],
    ["a sum of samples", { when: cpu.sum().above("80%") }, /as Average, which is no sum.*avg\(\), max\(\) or min\(\)/],
    ["an average of a total", { when: workers.avg().above("3") }, /as Sum, which is no avg.*ask for sum\(\)/],
    ["an average of rates", { when: requests.rate("5m", "avg").above("1 per second") }, /knows no avg of their rates/],
    ["a forecast", { when: used.forecast("4h", { from: "1h" }).above("1GB") }, /cannot forecast; prometheus can/],
    ["promql", { when: promql("up == 0") }, /prometheus can \(evaluator: "prometheus"\)/],
    ["a Datadog query", { when: datadogQuery("avg(last_5m):avg:a{*} > 1") }, /datadog can \(evaluator: "datadog"\)/],
    [
      "a window below a minute",
      { when: requests.rate("30s").above("1 per second") },
      /every 60 seconds, of which the window 30s is no multiple/,
    ],
    ["a window longer than a week", { when: requests.increase("8d").above("1") }, /at most seven days/],
    [
      "a time longer than a day",
      { when: cpu.avg().above("80%"), for: "25h" },
      /looks back over a day at most with points of 60 seconds/,
    ],
    ["a quantile too fine", { when: duration.quantile(0.99999, "5m").above("1s") }, /2 decimals at most/],
    [
      "windows of two lengths in a ratio",
      { when: ratio(errors.rate("5m"), requests.rate("10m")).above("1%") },
      /look back over 300 and 600 seconds/,
    ],
    [
      "a count that falls to nothing, unless silence fires",
      { when: requests.rate("5m").below("1 per second") },
      /cannot tell zero from a counter that is gone; write noData: "alert"/,
    ],
    ["a count outside a range", { when: requests.increase("5m").outside("1", "9") }, /cannot tell zero/],
    ["an unusually small count", { when: requests.increase("5m").deviates({ deviations: 3 }) }, /cannot tell zero/],
    ["a counter that is absent", { when: absent(requests) }, /a quiet time would look like absence/],
    ["absence that stays as it was", { when: absent(cpu), noData: "keep" }, /leave noData out/],
    [
      "a long baseline",
      { when: cpu.avg().deviates({ deviations: 3, baseline: "4w" }) },
      /learns what is usual from two weeks/,
    ],
    [
      "silence of a part",
      { when: and(cpu.avg().above("80%"), used.avg().above("1GB")), noData: "alert" },
      /cannot tell whose data is gone/,
    ],
    [
      "going on for a while",
      { when: cpu.avg().above("80%"), keepFiringFor: "5m" },
      /only where it fires at its first point/,
    ],
    [
      "going on of several",
      { when: and(cpu.avg().above("80%"), used.avg().above("1GB")), keepFiringFor: "5m" },
      /put together of others \(keepFiringFor\)/,
    ],
    [
      "a severity that PagerDuty is not told of",
      { when: cpu.avg().above("80%"), severity: "SEV-4" },
      /not told of SEV-4/,
    ],
    ["a text too long", { when: cpu.avg().above("80%"), summary: "x".repeat(1000) }, /shorten it to at most 1024/],
  ];

  test.each(cases)("%s", (_, changed, reason) => {
    expect(refusal(changed)).toMatch(reason);
  });

  test("a count that falls to nothing, where silence fires", () => {
    const alarm = metricAlarmOf({ when: requests.rate("5m").below("1 per second"), noData: "alert" });
    expect(alarm).toMatchObject({ operator: "LessThanThreshold", missing: "breaching" });
  });

  test("all that is wrong is said at once", () => {
    expect(refusal({ when: elsewhere.avg().above("1GB"), severity: "SEV-4" })).toMatch(
      /SEV-4.*; CloudWatch does not hold/,
    );
  });
});

describe("the text of an alarm", () => {
  test.each<[Condition, string]>([
    [cpu.avg().above("80%"), "more than 80%"],
    [cpu.avg().atLeast("80%"), "80% or more"],
    [used.min().below("1GB"), "less than 1GB"],
    [used.min().atMost("1GB"), "1GB or less"],
    [cpu.avg().outside("5%", "80%"), "less than 5% or more than 80%"],
    [cpu.avg().deviates({ deviations: 3 }), "an unusual amount"],
    [and(cpu.avg().above("80%"), used.min().below("1GB")), "more than 80%"],
  ])("has words in the place of its value", (when, words) => {
    expect(alarmOf({ when }).description).toMatch(new RegExp(`^It is ${words}\n`));
  });

  test("has the rule's own labels, and no holes", () => {
    const { description } = alarmOf({
      when: cpu.avg().above("80%"),
      summary: "{service} in {environment}",
      description: "A reason of {team}.",
    });
    expect(description.split("\n").slice(0, 2)).toEqual(["shop in prod", "A reason of backend."]);
  });
});
