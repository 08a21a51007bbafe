import { panel } from "../../model/dashboard";
import { oneOf } from "../../model/metric";
import { promqlPanel } from "../../model/promql-panel";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";

const errors = counter("app_errors", {
  help: "Errors that the application caught and counted, whether or not a request failed by them",
  unit: "errors",
  datadog: { name: "app.errors" },
});
const signups = counter("app_user_signup", {
  help: "Users who signed up",
  unit: "users",
  labels: { source: oneOf("web", "mobile", "api") },
  datadog: { name: "app.user.signup" },
});
const payment = histogram("app_payment_process", {
  help: "Time to process a payment",
  unit: "seconds",
  datadog: { name: "app.payment.process", unit: "milliseconds" },
});
const queueLength = gauge("app_queue_length", {
  help: "Background jobs that wait to be done",
  unit: "jobs",
  datadog: { name: "app.queue.length" },
});
const oldestJobAge = gauge("app_queue_oldest_age", {
  help: "How long the job that waits longest has waited",
  unit: "seconds",
  datadog: { name: "app.queue.oldest_age" },
});
const orderValue = histogram("app_order_value", {
  help: "What an order is worth; the sum of all is the revenue",
  unit: "dollars",
  buckets: [5, 10, 25, 50, 100, 250, 500, 1000, 2500],
  datadog: { name: "app.order.value" },
});

/**
 * What the application counts itself, sent once by DogStatsD and held twice: by Datadog under the names in the code, by
 * Prometheus through the StatsD exporter, under the names here: the exporter's mapping is made of them, with each one's buckets. It makes
 * histograms of timings, never summaries, whose quantiles of several processes cannot be added up; what is not declared is dropped.
 *
 * The client must be made with `use_ms=True`. Without it `timed()` sends seconds where StatsD has milliseconds, and the exporter,
 * which divides by 1,000, shows a payment of one second as one millisecond.
 *
 * Sources: statsd_exporter README, "Metric Mapping and Configuration", "StatsD timers and distributions", "DogStatsD Client
 * Behavior".
 */
export const app = telemetry("app", {
  metrics: { errors, signups, payment, queueLength, oldestJobAge, orderValue },
  indicators: {
    app_error_rate: errors.rate("5m"),
    signup_rate: signups.rate("1h"),
    payment_rate: payment.rate("5m"),
    payment_time: payment.quantile(0.95, "5m"),
    queue_length: queueLength.max(),
    oldest_job_age: oldestJobAge.max(),
    order_value: orderValue.quantile(0.5, "1h"),
  },
  panels: {
    errors: [panel("app-errors", "Errors counted by the application", { errors: errors.rate("5m") })],
    performance: [
      panel("payment-time", "Time of payments", {
        p50: payment.quantile(0.5, "5m"),
        p95: payment.quantile(0.95, "5m"),
      }),
      panel("queue-length", "Jobs in the queue", { waiting: queueLength.max() }),
      panel("oldest-job", "Longest wait of a job", { waited: oldestJobAge.max() }),
    ],
    business: [
      panel("signups", "Sign-ups of the last hour", { "{{source}}": signups.increase("1h").by("source") }),
      promqlPanel("revenue", "Revenue of the last hour", {
        dollars: 'sum(increase(app_order_value_sum{job="{service}"}[1h]))',
      }),
      panel("order-value", "Value of an order", { median: orderValue.quantile(0.5, "1h") }),
    ],
  },
});
