import { number, text } from "../../model/log-field";
import { telemetry } from "../../model/telemetry";

/**
 * Fields of the event that ends a request. It repeats the method and the path of the event that began it, because a query
 * counts events and cannot join two of them: errors by endpoint need both in one.
 */
export const httpLogFields = {
  method: text("method", { description: "HTTP method" }),
  path: text("path", { description: "Path of the request, without its query" }),
  statusCode: number("status_code", { description: "HTTP status of the answer" }),
  clientIp: text("client_ip", { description: "Address of the client", pii: "personal" }),
  ip: text("ip", { description: "Address of a client near its rate limit", pii: "personal" }),
  userAgent: text("user_agent", { description: "What the client calls itself", pii: "personal" }),
};

/** The fields of requests. */
export const httpLogs = telemetry("http-logs", { metrics: {}, logFields: httpLogFields });
