import { SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { withoutPersonal } from "./redaction";
import type { Settings } from "./settings";

/** Sets up tracing; answers how to send what is left and end it. */
export function startTracing({
  service,
  version,
  environment,
  otlpEndpoint,
  instrumented,
}: Settings): () => Promise<void> {
  if (!instrumented) return async () => undefined;
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      "service.name": service,
      "service.version": version,
      "deployment.environment": environment,
    }),
    spanProcessors:
      otlpEndpoint === undefined
        ? []
        : [
            new BatchSpanProcessor(new OTLPTraceExporter({ url: `${otlpEndpoint}/v1/traces` }), {
              scheduledDelayMillis: 1000,
            }),
          ],
  });
  // W3C trace context and AsyncLocalStorage are the provider's own defaults.
  provider.register();
  return () => provider.shutdown();
}

type Operation<A extends readonly unknown[], T> = (...args: A) => Promise<T>;

/**
 * An operation in a span of its own. An exception ends the span as failed; its text goes in redacted, since it may quote what a user
 * entered.
 */
export const traced =
  <A extends readonly unknown[], T>(name: string, operation: Operation<A, T>): Operation<A, T> =>
  (...args) =>
    trace.getTracer("reference-service").startActiveSpan(name, async (span) => {
      try {
        return await operation(...args);
      } catch (error) {
        const message = withoutPersonal(error instanceof Error ? error.message : String(error));
        span.recordException({ name: error instanceof Error ? error.name : "Error", message });
        span.setStatus({ code: SpanStatusCode.ERROR, message });
        throw error;
      } finally {
        span.end();
      }
    });
