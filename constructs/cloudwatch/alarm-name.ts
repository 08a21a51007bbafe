import type { AlertRule } from "../../model/alert-rule";

/** What the names of all alarms of a service begin with; PagerDuty routes by it. */
export const alarmNamePrefix = (environment: string, service: string): string => `[${environment}] ${service}: `;

/** The name of an alert's alarm: as that of a Datadog monitor, so that one search finds it wherever it is evaluated. */
export const alarmName = ({
  environment,
  service,
  name,
}: Pick<AlertRule, "environment" | "service" | "name">): string => `${alarmNamePrefix(environment, service)}${name}`;
