import { type Severity, severities, type Urgency } from "./severity";
import type { Team } from "./team";

/** Where an alert ends: a person by PagerDuty, a channel in Slack, a digest by mail. */
export interface Route {
  /** Urgency of the PagerDuty incident; absent where PagerDuty is not told. */
  readonly urgency?: Urgency;
  /** Slack channel, with its `#`. Every alert has one, so that none is mute. */
  readonly slack: string;
  /** Address of the daily digest that an alert without urgency is in too; absent where PagerDuty is told. */
  readonly digest?: string;
}

/** The route of a severity for a team. */
export function routeOf(severity: Severity, { slack, email }: Team): Route {
  const { urgency } = severities[severity];
  return { slack, ...(urgency === undefined ? { digest: email } : { urgency }) };
}
