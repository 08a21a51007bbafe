import { firstNoticeSeconds } from "../constructs/first-notice";
import { conditionText } from "../model/condition-text";
import type { EnvironmentEstate } from "../model/estate";
import { sampleSecondsOf } from "../model/service";
import { spokenSeconds } from "../model/spoken-seconds";
import { type TimeToPage, timeToPage } from "../model/time-to-page";

/** One alert of an environment, as `estate list alerts` tells it. */
export interface ListedAlert {
  readonly service: string;
  readonly alert: string;
  readonly severity: string;
  readonly evaluator: string;
  readonly condition: string;
  /** In seconds; `total` is the longest that it may take. */
  readonly timeToPage: TimeToPage;
  /** Whom it reaches first. */
  readonly tells: string;
}

/** Every alert of an environment, by service. */
export const listedAlerts = ({ services }: EnvironmentEstate): readonly ListedAlert[] =>
  services.flatMap(({ service, alerts }) =>
    alerts.map((rule) => ({
      service: service.name,
      alert: rule.name,
      severity: rule.severity,
      evaluator: rule.evaluator,
      condition: conditionText(rule.condition),
      timeToPage: timeToPage(rule, firstNoticeSeconds(rule), sampleSecondsOf(service)),
      tells: rule.route.urgency === "high" ? `page, ${rule.route.slack}` : rule.route.slack,
    })),
  );

/** The alerts as rows of a table, under `alertListHead`. */
export const alertRows = (alerts: readonly ListedAlert[]): readonly (readonly string[])[] =>
  alerts.map(({ service, alert, severity, evaluator, condition, timeToPage: { cross, hold, total }, tells }) => [
    service,
    alert,
    severity,
    evaluator,
    condition.length > 48 ? `${condition.slice(0, 47)}…` : condition,
    spokenSeconds(cross),
    spokenSeconds(hold),
    spokenSeconds(total),
    tells,
  ]);

/** Titles of the columns of `alertRows`. */
export const alertListHead = [
  "service",
  "alert",
  "severity",
  "evaluator",
  "condition",
  "crosses",
  "holds",
  "time to page",
  "tells",
];
