import type { AlertCase, CaseSeries, Course, Expectation } from "../model/alert-case";
import type { AlertRule } from "../model/alert-rule";
import { parseDuration } from "../model/duration";
import { fail, never, ok, type Result } from "../model/result";
import { type Course as Motion, stretchesOf } from "./emit";
import { type InputSeries, notationOf } from "./notation";
import { evaluationFor } from "./schedule";
import type { Check, UnitTest } from "./unit-test";

/** Seconds of every duration of a case, or which of them is none. */
function durationsOf({ series, expectations }: AlertCase): Result<ReadonlyMap<string, number>> {
  const texts = [
    ...series.flatMap(({ courses }) =>
      courses.flatMap((course) => [course.lasting, ...("per" in course ? [course.per] : [])]),
    ),
    ...expectations.flatMap((expectation) => ("at" in expectation ? [expectation.at] : [])),
  ];
  const seconds = new Map<string, number>();
  for (const text of texts) {
    const parsed = parseDuration(text);
    if (!parsed.ok) return parsed;
    seconds.set(text, parsed.value);
  }
  return ok(seconds);
}

type SecondsOf = (duration: string) => number;

function motion(
  course: Course,
  growth: (course: Extract<Course, { kind: "observing" }>) => number,
  secondsOf: SecondsOf,
): Motion {
  switch (course.kind) {
    case "steady":
      return { kind: "level", level: course.value };
    case "growing":
      return { kind: "growth", slope: course.by / secondsOf(course.per) };
    case "observing":
      return { kind: "growth", slope: growth(course) / secondsOf(course.per) };
    case "missing":
      return { kind: "absent" };
    default:
      return never(course);
  }
}

/**
 * How much larger or smaller the same series of two other services are: an alert that hears them is not about its own service, be it
 * one on too much or on too little.
 */
const strangers = { not: 1000, nor: 1 / 1000 } as const;

/** What one series of a case is in Prometheus: itself, or a histogram's buckets, sum and count; of a service, `times` as much. */
function inputOf(
  { metric, labels, courses }: CaseSeries,
  job: string,
  times: number,
  { interval, secondsOf }: { readonly interval: number; readonly secondsOf: SecondsOf },
): readonly InputSeries[] {
  const all = { job, instance: `${job}-1:9100`, ...labels };
  const series = (
    suffix: string,
    more: Readonly<Record<string, string>>,
    growth: (course: Extract<Course, { kind: "observing" }>) => number,
  ): InputSeries => ({
    metric: metric.name + suffix,
    labels: { ...all, ...more },
    stretches: stretchesOf(
      courses.map((course) => ({
        course: multiplied(motion(course, growth, secondsOf), times),
        samples: Math.round(secondsOf(course.lasting) / interval),
      })),
      interval,
    ),
  });
  if (metric.type !== "histogram") return [series("", {}, ({ count }) => count)];
  const bounds = [...(metric.buckets ?? []), Number.POSITIVE_INFINITY];
  return [
    ...bounds.map((bound) =>
      series("_bucket", { le: Number.isFinite(bound) ? String(bound) : "+Inf" }, ({ count, value }) =>
        value <= bound ? count : 0,
      ),
    ),
    series("_sum", {}, ({ count, value }) => count * value),
    series("_count", {}, ({ count }) => count),
  ];
}

function multiplied(motion: Motion, times: number): Motion {
  switch (motion.kind) {
    case "level":
      return { kind: "level", level: motion.level * times };
    case "growth":
      return { kind: "growth", slope: motion.slope * times };
    case "line":
    case "absent":
      return motion;
    default:
      return never(motion);
  }
}

function checkOf(expectation: Expectation, end: number, secondsOf: SecondsOf): Check {
  switch (expectation.kind) {
    case "fires":
      return {
        kind: "state",
        aspect: "fires",
        at: secondsOf(expectation.at),
        firing: true,
        labels: expectation.labels,
        within: 0,
      };
    case "silent-at":
      return { kind: "state", aspect: "silent", at: secondsOf(expectation.at), firing: false, labels: {}, within: 0 };
    case "resolved":
      return { kind: "state", aspect: "resolves", at: secondsOf(expectation.at), firing: false, labels: {}, within: 0 };
    case "silent":
      return { kind: "state", aspect: "silent", at: end, firing: false, labels: {}, within: end };
    default:
      return never(expectation);
  }
}

/** A metric that a course says something of that its type cannot do. */
function impossible({ series }: AlertCase): string | undefined {
  for (const { metric, courses } of series) {
    const histogram = metric.type === "histogram";
    const wrong = courses.find(({ kind }) => kind !== "missing" && histogram !== (kind === "observing"));
    if (wrong !== undefined) {
      return histogram
        ? `${metric.name} is a histogram, which is not ${wrong.kind}; write observing(…)`
        : `${metric.name} is no histogram, so that it observes nothing; write steady(…) or growing(…)`;
    }
  }
  return undefined;
}

/**
 * A user's own case as a unit test of a rule.
 * Errors: a duration that is none, an observation of what is no histogram, and an expectation after the last series has ended.
 */
export function caseTestOf(one: AlertCase, rule: AlertRule): Result<UnitTest> {
  const wrong = impossible(one);
  if (wrong !== undefined) return fail(wrong);
  const durations = durationsOf(one);
  if (!durations.ok) return durations;
  const secondsOf: SecondsOf = (text) => durations.value.get(text) ?? 0;
  const lengths = one.series.map(({ courses }) => courses.reduce((sum, { lasting }) => sum + secondsOf(lasting), 0));
  const end = Math.max(0, ...lengths);
  const late = one.expectations.find((expectation) => "at" in expectation && secondsOf(expectation.at) > end);
  if (late !== undefined && "at" in late)
    return fail(`it expects something at ${late.at}, and its series have ended by then`);
  const times = one.series.flatMap(({ courses }) => courses.map(({ lasting }) => secondsOf(lasting)));
  const interval = [60, 30, 15, 10, 5].find((seconds) => times.every((time) => time % seconds === 0)) ?? 1;
  const moments = one.expectations.flatMap((expectation) => ("at" in expectation ? [secondsOf(expectation.at)] : []));
  return ok({
    interval,
    evaluation: evaluationFor(rule, moments, () => end),
    series: one.series
      .flatMap((series) => [
        ...inputOf(series, rule.service, 1, { interval, secondsOf }),
        ...Object.entries(strangers).flatMap(([prefix, times]) =>
          inputOf(series, `${prefix}-${rule.service}`, times, { interval, secondsOf }),
        ),
      ])
      .map(notationOf),
    checks: one.expectations.map((expectation) => checkOf(expectation, end, secondsOf)),
  });
}
