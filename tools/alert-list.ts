import { firstNoticeSeconds } from "../constructs/first-notice";
import { conditionText } from "../model/condition-text";
import type { EnvironmentEstate } from "../model/estate";
import { sampleSecondsOf } from "../model/service";
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

const units = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
] as const;

/** Seconds as people read them: the two largest units, the smaller one rounded up. */
export function spokenSeconds(seconds: number): string {
  const index = units.findIndex(([, size]) => seconds >= size);
  const [unit, size] = units[index] ?? ["s", 1];
  if (size === 1) return `${seconds}s`;
  const [smaller, small] = units[index + 1] ?? (["s", 1] as const);
  const whole = Math.floor(seconds / size);
  const rest = Math.ceil((seconds - whole * size) / small);
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${smaller}`;
}

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
