import type { Alert, NoData } from "./alert";
import { parseDuration } from "./duration";
import type { Environment, Evaluator } from "./environment";
import { dashboardUrl, grafanaUid, serviceDashboardKey } from "./grafana-uid";
import { parseQuantity, type Quantity } from "./quantity";
import { type DefiniteCondition, resolveCondition } from "./resolve-condition";
import { checked } from "./result";
import { type Route, routeOf } from "./route";
import type { Service } from "./service";
import { type Severity, severities, severityIn, severityOf } from "./severity";
import type { Team } from "./team";
import type { Tier } from "./tier";

/** An alert of one service in one environment, with nothing left open: what every renderer reads. */
export interface AlertRule {
  readonly name: string;
  readonly service: string;
  readonly team: string;
  readonly environment: string;
  readonly tier: Tier;
  readonly severity: Severity;
  readonly condition: DefiniteCondition;
  readonly forSeconds: number;
  readonly evaluator: Evaluator;
  readonly summary: string;
  readonly description?: string;
  readonly runbook: string;
  /** URL of the service's dashboard, in the same environment. */
  readonly dashboard: string;
  /** Absent for a raw condition that names none. */
  readonly recovery?: Quantity;
  readonly noData: NoData;
  readonly route: Route;
}

/** Whether an alert exists in an environment. */
export const existsIn = ({ environments }: Alert, environment: string): boolean =>
  environments === undefined || environments.some((name) => name === environment);

/** Who evaluates an alert in an environment. */
export const evaluatorOf = (alert: Alert, environment: Environment): Evaluator =>
  alert.evaluator ?? environment.evaluator;

/**
 * A tenth of the threshold back from it: above 100 recovers at 90, below 5 recovers at 5.5. Ten percent is more than the noise of
 * an indicator averaged over minutes and less than an improvement that anybody would wait for.
 */
function defaultRecovery(condition: DefiniteCondition): Quantity | undefined {
  if (condition.kind === "raw") return undefined;
  const { comparison, threshold } = condition;
  return { ...threshold, value: threshold.value.times(comparison === ">" || comparison === ">=" ? "0.9" : "1.1") };
}

/** The labels of an alert, the same words in every backend; routing reads them. */
export const labelsOfRule = ({
  service,
  team,
  environment,
  severity,
  tier,
}: AlertRule): Readonly<Record<string, string>> => ({
  environment,
  service,
  severity: severities[severity].word,
  team,
  tier: String(tier),
});

/**
 * Makes an alert definite for a service in an environment.
 * @throws Error on what the checks refuse; they run first.
 */
export function alertRule(alert: Alert, service: Service, team: Team, environment: Environment): AlertRule {
  const condition = checked(resolveCondition(alert.when, service, environment));
  const recovery = alert.recovery === undefined ? defaultRecovery(condition) : checked(parseQuantity(alert.recovery));
  const severity = severityIn(environment.production, severityOf(alert.severity));
  return {
    name: alert.name,
    service: service.name,
    team: team.name,
    environment: environment.name,
    tier: service.tier,
    severity,
    condition,
    forSeconds: checked(parseDuration(alert.for)),
    evaluator: evaluatorOf(alert, environment),
    summary: alert.summary,
    ...(alert.description === undefined ? {} : { description: alert.description }),
    runbook: alert.runbook,
    dashboard: dashboardUrl(environment.grafana, grafanaUid(environment.name, service.name, serviceDashboardKey)),
    ...(recovery === undefined ? {} : { recovery }),
    noData: alert.noData ?? "ok",
    route: routeOf(severity, team),
  };
}
