import type { Weekday } from "./maintenance-window";

/** Who answers, and how they are reached. */
export interface TeamOptions {
  /** One line for people: what the team answers for. */
  readonly description: string;
  /** Slack channel of the team's alerts, with its `#`. */
  readonly slack: string;
  /** Address of the team's mail. */
  readonly email: string;
  readonly onCall: OnCall;
  /** E-mail addresses of those of the team who are not on its rotation. Default: none. */
  readonly members?: readonly string[];
  /** E-mail addresses that are sent the team's digest and weekly summary beside its own, and nothing else. Default: none. */
  readonly subscribers?: readonly string[];
  /** When the mail comes that says what the last week in production was like. Default: Mondays at 08:00; `"off"`: never. */
  readonly weeklySummary?: WeeklySummary | "off";
}

/** When a team is mailed what the last seven days were like. */
export interface WeeklySummary {
  /** Default: Monday, when a week is planned. */
  readonly day?: Weekday;
  /** Time of day, `HH:MM` in the time zone of the team's rotation; it comes within the hour after. Default: 08:00, before the shift changes. */
  readonly at?: string;
}

/** A weekly rotation of people, in turn. */
export interface OnCall {
  /** E-mail addresses of PagerDuty users, in the order of the rotation; the first takes the first week. */
  readonly rotation: readonly string[];
  /** IANA time zone in which shifts change. */
  readonly timeZone: string;
  /** Monday on which the rotation starts, as `YYYY-MM-DD`; shifts change on that day at `handoff`. */
  readonly start: string;
  /** Time of day of the change of shift, `HH:MM` in the time zone. Default: 09:00, when both people are awake. */
  readonly handoff?: string;
}

export interface Team extends TeamOptions {
  readonly name: string;
}

export const team = (name: string, options: TeamOptions): Team => ({ ...options, name });
