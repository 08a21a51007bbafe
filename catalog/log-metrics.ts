import { allOf } from "../model/log-filter";
import { logMetric } from "../model/log-metric";
import { httpLogFields } from "./telemetry/http-logs";
import { isError, logs } from "./telemetry/logs";

/** Errors by category. An error without a type is not counted: CloudWatch drops an event that lacks a dimension. */
export const errorsByType = logMetric("errors", {
  filter: allOf(isError, logs.errorType.exists()),
  by: ["error_type"],
});

/** Requests above a second, which is when people notice that they wait. */
export const slowRequests = logMetric("slow-requests", {
  filter: allOf(httpLogFields.statusCode.exists(), logs.duration.above(1000)),
});
