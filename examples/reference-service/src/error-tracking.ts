import * as Sentry from "@sentry/node";
import { currentContext } from "./context";
import { HttpError } from "./http-error";
import { redactedValue } from "./redaction";
import type { Settings } from "./settings";

/** Sets up Sentry; answers how to send what is left. Spans are OpenTelemetry's, so Sentry makes none. */
export function startErrorTracking({
  sentryDsn,
  environment,
  version,
  service,
  instrumented,
}: Settings): () => Promise<void> {
  if (sentryDsn === undefined || !instrumented) return async () => undefined;
  Sentry.init({
    dsn: sentryDsn,
    environment,
    release: version,
    // What earlier versions called sendDefaultPii: false, kind by kind.
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [], urlQueryParams: false },
    // No listeners on consoles, requests and processes: what is sent is what `captured` is given.
    defaultIntegrations: false,
    integrations: [Sentry.linkedErrorsIntegration(), Sentry.dedupeIntegration()],
    enableOpenTelemetrySetup: false,
    maxBreadcrumbs: 0,
    initialScope: { tags: { service } },
    beforeSend: (event, { originalException }) => {
      if (originalException instanceof HttpError && originalException.status === 404) return null;
      const values = event.exception?.values?.map((each) => ({
        ...each,
        ...(each.value === undefined ? {} : { value: String(redactedValue(each.value)) }),
      }));
      // The host's name is nobody's business outside, and the exception's text may quote what a user entered.
      const { server_name: _, ...rest } = event;
      return { ...rest, ...(values === undefined ? {} : { exception: { values } }) };
    },
  });
  return async () => {
    await Sentry.close(2000);
  };
}

/** Tells Sentry of a failure, with the request that it happened in. */
export const captured = (error: unknown): void => {
  Sentry.captureException(error, { tags: currentContext() });
};
