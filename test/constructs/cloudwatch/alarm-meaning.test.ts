import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cloudwatchAlarm } from "../../../constructs/cloudwatch/alarm";
import { absent, and, type Condition, or, unless } from "../../../model/condition";
import { complement, ratio } from "../../../model/indicator";
import { checked } from "../../../model/result";
import { held, ruleOf } from "./held";
import { alarmFires, type Samples } from "./metric-maths";
import { holds } from "./neutral";

const { requests, errors, busy, duration, cpu, used, size, workers } = held;

const percent = fc.integer({ min: 0, max: 100 }).map((value) => `${value}%` as const);
const small = fc.integer({ min: 0, max: 40 }).map((value) => `${value}` as const);

/** Conditions over points of one minute. */
const ofMinutes: fc.Arbitrary<Condition> = fc.oneof(
  percent.map((limit) => cpu.avg().above(limit)),
  percent.map((limit) => cpu.max().atLeast(limit)),
  percent.map((limit) => cpu.min().below(limit)),
  small.map((limit) => workers.sum().atMost(limit)),
  fc.integer({ min: 0, max: 100 }).map((limit) => used.avg().below(`${limit}B`)),
  percent.map((limit) => ratio(used.max(), size.max()).above(limit)),
  percent.map((limit) => ratio(used.max(), size.max()).below(limit)),
  percent.map((limit) => complement(ratio(used.max(), size.max())).above(limit)),
  fc.integer({ min: 0, max: 60 }).map((limit) => requests.rate("1m").above(`${limit} per minute`)),
  percent.map((limit) => ratio(errors.increase("1m"), requests.increase("1m")).above(limit)),
  fc.integer({ min: 1, max: 99 }).map((low) => cpu.avg().outside(`${low}%`, `${low + 1}%`)),
);

/** Conditions over points of five minutes. */
const ofFiveMinutes: fc.Arbitrary<Condition> = fc.oneof(
  fc.integer({ min: 0, max: 9000 }).map((limit) => requests.rate("5m").above(`${limit} per hour`)),
  small.map((limit) => errors.increase("5m").atLeast(limit === "0" ? "1" : limit)),
  percent.map((limit) => ratio(errors.rate("5m"), requests.rate("5m")).above(limit)),
  percent.map((limit) => complement(ratio(errors.rate("5m"), requests.rate("5m"))).below(limit)),
  percent.map((limit) => duration.fraction("50ms", "5m").below(limit)),
  percent.map((limit) => complement(duration.fraction("50ms", "5m")).above(limit)),
  fc.integer({ min: 1, max: 30 }).map((limit) => busy.rate("5m").above(`${limit}%`)),
  fc
    .integer({ min: 1, max: 99 })
    .map((low) => ratio(errors.rate("5m"), requests.rate("5m")).outside(`${low}%`, `${low + 1}%`)),
);

const together = (of: fc.Arbitrary<Condition>, depth: number): fc.Arbitrary<Condition> =>
  depth === 0
    ? of
    : fc.oneof(
        of,
        fc
          .tuple(fc.constantFrom(and, or, unless), together(of, depth - 1), together(of, depth - 1))
          .map(([operator, left, right]) => operator(left, right)),
      );

const minutes = 60;

/** Samples of every metric: several a minute, one, or none. */
const samples: fc.Arbitrary<Samples> = fc
  .tuple(
    ...["Requests", "Errors", "Busy", "Duration", "CPU", "Used", "Size", "Workers"].map((name) =>
      fc
        .array(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3 }), { minLength: minutes, maxLength: minutes })
        .map((all) => [name, all] as const),
    ),
  )
  .map((all) => Object.fromEntries(all));

/** Rounded numbers at a threshold are another matter than the meaning of a condition. */
const apart = (given: Samples): Samples =>
  Object.fromEntries(Object.entries(given).map(([name, all]) => [name, all.map((at) => at.map((one) => one + 0.013))]));

/**
 * An alarm fires where its condition held at every point of its duration, and else it does not: the same samples give the same verdict,
 * by CloudWatch's rules over what is rendered, and by the meaning of the condition.
 */
function expectSameVerdict(when: Condition, period: number, periods: number, given: Samples): boolean {
  const { rule, service } = ruleOf({ when, for: periods === 1 ? "0s" : `${periods * period}s` });
  const alarm = checked(cloudwatchAlarm(rule, service));
  const ago = Array.from({ length: periods }, (_, index) => (index * period) / 60);
  const meant = ago.every((each) => holds(rule.condition, given, each));
  expect({ fires: alarmFires(alarm, given), alarm: alarm.body }).toEqual({ fires: meant, alarm: alarm.body });
  return meant;
}

describe("an alarm means its condition", () => {
  test.each([
    ["of points of a minute", ofMinutes, 60],
    ["of points of five minutes", ofFiveMinutes, 300],
  ] as const)("%s, alone or put together, for any time", (_, of, period) => {
    const verdicts: boolean[] = [];
    fc.assert(
      fc.property(together(of, 2), fc.integer({ min: 1, max: 5 }), samples, (when, periods, given) => {
        verdicts.push(expectSameVerdict(when, period, periods, apart(given)));
      }),
      { numRuns: 400 },
    );
    expect(new Set(verdicts)).toEqual(new Set([true, false]));
  });

  test("of points of different times, at once", () => {
    fc.assert(
      fc.property(together(fc.oneof(ofMinutes, ofFiveMinutes), 2), samples, (when, given) => {
        expectSameVerdict(when, 60, 1, apart(given));
      }),
      { numRuns: 400 },
    );
  });

  test("of absence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), samples, (periods, given) => {
        expectSameVerdict(absent(cpu), 60, periods, given);
        expectSameVerdict(unless(absent(cpu), absent(used)), 60, periods, given);
      }),
    );
  });
});
