import type { MetricDefinition } from "../model/metric";
import { writtenByPrometheus } from "../model/metric";
import type { Labels } from "./series";
import type { Emission } from "./timeline";

/** The media type of the text format. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

const escapedHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const escapedValue = (text: string): string => escapedHelp(text).replaceAll('"', '\\"');

/** A number as Go reads it, which is what Prometheus is written in. */
function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}

function sample(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapedValue(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${numberText(value)}\n`;
}

function samplesOf(emission: Emission): string {
  const { metric, labels } = emission.series;
  const { name } = metric;
  if (emission.kind === "value") return sample(name, labels, emission.value);
  const bounds = [...(metric.buckets ?? []), Number.POSITIVE_INFINITY];
  const buckets = emission.buckets.map((count, index) =>
    sample(`${name}_bucket`, { ...labels, le: numberText(bounds[index] ?? Number.NaN) }, count),
  );
  const all = emission.buckets.at(-1) ?? 0;
  return `${buckets.join("")}${sample(`${name}_sum`, labels, emission.sum)}${sample(`${name}_count`, labels, all)}`;
}

const header = ({ name, help, type }: MetricDefinition): string =>
  `# HELP ${name} ${escapedHelp(help)}\n# TYPE ${name} ${type}\n`;

/**
 * What a target says, in the text format that every Prometheus reads; the samples of a metric stand together under its help and type.
 * Source: Prometheus, Exposition formats, "Text-based format".
 */
export function expositionOf(emissions: readonly Emission[]): string {
  const byMetric = new Map<MetricDefinition, Emission[]>();
  for (const emission of emissions) {
    const { metric } = emission.series;
    if (writtenByPrometheus.has(metric.name)) continue;
    const known = byMetric.get(metric);
    if (known === undefined) byMetric.set(metric, [emission]);
    else known.push(emission);
  }
  return [...byMetric].map(([metric, own]) => header(metric) + own.map(samplesOf).join("")).join("");
}
