import { pack, type Rows } from "./pack";

/**
 * Fluentd, which holds what its outputs do not take. The numbers are of the buffers as `logShippingOf` makes them: production's last for
 * four hours at the peak.
 */
export const fluentdRows = {
  bufferNearlyFull: {
    alert: "FluentdBufferNearlyFull",
    indicator: "log_buffer_available",
    dimension: "ratio",
    comparison: "<",
    threshold: "20%",
    for: "5m",
    severity: "SEV-2",
    symptom: "storage",
    summary: "The buffer of {plugin_id} at {instance} has {value} left",
    why: "A fifth of four hours is three quarters of an hour at the peak, and half an hour passes before somebody works on it. A full buffer drops its oldest events, or stops all outputs.",
  },
  bufferFullInHours: {
    alert: "FluentdBufferFullInHours",
    indicator: "log_buffer_available_in_hours",
    dimension: "ratio",
    comparison: "<",
    threshold: "0%",
    guard: "log_buffer_available < 80%",
    for: "15m",
    severity: "SEV-3",
    symptom: "storage",
    summary: "The buffer of {plugin_id} at {instance} will be full within hours",
    why: "At the pace of the last hour nothing is left in four: its output takes less than comes in. It pages when a fifth is left.",
  },
  deliveryFails: {
    alert: "FluentdDeliveryFails",
    indicator: "log_delivery_failures",
    dimension: "count",
    comparison: ">",
    threshold: "5",
    for: "20m",
    severity: "SEV-3",
    summary: "Deliveries of {plugin_id} at {instance} failed {value} times within ten minutes",
    why: "An output that is away is tried once a minute, so that more than half of all tries fail; half an hour of them is no restart.",
  },
  putAside: {
    alert: "FluentdEventsPutAside",
    indicator: "log_events_put_aside",
    dimension: "count",
    comparison: ">",
    threshold: "10",
    for: "15m",
    severity: "SEV-3",
    summary: "{value} events were put aside as {plugin_id} at {instance} within ten minutes",
    why: "An output refused them, or they are nobody's. They lie on that host alone, where nobody searches; a quarter of an hour is no single bad event.",
  },
} as const satisfies Rows;

/** Needs `fluentd`. */
export const fluentdBuffers = pack(fluentdRows);

/** Fluent Bit, which holds what Fluentd does not take for a quarter of an hour at its service's peak. */
export const fluentBitRows = {
  dropped: {
    alert: "FluentBitDropsEvents",
    indicator: "log_events_dropped",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "5m",
    severity: "SEV-2",
    summary: "{value} events of {name} were lost beside its tasks within ten minutes",
    why: "They are tried for ever, so that only a full buffer or a refusal loses them; these events are nowhere else, and more follow.",
  },
  behind: {
    alert: "FluentBitFallsBehind",
    indicator: "log_events_passed_on",
    dimension: "ratio",
    comparison: "<",
    threshold: "50%",
    for: "5m",
    severity: "SEV-2",
    summary: "Only {value} of the events of {name} get away from {instance}",
    why: "What stays behind fills the task's disk, which holds a quarter of an hour at the peak; a task that ends takes it along.",
  },
} as const satisfies Rows;

/** Needs `fluentBit`. */
export const fluentBitDelivery = pack(fluentBitRows);
