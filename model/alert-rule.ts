import type { Alert, Meaning, NoData } from "./alert";
import { type Comparison, isUpper } from "./comparison";
import { type DefiniteCondition, primaryComparison } from "./definite-condition";
import { parseDuration } from "./duration";
import type { Environment, Evaluator } from "./environment";
import { dashboardUrl, grafanaUid, serviceDashboardKey } from "./grafana-uid";
import { inEnvironment } from "./per-environment";
import { parseQuantity, type Quantity } from "./quantity";
import { resolveCondition } from "./resolve-condition";
import { checked } from "./result";
import { type Route, routeOf } from "./route";
import { runbookUrl } from "./runbook";
import type { Service } from "./service";
import { type Severity, severities, severityIn, severityOf } from "./severity";
import type { Symptom } from "./symptom";
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
  /** How long it goes on firing after its condition has ended; 0 for not at all. */
  readonly keepFiringSeconds: number;
  readonly evaluator: Evaluator;
  readonly summary: string;
  readonly description?: string;
  /** URL. */
  readonly runbook: string;
  /** URL of the service's dashboard, in the same environment. */
  readonly dashboard: string;
  /** Absent for a condition that does not begin with a comparison. */
  readonly recovery?: Quantity;
  readonly noData: NoData;
  readonly route: Route;
  readonly symptom?: Symptom;
  readonly means?: Meaning;
}

/** Whether an alert exists in an environment. */
export const existsIn = ({ environments }: Pick<Alert, "environments">, environment: string): boolean =>
  environments === undefined || environments.some((name) => name === environment);

/** Who evaluates an alert in an environment. */
export const evaluatorOf = (alert: Alert, environment: Environment): Evaluator =>
  alert.evaluator ?? environment.evaluator;

/**
 * A tenth of the threshold back from it: above 100 recovers at 90, below 5 recovers at 5.5. Ten percent is more than the noise of
 * an indicator averaged over minutes and less than an improvement that anybody would wait for. A share that must not fall below
 * 99.9% could never come back to 109.9%, so it recovers halfway to the whole.
 */
export function defaultRecovery(comparison: Comparison, threshold: Quantity): Quantity {
  const { value, dimension } = threshold;
  const tenth = value.abs().div(10);
  if (isUpper(comparison)) return { ...threshold, value: value.minus(tenth) };
  const back = value.plus(tenth);
  return { ...threshold, value: dimension === "ratio" && value.lt(1) && back.gt(1) ? value.plus(1).div(2) : back };
}

/** The recovery of an alert: its own, else the default; only a condition that begins with a comparison has one. */
function recoveryOf({ recovery }: Alert, condition: DefiniteCondition): Quantity | undefined {
  if (recovery !== undefined) return checked(parseQuantity(recovery));
  const primary = primaryComparison(condition);
  return primary === undefined ? undefined : defaultRecovery(primary.comparison, primary.threshold);
}

/** The labels of an alert, the same words in every backend; routing reads them. */
export const labelsOfRule = ({
  service,
  team,
  environment,
  severity,
  symptom,
  tier,
}: AlertRule): Readonly<Record<string, string>> => ({
  environment,
  service,
  severity: severities[severity].word,
  ...(symptom === undefined ? {} : { symptom }),
  team,
  tier: String(tier),
});

/** What an alert's rule takes from outside its service. */
export interface Surroundings {
  readonly team: Team;
  readonly environment: Environment;
  /** URL below which runbooks are found by name. */
  readonly runbooks: string | undefined;
}

/**
 * Makes an alert definite for a service in an environment.
 * @throws Error on what the checks refuse; they run first.
 */
export function alertRule(alert: Alert, service: Service, { team, environment, runbooks }: Surroundings): AlertRule {
  const condition = checked(resolveCondition(alert.when, service, environment));
  const recovery = recoveryOf(alert, condition);
  const severity = severityIn(environment.production, severityOf(inEnvironment(alert.severity, environment.name)));
  return {
    name: alert.name,
    service: service.name,
    team: team.name,
    environment: environment.name,
    tier: service.tier,
    severity,
    condition,
    forSeconds: checked(parseDuration(inEnvironment(alert.for, environment.name))),
    keepFiringSeconds: checked(parseDuration(alert.keepFiringFor ?? "0s")),
    evaluator: evaluatorOf(alert, environment),
    summary: alert.summary,
    ...(alert.description === undefined ? {} : { description: alert.description }),
    runbook: checked(runbookUrl(alert.runbook, runbooks)),
    dashboard: dashboardUrl(environment.grafana, grafanaUid(environment.name, service.name, serviceDashboardKey)),
    ...(recovery === undefined ? {} : { recovery }),
    noData: alert.noData ?? "ok",
    route: routeOf(severity, team),
    ...(alert.symptom === undefined ? {} : { symptom: alert.symptom }),
    ...(alert.means === undefined ? {} : { means: alert.means }),
  };
}
