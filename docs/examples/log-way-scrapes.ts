import { fluentBit } from "../../catalog/telemetry/fluent-bit";
import { fluentBitBeside, fluentdAggregators } from "../../model/scrape";

/** docs/log-shipping.md: what Prometheus scrapes of the way of log events. */
export const logWayScrapes = [
  fluentdAggregators({ instances: { default: 2, prod: 4 } }),
  fluentBitBeside("search", { exposes: [fluentBit] }),
];
