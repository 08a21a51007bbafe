/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/**
 * A time in seconds and the value at it; `undefined` is Prometheus' staleness marker, by which a series says that it ends.
 * Source: Prometheus, Querying basics, "Staleness".
 */
export type Sample = readonly [time: number, value: number | undefined];

/** What one target emitted of one metric, in the order of time. */
export interface Series {
  /** Its name in Prometheus, with a histogram's suffix. */
  readonly metric: string;
  readonly labels: Labels;
  readonly samples: readonly Sample[];
}

/** One text for one set of labels, whatever their order. */
export const labelsKey = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));

/** The labels of these names; one that is missing is left out, as an empty label is none in Prometheus. */
export const pick = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = labels[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );

/** Index of the first sample that is later than `time`, or at it where `at` is said. */
function firstAfter(samples: readonly Sample[], time: number, at: boolean): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [when = 0] = samples[middle] ?? [];
    if (when > time || (at && when === time)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The samples from one time to another, the later end included and the earlier one where `closed`; without markers. */
export function samplesBetween(
  { samples }: Series,
  from: number,
  to: number,
  closed: boolean,
): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  const end = firstAfter(samples, to, false);
  for (let index = firstAfter(samples, from, closed); index < end; index++) {
    const [time = 0, value] = samples[index] ?? [];
    if (value !== undefined) found.push([time, value]);
  }
  return found;
}

/** How far Prometheus looks back for the value of a series, in seconds (its default of `--query.lookback-delta`). */
export const lookback = 300;

/** The value of a series at a time: the last one within the lookback, unless the series said that it ended. */
export function valueAt({ samples }: Series, time: number, closed: boolean): number | undefined {
  const [when, value] = samples[firstAfter(samples, time, false) - 1] ?? [];
  if (when === undefined) return undefined;
  const oldest = time - lookback;
  return when > oldest || (closed && when === oldest) ? value : undefined;
}
