/**
 * Name of the object that Datadog's PagerDuty integration reaches an environment's event orchestration by. Datadog's
 * handles are global to the account, hence the environment in it.
 */
export const pagerDutyServiceName = (environment: string): string => environment;

/** What a message mentions to reach PagerDuty (Datadog documentation, PagerDuty integration, "Service name"). */
export const pagerDutyHandle = (environment: string): string => `@pagerduty-${pagerDutyServiceName(environment)}`;
