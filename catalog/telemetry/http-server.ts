import { panel } from "../../model/dashboard";
import { complement, ratio, startsWith } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { events, latencyOf } from "../../model/sli";
import { counter, histogram, telemetry } from "../../model/telemetry";

export interface HttpServerOptions {
  /**
   * What the metrics' names begin with in Datadog, for a service that sends them there too: `app.http` makes `app.http.requests`
   * and `app.http.request.duration`, the latter a distribution in seconds. Default: Prometheus alone has them.
   */
  readonly datadog?: string;
}

const methods = oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

/** The route's template, never the path itself: an order's number in a label makes a new series for every order. */
const endpoints = upTo(80, "/orders");

/** A route has two methods or so, and answers in five ways. */
const routes = { methods: 80 * 2, answers: 80 * 2 * 5 } as const;

/** An HTTP server: traffic, errors and latency, seen by the server itself. */
export const httpServer = ({ datadog }: HttpServerOptions = {}) => {
  const requests = counter("http_requests_total", {
    help: "HTTP requests answered",
    unit: "requests",
    labels: { method: methods, endpoint: endpoints, status: upTo(30, "200") },
    series: routes.answers,
    datadog: datadog === undefined ? undefined : { name: `${datadog}.requests` },
  });
  const duration = histogram("http_request_duration_seconds", {
    help: "Time from a request's arrival to its answer",
    unit: "seconds",
    labels: { method: methods, endpoint: endpoints },
    series: routes.methods,
    datadog: datadog === undefined ? undefined : { name: `${datadog}.request.duration` },
  });
  const failed = requests.where({ status: startsWith("5") });
  const requestRate = requests.rate("5m");
  // Both sides are added up before they are divided. Divided series by series, as is often written, each failing series meets
  // only itself, since both sides have its status, and the error rate is always 100%.
  const errorRate = ratio(failed.rate("5m"), requestRate);
  const availability = complement(ratio(failed.rate("1h"), requests.rate("1h")));
  const [p50, p95, p99] = [duration.quantile(0.5, "5m"), duration.quantile(0.95, "5m"), duration.quantile(0.99, "5m")];

  return telemetry("http-server", {
    metrics: { requests, duration },
    indicators: {
      request_rate: requestRate,
      /** Of the last day: whether there is ever enough traffic for its absence to mean anything. */
      usual_request_rate: requests.rate("1d"),
      error_rate: errorRate,
      availability,
      response_time: p50,
      p95_latency: p95,
      p99_latency: p99,
      feature_usage: requestRate.by("endpoint"),
      endpoint_request_rate: requestRate.by("endpoint"),
      endpoint_error_rate: errorRate.by("endpoint"),
      endpoint_p95_latency: p95.by("endpoint"),
    },
    slis: { availability: events(failed, requests), latency: latencyOf(duration) },
    panels: {
      overview: [
        panel("request-rate", "Requests", { "per second": requestRate }, { visualization: "stat" }),
        panel("error-rate", "Error rate", { "failed requests": errorRate }, { visualization: "stat" }),
        panel("p95-latency", "P95 latency", { p95 }, { visualization: "stat" }),
        panel(
          "availability",
          "Availability",
          { "last hour": availability },
          { visualization: "stat", description: "Share of the last hour's requests that did not fail with a 5xx." },
        ),
        panel("requests-over-weeks", "Requests and the week before", { requests: requestRate }, { weekBefore: true }),
        panel("latency-over-weeks", "P95 latency and the week before", { p95 }, { weekBefore: true }),
        panel("requests-by-method", "Requests by method", { "{{method}}": requestRate.by("method") }, { width: 24 }),
      ],
      errors: [
        panel("errors-by-endpoint", "Error rate by endpoint", { "{{endpoint}}": errorRate.by("endpoint") }),
        panel("errors-by-status", "Failed requests by status", { "{{status}}": failed.rate("5m").by("status") }),
      ],
      performance: [
        panel("latency", "Latency", { p50, p95, p99 }),
        panel(
          "slow-endpoints",
          "Slowest endpoints",
          { "{{endpoint}}": p95.by("endpoint") },
          { visualization: "bar-gauge", description: "P95 latency by endpoint." },
        ),
      ],
      business: [
        panel(
          "feature-usage",
          "Feature usage",
          { "{{endpoint}}": requestRate.by("endpoint") },
          { visualization: "bar-gauge", description: "Requests per second by endpoint: what people use." },
        ),
      ],
    },
  });
};
