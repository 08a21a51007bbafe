import type { CloudwatchAlarm } from "../../../constructs/cloudwatch/alarm";
import type { MetricStat } from "../../../constructs/cloudwatch/maths";
import type { ComparisonOperator, MetricAlarm } from "../../../constructs/cloudwatch/metric-alarm";

/** Samples that were reported of a metric, minute by minute, by the metric's name. The last minute is now. */
export type Samples = Readonly<Record<string, readonly (readonly number[])[]>>;

/** Points by their time, in periods before now: 0 is the last period. A point may be missing. */
type Series = ReadonlyMap<number, number>;
type Value = number | Series;

const isSeries = (value: Value): value is Series => typeof value !== "number";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A statistic of the samples of one period (CloudWatch user guide, "Statistics definitions"); none of no samples. */
function statistic(stat: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const bound = /^PR\(:([\d.]+)\)$/.exec(stat)?.[1];
  if (bound !== undefined) return (values.filter((value) => value <= Number(bound)).length / values.length) * 100;
  switch (stat) {
    case "Sum":
      return sum(values);
    case "Average":
      return sum(values) / values.length;
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "SampleCount":
      return values.length;
    default:
      throw new Error(`not a statistic that the tests understand: ${stat}`);
  }
}

function seriesOf({ name, stat, period }: MetricStat, samples: Samples, periods: number): Series {
  const minutes = samples[name] ?? [];
  const length = period / 60;
  const points = Array.from({ length: periods }, (_, ago) => {
    const end = minutes.length - ago * length;
    return [ago, statistic(stat, minutes.slice(Math.max(0, end - length), Math.max(0, end)).flat())] as const;
  });
  return new Map(points.flatMap(([ago, value]) => (value === undefined ? [] : [[ago, value] as const])));
}

/** At every time of either series, a point that is missing taken for zero. */
function pointwise(left: Value, right: Value, operation: (a: number, b: number) => number | undefined): Value {
  if (!isSeries(left) && !isSeries(right)) return operation(left, right) ?? Number.NaN;
  const times = new Set([...(isSeries(left) ? left.keys() : []), ...(isSeries(right) ? right.keys() : [])]);
  const at = (value: Value, time: number): number => (isSeries(value) ? (value.get(time) ?? 0) : value);
  return new Map(
    [...times].flatMap((time) => {
      const point = operation(at(left, time), at(right, time));
      return point === undefined ? [] : [[time, point] as const];
    }),
  );
}

const truth = (holds: boolean): number => (holds ? 1 : 0);

const operations: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  // A point whose divisor is zero is dropped.
  "/": (a, b) => (b === 0 ? undefined : a / b),
  ">": (a, b) => truth(a > b),
  ">=": (a, b) => truth(a >= b),
  "<": (a, b) => truth(a < b),
  "<=": (a, b) => truth(a <= b),
  AND: (a, b) => truth(a !== 0 && b !== 0),
  OR: (a, b) => truth(a !== 0 || b !== 0),
};

/** `IF`, at every time of its condition (CloudWatch user guide, "Using IF expressions"). */
function choose(condition: Value, then: Value, otherwise: Value | undefined): Value {
  if (!isSeries(condition)) throw new Error("a condition that is no series");
  return new Map(
    [...condition].flatMap(([time, value]) => {
      if (value !== 0) return [[time, isSeries(then) ? (then.get(time) ?? 0) : then] as const];
      const other = otherwise !== undefined && isSeries(otherwise) ? otherwise.get(time) : otherwise;
      return other === undefined ? [] : [[time, other] as const];
    }),
  );
}

