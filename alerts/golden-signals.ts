import { only, pack, type Rows } from "./pack";

/**
 * Latency, traffic and errors of a service that answers requests; saturation is its runtime's (`saturationRows`).
 * Source: Google SRE Book, "Monitoring Distributed Systems", "The Four Golden Signals".
 */
export const goldenSignalRows = {
  errorRate: {
    alert: "HighErrorRate",
    indicator: "error_rate",
    dimension: "ratio",
    comparison: ">",
    threshold: "1%",
    guard: "request_rate > 0.1 per second",
    for: "5m",
    severity: "SEV-1",
    symptom: "errors",
    summary: "{value} of all requests fail",
    why: "One failure in a hundred is met by most users within one visit; five minutes outlast a deployment's restarts.",
  },
  latency: {
    alert: "SlowResponseTime",
    indicator: "p95_latency",
    dimension: "time",
    comparison: ">",
    threshold: "1000ms",
    for: "10m",
    severity: "SEV-3",
    symptom: "latency",
    summary: "One request in twenty takes {value} or longer",
    why: "After a second people notice that they wait; ten minutes outlast a cold cache.",
  },
  responseTime: {
    alert: "MedianResponseTimeHigh",
    indicator: "response_time",
    dimension: "time",
    comparison: ">",
    threshold: "500ms",
    for: "10m",
    severity: "SEV-3",
    symptom: "latency",
    summary: "Half of all requests take {value} or longer",
    why: "When the median reaches half a second everybody is slowed down, not only the unlucky few that the p95 sees.",
  },
  availability: {
    alert: "AvailabilityLow",
    indicator: "availability",
    dimension: "ratio",
    comparison: "<",
    threshold: "99.9%",
    guard: "request_rate > 0.1 per second",
    for: "5m",
    severity: "SEV-3",
    symptom: "errors",
    summary: "Only {value} of the last hour's requests were answered",
    why: "Seen over an hour, 99.9% finds the slow leak that five minutes' error rate forgives; the fast outage pages by that rate.",
  },
  trafficStopped: {
    alert: "TrafficStopped",
    indicator: "request_rate",
    dimension: "frequency",
    comparison: "<",
    threshold: "1 per minute",
    guard: "usual_request_rate > 1 per second",
    for: "10m",
    severity: "SEV-2",
    evaluator: "prometheus",
    summary: "Requests arrive at {value} only",
    why: "Requests that never arrive fail no error rate. A service with a request each second of the day has no ten minutes without one.",
  },
  trafficDropped: {
    alert: "TrafficDropped",
    indicator: "request_rate",
    deviates: "below",
    deviations: 3,
    guard: "usual_request_rate > 1 per second",
    for: "30m",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "Requests arrive at {value} only, far below what is usual",
    why: "Three standard deviations of a week are below its quietest nights; half an hour outlasts a lull.",
  },
} as const satisfies Rows;

/** Needs `request_rate`, `usual_request_rate`, `error_rate`, `p95_latency`, `response_time` and `availability`. */
export const goldenSignals = pack(goldenSignalRows);

/** How full what a service runs on is. */
export const saturationRows = {
  processors: {
    alert: "ServiceSaturated",
    indicator: "cpu_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "90%",
    for: "10m",
    severity: "SEV-3",
    evaluator: "datadog",
    summary: "The service's processors are {value} busy",
    why: "Above 90% requests queue for a processor and latency grows without bound; autoscaling should have acted within ten minutes.",
  },
} as const satisfies Rows;

/** Needs `cpu_usage`, of CloudWatch by Datadog. */
export const serviceSaturated = only(saturationRows.processors);
