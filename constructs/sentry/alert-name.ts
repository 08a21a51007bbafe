/** What the names of all metric alerts of a service begin with; PagerDuty routes by it, since nothing else names the service there. */
export const alertNamePrefix = (environment: string, service: string): string => `[${environment}] ${service}: `;

/** The name of an error alert in Sentry: as that of a Datadog monitor, so that one search finds it wherever it is evaluated. */
export const sentryAlertName = (alert: {
  readonly environment: string;
  readonly service: string;
  readonly name: string;
}): string => `${alertNamePrefix(alert.environment, alert.service)}${alert.name}`;
