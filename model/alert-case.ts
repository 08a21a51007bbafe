import type { Duration } from "./duration";
import type { Counter, Gauge, Histogram } from "./indicator";
import { labelsOfMetric, type MetricDefinition, type TargetLabel } from "./metric";
import type { Dimension } from "./quantity";
import type { EnvironmentName } from "./register";
import { fileOfCaller } from "./source-file";

/** What a series does for a while. */
export type Course =
  /** It stays at a value, in the metric's own unit. */
  | { readonly kind: "steady"; readonly value: number; readonly lasting: Duration }
  /** It grows evenly, by so much in each `per`. */
  | { readonly kind: "growing"; readonly by: number; readonly per: Duration; readonly lasting: Duration }
  /** So many observations in each `per`, each of the same value; of a histogram only. */
  | {
      readonly kind: "observing";
      readonly count: number;
      readonly per: Duration;
      readonly value: number;
      readonly lasting: Duration;
    }
  /** It is not there. */
  | { readonly kind: "missing"; readonly lasting: Duration };

/** A gauge that stays at a value: `steady(5, "10m")`. */
export const steady = (value: number, lasting: Duration): Course => ({ kind: "steady", value, lasting });

/** A counter or gauge that grows: `growing(120, { per: "1m", lasting: "1h" })`. */
export const growing = (
  by: number,
  { per, lasting }: { readonly per: Duration; readonly lasting: Duration },
): Course => ({ kind: "growing", by, per, lasting });

/** A histogram that observes `count` times in each `per` the value `of`: `observing(10, { per: "1m", of: 0.2, lasting: "1h" })`. */
export const observing = (
  count: number,
  { per, of, lasting }: { readonly per: Duration; readonly of: number; readonly lasting: Duration },
): Course => ({ kind: "observing", count, per, value: of, lasting });

/** No series for a while: nobody emits it, or nobody collects it. */
export const missing = (lasting: Duration): Course => ({ kind: "missing", lasting });

/** What one series of a metric does from the beginning on; it belongs to the service whose alert is asked about. */
export interface CaseSeries {
  readonly metric: MetricDefinition;
  readonly labels: Readonly<Record<string, string>>;
  readonly courses: readonly Course[];
}

/** Values for labels of a metric. The service is given by the alert. */
export type LabelsOfSeries<L extends string> = { readonly [Label in Exclude<L | TargetLabel, "job">]?: string };

/**
 * A series of a metric: `emits(http.requests, { status: "500" }, growing(6, { per: "1m", lasting: "10m" }))`.
 * @throws Error for a label that the metric does not have, where the compiler was not asked.
 */
export function emits<D extends Dimension, L extends string>(
  metric: Counter<D, L> | Gauge<D, L> | Histogram<D, L>,
  labels: LabelsOfSeries<L>,
  ...courses: readonly Course[]
): CaseSeries {
  const definition = metric.selection.metric;
  const given = Object.entries<string | undefined>(labels).flatMap(([label, value]) =>
    value === undefined ? [] : [[label, value] as const],
  );
  const known = labelsOfMetric(definition);
  const unknown = given.find(([label]) => !known.includes(label));
  if (unknown !== undefined)
    throw new Error(`${definition.name} has no label "${unknown[0]}"; it has ${known.join(", ")}`);
  return { metric: definition, labels: Object.fromEntries(given), courses };
}

/** What a case expects of its alert, counted from the beginning of its series. */
export type Expectation =
  | { readonly kind: "fires"; readonly at: Duration; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: "silent-at"; readonly at: Duration }
  | { readonly kind: "resolved"; readonly at: Duration }
  /** It never fires, until the last series ends. */
  | { readonly kind: "silent" };

/** A case of a user's own: series, and what an alert must make of them. */
export interface AlertCase {
  readonly alert: string;
  /** Default: every service that has the alert. */
  readonly service?: string;
  /** Default: every environment in which it exists. */
  readonly environments?: readonly EnvironmentName[];
  readonly series: readonly CaseSeries[];
  readonly expectations: readonly Expectation[];
  /** The file that declares it, for messages. */
  readonly file: string;
}

/** Where a case is about; default: everywhere that the alert exists. */
export type CaseScope = Pick<AlertCase, "service" | "environments">;

/** What can be expected of an alert, one after the other; each is counted from the beginning of the series. */
export interface Expecting {
  /** It fires at this time, with these labels among its own. */
  firesAt(at: Duration, labels?: Readonly<Record<string, string>>): ExpectedCase;
  /** It does not fire at this time: it waits, or has never begun. */
  silentAt(at: Duration): ExpectedCase;
  /** It fired, and does not any more. */
  resolvesAt(at: Duration): ExpectedCase;
  /** It never fires. */
  staysSilent(): ExpectedCase;
}

/** A case that expects something. */
export interface ExpectedCase extends AlertCase, Expecting {}

function expecting(known: AlertCase): ExpectedCase {
  const and = (expectation: Expectation): ExpectedCase =>
    expecting({ ...known, expectations: [...known.expectations, expectation] });
  return {
    ...known,
    firesAt: (at, labels = {}) => and({ kind: "fires", at, labels }),
    silentAt: (at) => and({ kind: "silent-at", at }),
    resolvesAt: (at) => and({ kind: "resolved", at }),
    staysSilent: () => and({ kind: "silent" }),
  };
}

/**
 * A case of one's own for an alert, which `./estate prove` has Prometheus decide:
 *
 *     expectAlert("QueueBacklog").given(emits(app.queueLength, {}, steady(1200, "20m"))).firesAt("10m")
 */
export function expectAlert(
  alert: string,
  scope: CaseScope = {},
): { given(...series: readonly CaseSeries[]): Expecting } {
  const file = fileOfCaller(expectAlert);
  return { given: (...series) => expecting({ alert, ...scope, series, expectations: [], file }) };
}
