import type { Environment } from "./environment";
import { memoized } from "./memoized";
import { inEnvironment } from "./per-environment";
import { parseQuantity, type QuantityText } from "./quantity";
import type { PerEnvironment } from "./register";
import { checked } from "./result";
import type { Service } from "./service";
import type { SpanAttribute } from "./span-attribute";

/**
 * Every trace is sent to the gateways, which decide when it has ended: errors and what is slow are always kept, of the rest a share.
 *
 * The price is that all spans are made and sent, whatever is kept of them: the share of a head sampler saves that, and loses the same share
 * of the errors before anybody could see that they are errors. So the two are a choice, and never both.
 */
export interface TailSampling {
  readonly kind: "tail";
  /** A trace is kept when a span of the service takes longer. Default: 1s, after which people notice that they wait. */
  readonly slowAfter?: PerEnvironment<QuantityText<"time">>;
  /** Of 100 traces that neither failed nor were slow, how many are kept. Default: 10, what the common dashboards need. */
  readonly keepPercent?: PerEnvironment<number>;
}

/**
 * The service decides when a trace begins, and for all that follows from it. It costs nothing to drop what was never made, and nothing is
 * promised: of the errors the same share is kept as of everything else.
 */
export interface HeadSampling {
  readonly kind: "head";
  /** Of 100 traces that begin in the service, how many are made. */
  readonly percent: PerEnvironment<number>;
}

export type Sampling = TailSampling | HeadSampling;

/** How a service traces what it does. */
export interface Tracing {
  /** Default: tail sampling with its defaults, since an error that was not kept cannot be looked at. */
  readonly sampling?: Sampling;
  /** Of 100 traces with a span of a name, how many are kept; at least as many as of the service's others. Default: none differs. */
  readonly operations?: Readonly<Record<string, PerEnvironment<number>>>;
  /** Span attributes of its own that say something of a person; the common ones are known (model/span-attribute.ts). Default: none. */
  readonly attributes?: readonly SpanAttribute[];
  /** Traces that begin in the service, per second at the busiest; what the gateways are sized for. Default: 50. */
  readonly tracesPerSecond?: PerEnvironment<number>;
  /** Spans of a trace, on average. Default: 20, a request with its queries and calls. */
  readonly spansPerTrace?: number;
}

/** How a service traces in one environment, with nothing left open. */
export interface DefiniteTracing {
  readonly service: string;
  /** Of 100 traces that begin in the service, how many are made. */
  readonly headPercent: number;
  /** Whether a trace is made even when its caller decided against it: what keeps errors whose caller knew nothing of them. */
  readonly ignoresCaller: boolean;
  /** Milliseconds after which a span makes its trace worth keeping; none where no trace is judged by how long it took. */
  readonly slowAfterMs?: number;
  /** Of 100 traces that arrive at the gateways and neither failed nor were slow, how many are kept. */
  readonly keepPercent: number;
  /** Sorted by name. */
  readonly operations: readonly { readonly name: string; readonly percent: number }[];
  readonly attributes: readonly SpanAttribute[];
  readonly tracesPerSecond: number;
  readonly spansPerTrace: number;
}

type Decision = Pick<DefiniteTracing, "headPercent" | "ignoresCaller" | "slowAfterMs" | "keepPercent">;

function decisionOf(sampling: Sampling, environment: string): Decision {
  if (sampling.kind === "head") {
    // What was made is kept: taking a share of a share would make the percentage a lie.
    return { headPercent: inEnvironment(sampling.percent, environment), ignoresCaller: false, keepPercent: 100 };
  }
  const { slowAfter = "1s", keepPercent = 10 } = sampling;
  return {
    headPercent: 100,
    ignoresCaller: true,
    slowAfterMs: checked(parseQuantity(inEnvironment<string>(slowAfter, environment)))
      .value.times(1000)
      .toNumber(),
    keepPercent: inEnvironment(keepPercent, environment),
  };
}

const noOperations: NonNullable<Tracing["operations"]> = {};

/**
 * Fills in the defaults of a service's tracing; nothing for a service that is not traced.
 * @throws Error on a time that is none, which the checks refuse.
 */
export function tracingOf({ name, tracing }: Service, environment: Environment): DefiniteTracing | undefined {
  if (tracing === undefined) return undefined;
  const {
    sampling = { kind: "tail" },
    operations = noOperations,
    attributes = [],
    tracesPerSecond = 50,
    spansPerTrace = 20,
  } = tracing;
  return {
    service: name,
    ...decisionOf(sampling, environment.name),
    operations: Object.entries(operations)
      .map(([operation, percent]) => ({ name: operation, percent: inEnvironment<number>(percent, environment.name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    attributes,
    tracesPerSecond: inEnvironment(tracesPerSecond, environment.name),
    spansPerTrace,
  };
}

interface TracedEstate {
  readonly environment: Environment;
  readonly services: readonly { readonly service: Service }[];
}

/** The services of an environment that are traced, in the catalog's order. */
export const tracedServices = memoized(({ environment, services }: TracedEstate): readonly DefiniteTracing[] =>
  services.flatMap(({ service }) => tracingOf(service, environment) ?? []),
);
