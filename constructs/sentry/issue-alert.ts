import type { DefiniteErrorCondition, ErrorAlertRule, IssueEvent } from "../../model/error-alert";
import { never } from "../../model/result";
import { severities } from "../../model/severity";
import type { IssueAlertConditionsV2, IssueAlertFiltersV2 } from "../../providers/sentry/issue-alert";
import { sentryAlertName } from "./alert-name";

/** Conditions that are about one issue; those about a whole project are metric alerts. */
export type IssueCondition = Exclude<DefiniteErrorCondition, { kind: "volume" }>;

/** An issue alert: what it waits for, and what it says. Whom it tells is the route's to say. */
export interface SentryIssueAlert {
  readonly name: string;
  readonly conditions: readonly IssueAlertConditionsV2[];
  readonly filters: readonly IssueAlertFiltersV2[];
  /** Minutes in which one issue is told once at most. */
  readonly frequency: number;
  /** Of the PagerDuty event. */
  readonly severity: "critical" | "error" | "warning" | "info";
  /** What Slack shows beside the issue. */
  readonly notes: string;
}

const ofEvent: Readonly<Record<IssueEvent, IssueAlertConditionsV2>> = {
  new: { firstSeenEvent: {} },
  regressed: { regressionEvent: {} },
  reappeared: { reappearedEvent: {} },
};

/** A monitor's outage is a new issue, or an old one that came back. */
const begins: readonly IssueAlertConditionsV2[] = [ofEvent.new, ofEvent.regressed];

function conditionsOf(when: IssueCondition): readonly IssueAlertConditionsV2[] {
  switch (when.kind) {
    case "issue":
      return when.on.map((event) => ofEvent[event]);
    case "frequency": {
      const counted = { comparisonType: "count", value: when.above, interval: when.within };
      return [when.of === "users" ? { eventUniqueUserFrequency: counted } : { eventFrequency: counted }];
    }
    case "monitor":
      return begins;
    default:
      return never(when);
  }
}

/** Errors are told by one alert and monitors by another, so that an outage of one is not told twice. */
function categoryOf(when: IssueCondition): "Error" | "Cron" | "Uptime" {
  switch (when.kind) {
    case "issue":
    case "frequency":
      return "Error";
    case "monitor":
      return when.of === "cron" ? "Cron" : "Uptime";
    default:
      return never(when);
  }
}

/** An error alert about single issues as an issue alert of Sentry. */
export function issueAlert(rule: ErrorAlertRule, when: IssueCondition): SentryIssueAlert {
  const { meaning, response, word } = severities[rule.severity];
  return {
    name: sentryAlertName(rule),
    conditions: conditionsOf(when),
    filters: [{ issueCategory: { value: categoryOf(when) } }],
    frequency: rule.every,
    severity: word,
    notes: `${rule.summary}. ${rule.severity} (${meaning}), response: ${response}. Runbook: ${rule.runbook}`,
  };
}
