import { number, text } from "../../model/log-field";
import { telemetry } from "../../model/telemetry";

/** Fields of an event about something that was worked on. */
export const itemLogFields = {
  itemId: text("item_id", { description: "What was worked on" }),
  type: text("type", { description: "What kind of thing it is; of a job, its task" }),
  status: text("status", { description: "What became of it" }),
};

/** The fields of processed items: jobs, imports, reports. */
export const itemLogs = telemetry("item-logs", { metrics: {}, logFields: itemLogFields });

/** Fields of an event about an order or its payment. */
export const orderLogFields = {
  orderId: text("order_id", { description: "The order" }),
  paymentId: text("payment_id", { description: "The payment" }),
  amount: number("amount", { description: "What the order is worth", unit: "dollars" }),
};

/** The fields of orders and payments. */
export const orderLogs = telemetry("order-logs", { metrics: {}, logFields: orderLogFields });
