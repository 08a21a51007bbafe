import type { Facts, ProviderFacts } from "./facts";

const described = { description: { default: "Managed by Terraform" } } satisfies Record<string, Facts>;

const urgencies = ["high", "low", "severity_based"] as const;

/** The actions of a rule and of the catch-all of a global orchestration. */
const actions = (at: string): Record<string, Facts> => ({
  [at]: { minItems: 1, maxItems: 1 },
  [`${at}.severity`]: { oneOf: ["info", "warning", "error", "critical"] },
  [`${at}.event_action`]: { oneOf: ["trigger", "resolve"] },
  [`${at}.automation_action`]: { maxItems: 1 },
  [`${at}.automation_action.auto_send`]: { default: false },
  [`${at}.automation_action.trigger_types`]: { oneOf: ["alert_triggered", "alert_suspended", "alert_suppressed"] },
  [`${at}.variable.type`]: { oneOf: ["regex"] },
});

/** What the bindings of PagerDuty/pagerduty lose. */
export const pagerdutyFacts: ProviderFacts = {
  resources: {
    pagerduty_team: { source: "PagerDuty/pagerduty, pagerduty_team: Argument Reference", facts: described },
    pagerduty_schedule: {
      source: "PagerDuty/pagerduty, pagerduty_schedule: Argument Reference",
      facts: {
        ...described,
        layer: { minItems: 1 },
        "layer.restriction.type": { oneOf: ["daily_restriction", "weekly_restriction"] },
        "layer.restriction.start_day_of_week": { oneOf: [1, 2, 3, 4, 5, 6, 7] },
      },
    },
    pagerduty_escalation_policy: {
      source: "PagerDuty/pagerduty, pagerduty_escalation_policy: Argument Reference",
      facts: {
        ...described,
        num_loops: { oneOf: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
        rule: { minItems: 1 },
        "rule.target": { minItems: 1 },
        "rule.target.type": {
          default: "user_reference",
          oneOf: ["user_reference", "schedule_reference", "user", "schedule"],
        },
        "rule.escalation_rule_assignment_strategy": { maxItems: 1 },
        "rule.escalation_rule_assignment_strategy.type": { oneOf: ["assign_to_everyone", "round_robin"] },
      },
    },
    pagerduty_service: {
      source: "PagerDuty/pagerduty, pagerduty_service: Argument Reference",
      facts: {
        ...described,
        acknowledgement_timeout: { default: "1800" },
        auto_resolve_timeout: { default: "14400" },
        alert_creation: { oneOf: ["create_alerts_and_incidents", "create_incidents"] },
        alert_grouping: { deprecated: true, oneOf: ["time", "intelligent", "rules"] },
        alert_grouping_timeout: { deprecated: true },
        alert_grouping_parameters: { maxItems: 1 },
        "alert_grouping_parameters.type": {
          oneOf: ["time", "intelligent", "content_based", "content_based_intelligent"],
        },
        "alert_grouping_parameters.config": { maxItems: 1 },
        "alert_grouping_parameters.config.aggregate": { oneOf: ["all", "any"] },
        auto_pause_notifications_parameters: { maxItems: 1 },
        "auto_pause_notifications_parameters.timeout": { oneOf: [120, 180, 300, 600, 900] },
        incident_urgency_rule: { maxItems: 1 },
        "incident_urgency_rule.type": { oneOf: ["constant", "use_support_hours"] },
        "incident_urgency_rule.urgency": { oneOf: urgencies },
        "incident_urgency_rule.during_support_hours": { maxItems: 1 },
        "incident_urgency_rule.during_support_hours.urgency": { oneOf: urgencies },
        "incident_urgency_rule.outside_support_hours": { maxItems: 1 },
        "incident_urgency_rule.outside_support_hours.urgency": { oneOf: urgencies },
        support_hours: { maxItems: 1 },
        "support_hours.type": { oneOf: ["fixed_time_per_day"] },
      },
    },
    pagerduty_event_orchestration: {
      source: "PagerDuty/pagerduty, pagerduty_event_orchestration: Argument Reference",
      facts: {},
    },
    pagerduty_event_orchestration_integration: {
      source: "PagerDuty/pagerduty, pagerduty_event_orchestration_integration: Argument Reference",
      facts: {},
    },
    pagerduty_event_orchestration_router: {
      source: "PagerDuty/pagerduty, pagerduty_event_orchestration_router: Argument Reference",
      facts: {
        set: { minItems: 1, maxItems: 1 },
        "set.rule.actions": { minItems: 1, maxItems: 1 },
        "set.rule.actions.dynamic_route_to.lookup_by": { oneOf: ["service_id", "service_name"] },
        catch_all: { minItems: 1, maxItems: 1 },
        "catch_all.actions": { minItems: 1, maxItems: 1 },
      },
    },
    pagerduty_event_orchestration_global: {
      source: "PagerDuty/pagerduty, pagerduty_event_orchestration_global: Argument Reference",
      facts: {
        set: { minItems: 1 },
        ...actions("set.rule.actions"),
        catch_all: { minItems: 1, maxItems: 1 },
        ...actions("catch_all.actions"),
      },
    },
  },
  dataSources: {
    pagerduty_user: { source: "PagerDuty/pagerduty, data source pagerduty_user: Argument Reference", facts: {} },
  },
};
