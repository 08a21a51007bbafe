import { pack, type Rows } from "./pack";

/**
 * OpenTelemetry's collectors, beside tasks and as gateways. A trace explains an incident and is none: whatever is lost here waits for the
 * morning.
 */
export const collectorRows = {
  refuses: {
    alert: "CollectorRefusesSpans",
    indicator: "spans_refused",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "15m",
    severity: "SEV-3",
    summary: "The collector at {instance} refused {value} spans within ten minutes",
    why: "It refuses when its memory is nearly used up, and libraries give up what is refused again. A quarter of an hour is no burst.",
  },
  sendsInVain: {
    alert: "CollectorExportFails",
    indicator: "spans_not_sent",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "15m",
    severity: "SEV-3",
    summary: "{value} spans for {exporter} were given up within ten minutes",
    why: "Each was tried for five minutes before it counts: its backend is away or refuses, and these traces are gone there.",
  },
  queueFull: {
    alert: "CollectorQueueNearlyFull",
    indicator: "span_queue_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "80%",
    for: "10m",
    severity: "SEV-3",
    summary: "The queue for {exporter} at {instance} is {value} full",
    why: "It is nearly empty while a backend takes what it is given; once it is full, every span for it is dropped.",
  },
  drops: {
    alert: "CollectorDropsSpans",
    indicator: "spans_dropped",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "5m",
    severity: "SEV-3",
    summary: "{value} spans for {exporter} found its queue full within ten minutes",
    why: "What finds a full queue is lost, errors and slow traces as well as all others: the promise that these are kept is broken.",
  },
  tooEarly: {
    alert: "TracesDroppedUndecided",
    indicator: "traces_dropped_undecided",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "15m",
    severity: "SEV-3",
    summary: "{instance} dropped {value} traces within ten minutes before it had judged them",
    why: "More traces wait than the catalog reckons with, and the oldest make room, also those with errors: `tracesPerSecond` of a service is too small.",
  },
} as const satisfies Rows;

/** Needs `collector`. */
export const collectorHealth = pack(collectorRows);
