import type { Fault } from "../model/fault";
import { metricUnits } from "../model/metric";
import { never } from "../model/result";
import { type ActiveFault, type ServiceState, underFaults } from "./faulty";
import { shareAtMost } from "./histogram-shape";
import type { Behaviour, SimulatedSeries } from "./series";
import type { SimulatedService } from "./simulated-service";

/** A time during which the same faults are active. */
interface Segment {
  readonly from: number;
  readonly state: ServiceState;
}

/** A service's past: what it did since it began, and what it does now. */
export interface Timeline {
  readonly service: SimulatedService;
  /** How many times faster than usual the clock goes. */
  readonly speed: number;
  readonly faults: readonly ActiveFault[];
  /** In the order of time; never empty. */
  readonly segments: readonly [Segment, ...Segment[]];
}

/** A service that is well from a time on, in seconds. */
export const begun = (service: SimulatedService, from: number, speed: number): Timeline => ({
  service,
  speed,
  faults: [],
  segments: [{ from, state: underFaults(service, [], speed) }],
});

/** The same service with these faults from a time on, and no others. */
export function withFaults(timeline: Timeline, faults: readonly Fault[], from: number): Timeline {
  const { service, speed, segments } = timeline;
  const active = faults
    .filter(({ services }) => Object.hasOwn(services, service.name))
    .map((fault) => timeline.faults.find((known) => known.fault.name === fault.name) ?? { fault, since: from })
    .sort((left, right) => left.since - right.since);
  return { ...timeline, faults: active, segments: [...segments, { from, state: underFaults(service, active, speed) }] };
}

/** What a service is now: whether it answers, and what its series do. */
export const stateOf = ({ segments }: Timeline): ServiceState => (segments.at(-1) ?? segments[0]).state;

/** One series' value, or all that a histogram says. */
export type Emission =
  | { readonly kind: "value"; readonly series: SimulatedSeries; readonly value: number }
  | {
      readonly kind: "histogram";
      readonly series: SimulatedSeries;
      /** How many observations were at most each of the metric's bounds, and then +Inf. */
      readonly buckets: readonly number[];
      readonly sum: number;
    };

/** Seconds after which what varies comes round again. */
const period = 600;
const angular = (2 * Math.PI) / period;
const gaugeVariation = 0.01;
const paceVariation = 0.05;

/** Where in its period a series is at time 0, so that not all go up together: from its name and labels alone. */
function phaseOf({ metric, labels }: SimulatedSeries): number {
  let hash = 7;
  for (const character of metric.name + JSON.stringify(labels))
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash / 9973) * 2 * Math.PI;
}

/** Time as a counter sees it whose pace goes up and down a little: it never stands still, nor goes back. */
const lived = (time: number, phase: number): number =>
  time + (paceVariation / angular) * (Math.sin(angular * time + phase) - Math.sin(phase));

function gaugeAt(series: SimulatedSeries, behaviour: Behaviour, now: number): number | undefined {
  switch (behaviour.kind) {
    case "level": {
      const { level, varies } = behaviour;
      if (!varies) return level;
      const value = level * (1 + gaugeVariation * Math.sin(angular * now + phaseOf(series)));
      // There are no halves of what is counted.
      return metricUnits[series.metric.unit].dimension === "count" && level >= 1 ? Math.round(value) : value;
    }
    case "time":
      return now + behaviour.fromNow;
    case "drift": {
      const { from, to, since, withinSeconds } = behaviour;
      return from + (to - from) * Math.min(1, Math.max(0, now - since) / withinSeconds);
    }
    case "pace":
    case "observations":
    case "gone":
      return undefined;
    default:
      return never(behaviour);
  }
}

/** The mean of observations whose middle one is 1, of the distribution of `shareAtMost`: (π/3) / sin(π/3). */
const meanOfTypical = Math.PI / 3 / Math.sin(Math.PI / 3);

/** Everything that a service says at a time: counters are what they grew by in every segment, so that they never fall. */
export function emissionsAt(timeline: Timeline, now: number): readonly Emission[] {
  const { segments } = timeline;
  const current = stateOf(timeline).series;
  return current.flatMap(({ series, behaviour }, index): readonly Emission[] => {
    if (behaviour.kind === "gone") return [];
    const { metric } = series;
    if (metric.type === "gauge") {
      const value = gaugeAt(series, behaviour, now);
      return value === undefined ? [] : [{ kind: "value", series, value }];
    }
    const phase = phaseOf(series);
    const start = segments[0].from;
    const grown = segments.map((segment, at) => {
      const until = Math.min(now, segments[at + 1]?.from ?? now);
      const did = segment.state.series[index]?.behaviour;
      const time = Math.max(0, lived(until - start, phase) - lived(segment.from - start, phase));
      return { did, time };
    });
    if (metric.type === "counter") {
      const value = grown.reduce((sum, { did, time }) => sum + (did?.kind === "pace" ? did.perSecond * time : 0), 0);
      return [{ kind: "value", series, value }];
    }
    const observed = grown.flatMap(({ did, time }) =>
      did?.kind === "observations" ? [{ count: did.perSecond * time, typical: did.typical }] : [],
    );
    const atMost = (bound: number): number =>
      observed.reduce((sum, { count, typical }) => sum + count * shareAtMost(bound, typical), 0);
    const buckets = [...(metric.buckets ?? []), Number.POSITIVE_INFINITY].map(atMost);
    const sum = observed.reduce((all, { count, typical }) => all + count * typical * meanOfTypical, 0);
    return [{ kind: "histogram", series, buckets, sum }];
  });
}
