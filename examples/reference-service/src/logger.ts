import { trace } from "@opentelemetry/api";
import pino, { type Logger } from "pino";
import { currentContext } from "./context";
import { redactedValue, withoutPersonal } from "./redaction";
import type { Settings } from "./settings";

/** The contract's levels, by pino's. */
const levels: Readonly<Record<string, string>> = {
  trace: "DEBUG",
  debug: "DEBUG",
  info: "INFO",
  warn: "WARNING",
  error: "ERROR",
  fatal: "CRITICAL",
};

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** A logger whose events have the fields of the log contract, one JSON document to a line on stdout. */
export const rootLogger = ({ service, environment, version, logLevel, instrumented }: Settings): Logger =>
  pino({
    level: instrumented ? logLevel : "silent",
    messageKey: "message",
    base: { service, environment, version },
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: {
      level: (label) => ({ level: levels[label] ?? "INFO" }),
      log: (fields) => {
        const clean = redactedValue(fields);
        return isFields(clean) ? clean : {};
      },
    },
    mixin: () => {
      const span = trace.getActiveSpan()?.spanContext();
      return { ...currentContext(), ...(span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId }) };
    },
  });

/** An exception in the contract's fields. */
export const errorFields = (error: unknown): Readonly<Record<string, string>> =>
  error instanceof Error
    ? {
        error: withoutPersonal(error.message),
        error_type: error.name === "Error" ? error.constructor.name : error.name,
        traceback: withoutPersonal(error.stack ?? ""),
      }
    : { error: withoutPersonal(String(error)), error_type: typeof error };
