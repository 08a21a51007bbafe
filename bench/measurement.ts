/** CPU seconds by phase. */
export type PhaseTimes = Readonly<Record<string, number>>;

/** What one synthesis, or the median of several, took. */
export interface Measurement {
  readonly resources: number;
  /** User and system time of all threads. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Largest resident set of the process, from its start. */
  readonly peakMebibytes: number;
  readonly phases: PhaseTimes;
}

/** The middle one; of an even number, the mean of the two in the middle. NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The medians of each of what several runs of the same took. */
export function medians(runs: readonly Measurement[]): Measurement {
  const of = (field: Exclude<keyof Measurement, "phases">): number => median(runs.map((run) => run[field]));
  const phases = new Set(runs.flatMap((run) => Object.keys(run.phases)));
  return {
    resources: of("resources"),
    cpuSeconds: of("cpuSeconds"),
    wallSeconds: of("wallSeconds"),
    peakMebibytes: of("peakMebibytes"),
    phases: Object.fromEntries([...phases].map((name) => [name, median(runs.map((run) => run.phases[name] ?? 0))])),
  };
}

/** Milliseconds of CPU for each resource. */
export const cpuPerResource = ({ cpuSeconds, resources }: Measurement): number => (cpuSeconds * 1000) / resources;
