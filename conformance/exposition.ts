import { fail, ok, type Result } from "../model/result";

/** One sample of an exposition. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A metric as a page of metrics has it. */
export interface ExposedMetric {
  readonly name: string;
  /** As its `# TYPE` says; `untyped` where nothing does. */
  readonly type: string;
  readonly samples: readonly Sample[];
}

const escapes: Readonly<Record<string, string>> = { "\\\\": "\\", "\\n": "\n", '\\"': '"' };
const unescaped = (text: string): string => text.replaceAll(/\\[\\n"]/g, (pair) => escapes[pair] ?? pair);

const label = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\\n]|\\.)*)"\s*(,|$)/y;
const sample = /^([a-zA-Z_:][\w:]*)[ \t]*(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?$/;
const value = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf|nan)$/i;

function labelsOf(text: string): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    if (text.slice(at).trim() === "") break;
    label.lastIndex = at;
    const found = label.exec(text);
    const [, name, escaped] = found ?? [];
    if (name === undefined || escaped === undefined || Object.hasOwn(labels, name)) return undefined;
    labels[name] = unescaped(escaped);
    at = label.lastIndex;
  }
  return labels;
}

function sampleOf(line: string): Sample | undefined {
  const [, name, labelText = "", number = ""] = sample.exec(line) ?? [];
  if (name === undefined || !value.test(number)) return undefined;
  const labels = labelsOf(labelText);
  return labels === undefined ? undefined : { name, labels };
}

/** What the series of a type's metric may end in. */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  histogram: ["_bucket", "_sum", "_count"],
  summary: ["_sum", "_count"],
};

/** The metric that a sample is of: its own name, or that of the histogram or summary whose suffix it ends in. */
function ownerOf(name: string, types: ReadonlyMap<string, string>): string {
  const [, base = "", suffix = ""] = /^(.+)(_bucket|_sum|_count)$/.exec(name) ?? [];
  return suffixes[types.get(base) ?? ""]?.includes(suffix) === true ? base : name;
}

/**
 * Reads a page in Prometheus' text format, strictly: a line that is none of it is an error with its number, since a page that Prometheus
 * refuses is no telemetry. Several pages may be joined by line ends.
 * Source: Prometheus documentation, "Exposition formats", "Text format details".
 */
export function parseExposition(page: string): Result<readonly ExposedMetric[]> {
  const types = new Map<string, string>();
  const samples = new Map<string, Sample[]>();
  for (const [index, raw] of page.split("\n").entries()) {
    const line = raw.trim();
    if (line.startsWith("#")) {
      const [, name, type] = /^#\s+TYPE\s+(\S+)\s+(\S+)$/.exec(line) ?? [];
      if (name !== undefined && type !== undefined) types.set(name, type.toLowerCase());
      continue;
    }
    if (line === "") continue;
    const found = sampleOf(line);
    if (found === undefined)
      return fail(`line ${index + 1} is no sample of Prometheus' text format: ${line.slice(0, 80)}`);
    const owner = ownerOf(found.name, types);
    const known = samples.get(owner);
    if (known === undefined) samples.set(owner, [found]);
    else known.push(found);
  }
  const names = new Set([...types.keys(), ...samples.keys()]);
  return ok(
    [...names].sort().map((name) => ({ name, type: types.get(name) ?? "untyped", samples: samples.get(name) ?? [] })),
  );
}