/** The value of metric maths in which every operation within another stands in parentheses. */
function evaluate(
  text: string,
  metrics: ReadonlyMap<string, { readonly series: Series; readonly period: number }>,
): Value {
  const tokens = text.match(/[A-Za-z]\w*|\d+(?:\.\d+)?|[<>]=?|[-*/(),]/g) ?? [];
  if (tokens.join("") !== text.replaceAll(" ", "")) throw new Error(`not maths that the tests understand: ${text}`);
  let next = 0;
  const take = (expected?: string): string => {
    const token = tokens[next] ?? "";
    if (expected !== undefined && token !== expected) throw new Error(`${expected} expected, not ${token}: ${text}`);
    next += 1;
    return token;
  };
  const metric = (id: string) => {
    const found = metrics.get(id);
    if (found === undefined) throw new Error(`no metric ${id}: ${text}`);
    return found;
  };
  const operand = (): Value => {
    const token = take();
    if (token === "(") {
      const value = expression();
      take(")");
      return value;
    }
    if (token === "PERIOD") {
      take("(");
      const { period } = metric(take());
      take(")");
      return period;
    }
    if (token === "IF") {
      take("(");
      const condition = expression();
      take(",");
      const then = expression();
      const hasOther = take() === ",";
      const otherwise = hasOther ? expression() : undefined;
      if (hasOther) take(")");
      return choose(condition, then, otherwise);
    }
    return /^\d/.test(token) ? Number(token) : metric(token).series;
  };
  const expression = (): Value => {
    const left = operand();
    const operation = operations[tokens[next] ?? ""];
    if (operation === undefined) return left;
    take();
    return pointwise(left, operand(), operation);
  };
  const value = expression();
  if (next !== tokens.length) throw new Error(`more after the end: ${text}`);
  return value;
}

const beyond: Readonly<Partial<Record<ComparisonOperator, (value: number, threshold: number) => boolean>>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * Whether a metric alarm fires. Every period counts once, a missing one as the alarm says; that CloudWatch asks for more points than it
 * needs, and waits for late ones, is left out.
 */
function fires(alarm: MetricAlarm, samples: Samples): boolean {
  const { queries, threshold, evaluationPeriods, datapointsToAlarm, missing, operator } = alarm;
  const metrics = new Map(
    queries.flatMap((query) =>
      query.kind === "metric"
        ? [
            [
              query.id,
              { series: seriesOf(query.metric, samples, evaluationPeriods), period: query.metric.period },
            ] as const,
          ]
        : [],
    ),
  );
  const watched = queries.at(-1);
  const compare = beyond[operator];
  if (watched === undefined || compare === undefined || threshold.kind !== "number")
    throw new Error("not an alarm that the tests understand");
  const value = evaluate(watched.kind === "metric" ? watched.id : watched.expression, metrics);
  if (!isSeries(value)) throw new Error("an alarm must watch a series");
  const breaching = Array.from({ length: evaluationPeriods }, (_, ago) => {
    const point = value.get(ago);
    return point === undefined ? missing === "breaching" : compare(point, threshold.value);
  });
  return breaching.filter(Boolean).length >= datapointsToAlarm;
}

/** The truth of a composite alarm's rule, over the states of its children. */
function ruleHolds(rule: string, states: ReadonlyMap<string, boolean>): boolean {
  const tokens = rule.match(/ALARM\("[^"]*"\)|AND|OR|NOT|[()]/g) ?? [];
  if (tokens.join("").replaceAll(" ", "") !== rule.replaceAll(" ", "")) throw new Error(`not a rule: ${rule}`);
  let next = 0;
  const operand = (): boolean => {
    const token = tokens[next] ?? "";
    next += 1;
    if (token === "NOT") return !operand();
    if (token === "(") {
      const value = expression();
      next += 1;
      return value;
    }
    const state = states.get(/^ALARM\("(.*)"\)$/.exec(token)?.[1] ?? "");
    if (state === undefined) throw new Error(`no child ${token}: ${rule}`);
    return state;
  };
  const expression = (): boolean => {
    const left = operand();
    const operator = tokens[next];
    if (operator !== "AND" && operator !== "OR") return left;
    next += 1;
    const right = operand();
    return operator === "AND" ? left && right : left || right;
  };
  return expression();
}

/** Whether an alarm fires over these samples, by CloudWatch's own rules, from nothing but what is rendered. */
export function alarmFires({ body }: CloudwatchAlarm, samples: Samples): boolean {
  if (body.kind === "metric") return fires(body.alarm, samples);
  return ruleHolds(body.rule, new Map(body.children.map(({ name, alarm }) => [name, fires(alarm, samples)])));
}
