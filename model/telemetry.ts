import type { ContractPanels } from "./dashboard";
import { Counter, Gauge, Histogram, type Indicator, type MetricOptions } from "./indicator";
import type { LogField, LogFieldDefinition } from "./log-field";
import type { DimensionOf, MetricDefinition, MetricType, MetricUnit } from "./metric";
import type { SliSource } from "./sli";

/** A metric as the catalog holds it: its definition, and what can be asked of it. */
export type Metric = Counter | Gauge | Histogram;

function define<U extends MetricUnit, L extends string>(
  type: MetricType,
  name: string,
  { help, unit, labels, series, prometheus = true, datadog, cloudwatch }: MetricOptions<U, L>,
  buckets?: readonly number[],
): { readonly metric: MetricDefinition; readonly where: readonly [] } {
  const metric: MetricDefinition = {
    type,
    name,
    prometheus,
    help,
    unit,
    labels: labels ?? {},
    ...(series === undefined ? {} : { series }),
    ...(buckets === undefined ? {} : { buckets }),
    ...(datadog === undefined ? {} : { datadog }),
    ...(cloudwatch === undefined ? {} : { cloudwatch }),
  };
  return { metric, where: [] };
}

/** Declares a metric that only grows. */
export const counter = <U extends MetricUnit, L extends string = never>(
  name: string,
  options: MetricOptions<U, L>,
): Counter<DimensionOf<U>, L> => new Counter(define("counter", name, options));

/** Declares a metric that goes up and down. */
export const gauge = <U extends MetricUnit, L extends string = never>(
  name: string,
  options: MetricOptions<U, L>,
): Gauge<DimensionOf<U>, L> => new Gauge(define("gauge", name, options));

/**
 * Buckets of a histogram that declares none: those of the Prometheus client libraries
 * (client_python, `Histogram.DEFAULT_BUCKETS`), in seconds.
 */
export const defaultBuckets: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** Declares a distribution; default buckets: `defaultBuckets`. */
export const histogram = <U extends MetricUnit, L extends string = never>(
  name: string,
  { buckets = defaultBuckets, ...options }: MetricOptions<U, L> & { readonly buckets?: readonly number[] },
): Histogram<DimensionOf<U>, L> => new Histogram(define("histogram", name, options, buckets));

/** What a part of a service emits: its metrics, its log fields and the indicators made of them. */
export interface TelemetryContract {
  readonly name: string;
  readonly metrics: readonly MetricDefinition[];
  readonly logFields: readonly LogFieldDefinition[];
  /** By the name that a spoken condition calls them by. */
  readonly indicators: Readonly<Record<string, Indicator>>;
  /** By the name that objectives call them by. */
  readonly slis: Readonly<Record<string, SliSource>>;
  /** What it adds to each section of its service's dashboard. */
  readonly panels: ContractPanels;
}

/** A telemetry contract with its metrics as properties: `http.requests.rate("5m")`. */
export type Telemetry<M> = M & { readonly contract: TelemetryContract };

/**
 * Declares what a part of a service emits.
 *
 * A property that is not declared is a compile error; where the compiler was not asked, it yields a metric marked
 * `undeclared`, which the checks report with the nearest name, like every other mistake, instead of a crash at the first.
 */
export function telemetry<const M extends Readonly<Record<string, Metric>>>(
  name: string,
  parts: {
    readonly metrics: M;
    readonly logFields?: Readonly<Record<string, LogField>>;
    readonly indicators?: Readonly<Record<string, Indicator>>;
    readonly slis?: Readonly<Record<string, SliSource>>;
    readonly panels?: ContractPanels;
  },
): Telemetry<M> {
  const contract: TelemetryContract = {
    name,
    metrics: Object.values(parts.metrics).map((metric) => metric.selection.metric),
    logFields: Object.values(parts.logFields ?? {}).map((field) => field.definition),
    indicators: parts.indicators ?? {},
    slis: parts.slis ?? {},
    panels: parts.panels ?? {},
  };
  const declared = Object.keys(parts.metrics);
  return new Proxy<Telemetry<M>>(Object.freeze({ ...parts.metrics, contract }), {
    get: (target, property, receiver) =>
      typeof property !== "string" || Reflect.has(target, property) || property === "then" || property === "toJSON"
        ? Reflect.get(target, property, receiver)
        : undeclared(property, declared),
  });
}

/** Stands for a metric that a contract does not have, with every type's operations, so that the rest of the catalog still loads. */
function undeclared(name: string, declared: readonly string[]): object {
  const selection = {
    metric: { type: "gauge", name, prometheus: true, help: "", unit: "events", labels: {}, undeclared: declared },
    where: [],
  } as const;
  const metric = { counter: new Counter(selection), gauge: new Gauge(selection), histogram: new Histogram(selection) };
  const self = {
    where: () => self,
    rate: metric.counter.rate.bind(metric.counter),
    increase: metric.counter.increase.bind(metric.counter),
    quantile: metric.histogram.quantile.bind(metric.histogram),
    sum: metric.gauge.sum.bind(metric.gauge),
    avg: metric.gauge.avg.bind(metric.gauge),
    max: metric.gauge.max.bind(metric.gauge),
    min: metric.gauge.min.bind(metric.gauge),
    selection,
  };
  return self;
}
