import type { Facts, ProviderFacts } from "./facts";

const operations = [
  "matches",
  "contains",
  "starts-with",
  "ends-with",
  "equals",
  "contains-key",
  "contains-value",
  "greater-than",
  "less-than",
  "is-empty",
  "equals-ignore-whitespace",
] as const;

const matches = ["match-all", "match-any-condition", "match-all-conditions"] as const;

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Conditions, and the times at which something holds. */
const conditions = (at: string): Record<string, Facts> => ({
  [`${at}.type`]: { oneOf: matches },
  [`${at}.conditions.not`]: { default: false },
  [`${at}.conditions.operation`]: { oneOf: operations },
});
const times: Record<string, Facts> = {
  "time_restriction.type": { oneOf: ["time-of-day", "weekday-and-time-of-day"] },
  "time_restriction.restrictions.start_day": { oneOf: days },
  "time_restriction.restrictions.end_day": { oneOf: days },
};

/** How long an action waits. */
const durations = (...actions: readonly string[]): Record<string, Facts> =>
  Object.fromEntries(
    actions.map((action) => [
      `${action}.duration.time_unit`,
      { default: "minutes", oneOf: ["days", "hours", "minutes"] },
    ]),
  );

/** What the bindings of opsgenie/opsgenie lose. */
export const opsgenieFacts: ProviderFacts = {
  resources: {
    opsgenie_team: {
      source: "opsgenie/opsgenie, opsgenie_team: Schema",
      facts: { delete_default_resources: { default: false }, "member.role": { default: "user" } },
    },
    opsgenie_schedule: { source: "opsgenie/opsgenie, opsgenie_schedule: Schema", facts: {} },
    opsgenie_schedule_rotation: {
      source: "opsgenie/opsgenie, opsgenie_schedule_rotation: Schema",
      facts: {
        type: { oneOf: ["daily", "weekly", "hourly"] },
        participant: { minItems: 1 },
        "participant.type": { oneOf: ["user", "team", "escalation", "none", "group"] },
        ...times,
      },
    },
    opsgenie_escalation: {
      source: "opsgenie/opsgenie, opsgenie_escalation: Schema",
      facts: {
        rules: { minItems: 1 },
        "rules.condition": { oneOf: ["if-not-acked", "if-not-closed"] },
        "rules.notify_type": { oneOf: ["default", "next", "previous", "users", "admins", "all"] },
        "rules.recipient": { minItems: 1 },
        "rules.recipient.type": { oneOf: ["user", "team", "schedule"] },
      },
    },
    opsgenie_team_routing_rule: {
      source: "opsgenie/opsgenie, opsgenie_team_routing_rule: Schema",
      facts: { is_default: { default: false }, notify: { minItems: 1 }, ...conditions("criteria"), ...times },
    },
    opsgenie_notification_policy: {
      source: "opsgenie/opsgenie, opsgenie_notification_policy: Schema",
      facts: {
        enabled: { default: true },
        filter: { minItems: 1, maxItems: 1 },
        ...conditions("filter"),
        "filter.type": { default: "match-all", oneOf: matches },
        ...durations("auto_close_action", "auto_restart_action", "de_duplication_action", "delay_action"),
        ...times,
        "delay_action.delay_option": {
          oneOf: ["for-duration", "next-time", "next-weekday", ...days.map((day) => `next-${day}`)],
        },
      },
    },
    opsgenie_service: { source: "opsgenie/opsgenie, opsgenie_service: Schema", facts: {} },
    opsgenie_api_integration: {
      source: "opsgenie/opsgenie, opsgenie_api_integration: Schema",
      facts: { api_key: { sensitive: true }, enabled: { default: true }, type: { forceNew: true } },
    },
    opsgenie_heartbeat: {
      // The provider takes any unit and priority; these are the API's.
      source: "opsgenie/opsgenie, opsgenie_heartbeat: Schema; Opsgenie Heartbeat API, Add Heartbeat Request",
      facts: {
        name: { forceNew: true },
        interval_unit: { oneOf: ["minutes", "hours", "days"] },
        alert_priority: { oneOf: ["P1", "P2", "P3", "P4", "P5"] },
      },
    },
  },
  dataSources: {
    opsgenie_user: { source: "opsgenie/opsgenie, data source opsgenie_user: Schema", facts: {} },
  },
};
