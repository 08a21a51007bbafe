import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { counter, histogram, telemetry } from "../../model/telemetry";
import { app } from "./app";

const processed = counter("orders_processed", { help: "Orders accepted and stored", unit: "orders" });
const processingTime = histogram("order_processing_time", {
  help: "Time to accept and store an order",
  unit: "seconds",
});

/**
 * Orders, of a service that also declares `app`, whose sign-ups the conversion rate is measured against.
 *
 * `conversion_rate` is orders over sign-ups of the same day. Customers who return make it exceed 100%, so it has a floor, not a
 * ceiling.
 */
export const orders = telemetry("orders", {
  metrics: { processed, processingTime },
  indicators: {
    order_rate: processed.rate("5m"),
    order_time: processingTime.quantile(0.95, "5m"),
    conversion_rate: ratio(processed.increase("1d"), app.signups.increase("1d")),
  },
  panels: {
    performance: [
      panel("order-time", "Time of orders", {
        p50: processingTime.quantile(0.5, "5m"),
        p95: processingTime.quantile(0.95, "5m"),
      }),
    ],
    business: [
      panel("orders", "Orders of the last hour", { orders: processed.increase("1h") }, { weekBefore: true }),
      panel(
        "conversion-rate",
        "Conversion rate",
        { "orders per sign-up": ratio(processed.increase("1d"), app.signups.increase("1d")) },
        { visualization: "stat", description: "Orders over sign-ups of the last day." },
      ),
    ],
  },
});
