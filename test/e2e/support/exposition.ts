/** A metric as a page of metrics has it. */
export interface ExposedMetric {
  readonly type: string;
  /** Labels of its samples; none where it has no sample yet. */
  readonly labels: ReadonlySet<string>;
  readonly samples: number;
}

/**
 * Reads pages in Prometheus' text format, several as one.
 * Source: Prometheus documentation, "Exposition formats", "Text format details".
 */
export function exposedOn(...pages: readonly string[]): ReadonlyMap<string, ExposedMetric> {
  const types = new Map<string, string>();
  const labels = new Map<string, Set<string>>();
  const samples = new Map<string, number>();
  for (const line of pages.join("\n").split("\n")) {
    const [, named, type] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
    if (named !== undefined && type !== undefined) types.set(named, type);
    const [, name = "", set = ""] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    const [, base = name] = /^(.*)_(?:bucket|sum|count)$/.exec(name) ?? [];
    const owner = types.has(name) ? name : base;
    if (name === "" || !types.has(owner)) continue;
    samples.set(owner, (samples.get(owner) ?? 0) + 1);
    const found = labels.get(owner) ?? new Set();
    for (const [, label = ""] of set.matchAll(/([a-zA-Z_]\w*)="(?:[^"\\]|\\.)*"/g)) found.add(label);
    labels.set(owner, found);
  }
  return new Map(
    [...types].map(([name, type]) => [
      name,
      { type, labels: labels.get(name) ?? new Set(), samples: samples.get(name) ?? 0 },
    ]),
  );
}
