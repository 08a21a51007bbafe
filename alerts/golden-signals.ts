import { pack, type Row } from "./pack";

/** Errors and latency of a service that answers requests; traffic and saturation are drawn, not alerted on. */
export const goldenSignalRows = {
  errorRate: {
    alert: "HighErrorRate",
    indicator: "error_rate",
    dimension: "ratio",
    comparison: ">",
    threshold: "1%",
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
    for: "5m",
    severity: "SEV-3",
    symptom: "errors",
    summary: "Only {value} of the last hour's requests were answered",
    why: "Seen over an hour, 99.9% finds the slow leak that five minutes' error rate forgives; the fast outage pages by that rate.",
  },
} as const satisfies Readonly<Record<string, Row>>;

/** Needs the indicators `error_rate`, `p95_latency`, `response_time` and `availability`. */
export const goldenSignals = pack(goldenSignalRows);
