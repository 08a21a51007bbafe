import { pack, type Rows } from "./pack";

/**
 * Rate, errors and duration of each endpoint by itself: what an average over all of them hides. Nobody is woken: an endpoint that
 * takes the whole service down is told of by the golden signals.
 * Source: Tom Wilkie, "The RED Method".
 */
export const redRows = {
  rate: {
    alert: "TrafficSurge",
    indicator: "request_rate",
    deviates: "above",
    deviations: 4,
    guard: "usual_request_rate > 1 per second",
    for: "15m",
    severity: "SEV-4",
    evaluator: "prometheus",
    summary: "Requests arrive at {value}, far above what is usual",
    why: "Four standard deviations above a week are a campaign, a crawler or a client that retries without end; look before it saturates.",
  },
  errors: {
    alert: "EndpointErrorRateHigh",
    indicator: "endpoint_error_rate",
    dimension: "ratio",
    comparison: ">",
    threshold: "5%",
    guard: "endpoint_request_rate > 0.05 per second",
    for: "15m",
    severity: "SEV-3",
    summary: "{value} of the requests to {endpoint} fail",
    why: "An endpoint of little traffic can fail for everybody who needs it without moving the service's own rate.",
  },
  duration: {
    alert: "EndpointSlow",
    indicator: "endpoint_p95_latency",
    dimension: "time",
    comparison: ">",
    threshold: "3s",
    guard: "endpoint_request_rate > 0.05 per second",
    for: "30m",
    severity: "SEV-4",
    summary: "One request in twenty to {endpoint} takes {value} or longer",
    why: "Reports may take seconds; an endpoint that takes three for half an hour is a query to be mended, not an incident.",
  },
} as const satisfies Rows;

/** Needs `request_rate`, `usual_request_rate`, and `endpoint_request_rate`, `endpoint_error_rate`, `endpoint_p95_latency` by endpoint. */
export const red = pack(redRows);
