import { choice, number, text, timestamp } from "../../model/log-field";
import { telemetry } from "../../model/telemetry";

/**
 * What every structured event says, in JSON, one event to a line: who, when, where, how bad.
 *
 * Fields lie flat, never under `metadata`, so that one name finds them in every system. The formatter renames what Python calls
 * them (python-json-logger, `rename_fields`: `asctime` to `timestamp`, `levelname` to `level`). Times taken are in milliseconds
 * and say so in their name: a bare `duration` is seconds to one service, milliseconds to the next, and nanoseconds to Datadog.
 */
export const logs = {
  timestamp: timestamp("timestamp", { description: "When it happened, in UTC", required: true }),
  level: choice("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], {
    description: "How bad it is; ERROR is a failure, CRITICAL one of the whole system",
    required: true,
  }),
  service: text("service", { description: "The service that logged it", required: true }),
  environment: text("environment", { description: "The environment that it runs in", required: true }),
  version: text("version", { description: "The release that it runs", required: true }),
  name: text("name", { description: "The logger: the module's path", required: true }),
  message: text("message", {
    description: "What happened, in words that are the same every time; what differs is a field",
    required: true,
  }),
  hostname: text("hostname", { description: "The host that collected the event" }),
  requestId: text("request_id", { description: "The request that it happened in; the caller has it as X-Request-ID" }),
  correlationId: text("correlation_id", { description: "What joins the requests of one operation across services" }),
  traceId: text("trace_id", { description: "The trace that it belongs to" }),
  spanId: text("span_id", { description: "The span that it belongs to" }),
  parentId: text("parent_id", { description: "The span that the span is part of" }),
  userId: text("user_id", { description: "The user that it happened for", pii: "pseudonymous" }),
  workspaceId: text("workspace_id", { description: "The workspace that it happened in", pii: "pseudonymous" }),
  duration: number("duration_ms", { description: "How long it took", unit: "milliseconds" }),
  error: text("error", { description: "The exception's text; it must not quote what a user entered" }),
  errorType: text("error_type", { description: "The exception's class: the category to count errors by" }),
  errorDetails: text("error_details", { description: "What is known beyond the exception's text" }),
  traceback: text("traceback", { description: "Where the exception came from, as the code wrote it" }),
  excInfo: text("exc_info", { description: "Where the exception came from, as the logging library wrote it" }),
};

/** Events of a level that means a failure. */
export const isError = logs.level.oneOf("ERROR", "CRITICAL");

/** The fields of every structured event. */
export const structuredLogs = telemetry("structured-logs", { metrics: {}, logFields: logs });
