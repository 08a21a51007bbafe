import type { Signal } from "./components";

/** What a type of component takes in and gives out. A connector ends one pipeline and begins another. */
export interface ComponentKind {
  readonly accepts: readonly Signal[];
  readonly gives: readonly Signal[];
}

const all = ["traces", "metrics", "logs"] as const;
const takes = (...signals: readonly Signal[]): ComponentKind => ({ accepts: signals, gives: signals });

/** Sections of a configuration that hold components of pipelines. */
export const componentSections = ["receivers", "processors", "connectors", "exporters"] as const;
export type ComponentSection = (typeof componentSections)[number];

/**
 * The known types of each section, and the signals of each.
 * Source: the table "Status" of each component's README, in open-telemetry/opentelemetry-collector and -contrib.
 */
export const componentKinds: Readonly<Record<ComponentSection, Readonly<Record<string, ComponentKind>>>> = {
  receivers: { otlp: takes(...all), jaeger: takes("traces"), zipkin: takes("traces") },
  processors: {
    memory_limiter: takes(...all),
    resource: takes(...all),
    attributes: takes(...all),
    transform: takes(...all),
    tail_sampling: takes("traces"),
    batch: takes(...all),
  },
  connectors: {
    spanmetrics: { accepts: ["traces"], gives: ["metrics"] },
    forward: takes(...all),
    datadog: { accepts: ["traces"], gives: ["traces", "metrics"] },
  },
  exporters: {
    otlp: takes(...all),
    zipkin: takes("traces"),
    awsxray: takes("traces"),
    datadog: takes(...all),
    prometheusremotewrite: takes("metrics"),
    loadbalancing: takes("traces", "logs"),
    jaeger_storage_exporter: takes("traces"),
  },
};

/** `otlp` of `otlp/jaeger`. */
export const typeOf = (id: string): string => id.split("/")[0] ?? id;
