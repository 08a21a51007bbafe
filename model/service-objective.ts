import { type Alert, alert } from "./alert";
import { type BurnRateWindow, burnRates, factorOf, windowsFor } from "./burn-rate";
import { and, type Condition } from "./condition";
import { type Objective, type ObjectiveWindow, type Sli, trafficOf } from "./objective";
import type { QuantityText } from "./quantity";
import type { EnvironmentName, PerEnvironment } from "./register";
import { fail, never, ok, type Result } from "./result";
import type { SeverityName } from "./severity";
import type { SliSource } from "./sli";
import { didYouMean } from "./suggest";

/** What may be said of an objective beside its promise. */
export interface ObjectiveOptions {
  /** In kebab-case, unique within the service. Default: `availability`, `latency` or `freshness`. */
  readonly name?: string;
  /** Which of the telemetry's SLIs it is about. Default: the one called `availability`, `latency` or `freshness`. */
  readonly sli?: string;
  /**
   * Below it a burn rate tells nobody: of three requests in an hour one that fails is a third. Default: any traffic counts; of none
   * at all nothing is known.
   */
  readonly minimumTraffic?: QuantityText<"frequency">;
  /** Alerts by their long window; `"off"` leaves one out. Default: all that mean something for the objective's window. */
  readonly burnRates?: { readonly [W in BurnRateWindow]?: "off" | { readonly severity: SeverityName } };
  /** Where its alerts exist. Default: in every environment. */
  readonly environments?: readonly EnvironmentName[];
  /** Page that says what to do when the budget burns. Default: `<name>-budget-burn`. */
  readonly runbook?: string;
}

/** An objective as a service declares it: of an SLI of its telemetry, by name. */
export interface ServiceObjective extends Omit<ObjectiveOptions, "name" | "sli" | "runbook"> {
  readonly name: string;
  readonly sli: string;
  readonly kind: Sli["kind"];
  readonly atMost?: QuantityText<"time">;
  readonly target: PerEnvironment<QuantityText<"ratio">>;
  readonly window: ObjectiveWindow;
  readonly runbook: string;
}

type Promised = Pick<ServiceObjective, "kind" | "target" | "window" | "atMost">;

function declare(
  defaultName: string,
  promised: Promised,
  { name = defaultName, sli = defaultName, runbook = `${name}-budget-burn`, ...options }: ObjectiveOptions,
): ServiceObjective {
  return { ...options, ...promised, name, sli, runbook };
}

/** So much of all events succeeds: `availability("99.9%", "30d")`. */
export const availability = (
  target: PerEnvironment<QuantityText<"ratio">>,
  window: ObjectiveWindow,
  options: ObjectiveOptions = {},
): ServiceObjective => declare("availability", { kind: "events", target, window }, options);

/** So much of all events takes at most so long: `latency("95%", "500ms", "30d")`. */
export const latency = (
  target: PerEnvironment<QuantityText<"ratio">>,
  atMost: QuantityText<"time">,
  window: ObjectiveWindow,
  options: ObjectiveOptions = {},
): ServiceObjective => declare("latency", { kind: "latency", target, window, atMost }, options);

/** So much of the time the newest is at most so old: `freshness("99%", "15min", "30d")`. */
export const freshness = (
  target: PerEnvironment<QuantityText<"ratio">>,
  atMost: QuantityText<"time">,
  window: ObjectiveWindow,
  options: ObjectiveOptions = {},
): ServiceObjective => declare("freshness", { kind: "freshness", target, window, atMost }, options);

/** SLIs by the name that objectives call them by. */
export type SliSources = ReadonlyMap<string, SliSource>;

/** The objective with the SLI that it names, or why there is none. */
export function objectiveOf(declared: ServiceObjective, sources: SliSources): Result<Objective> {
  const { name, sli: named, kind, target, window, atMost = "0s" } = declared;
  const ofKind = [...sources].filter(([, source]) => source.kind === kind).map(([key]) => key);
  const source = sources.get(named);
  if (source === undefined || source.kind !== kind) {
    const known = ofKind.length === 0 ? " the telemetry has none of its kind" : ` known are ${ofKind.join(", ")}`;
    return fail(`there is no SLI "${named}" of ${kind}.${didYouMean(named, ofKind) || known}`);
  }
  const objective = (sli: Sli): Result<Objective> => ok({ name, sli, target, window });
  switch (source.kind) {
    case "events":
      return objective(source);
    case "latency":
    case "freshness":
      return objective({ ...source, atMost });
    default:
      return never(source);
  }
}

/** `availability` as the beginning of an alert's name: `Availability`. */
const camelCase = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What the error ratio of an SLI counts. */
const counted: Readonly<Record<Sli["kind"], string>> = {
  events: "of all requests failed",
  latency: "of all requests took too long",
  freshness: "of the time the newest was too old",
};

/** What a burning budget is a symptom of, so that the page of the same silences the ticket. */
const symptomOf: Readonly<Record<Sli["kind"], Pick<Alert, "symptom">>> = {
  events: { symptom: "errors" },
  latency: { symptom: "latency" },
  freshness: {},
};

function burnRateAlert(declared: ServiceObjective, objective: Objective, long: BurnRateWindow): readonly Alert[] {
  const own = declared.burnRates?.[long];
  if (own === "off") return [];
  const { short, severity, for: holds, why } = burnRates[long];
  const factor = factorOf(long, objective.window);
  const burning: Condition = { kind: "burn-rate", objective, factor, long, short };
  // Days of every series of a busy service are more than a guard is worth.
  const traffic = trafficOf(objective.sli, long === "1h" ? "1h" : "6h");
  const { minimumTraffic, environments, runbook } = declared;
  const enough: Condition | undefined =
    traffic === undefined || minimumTraffic === undefined
      ? undefined
      : { kind: "compare", expression: traffic, comparison: ">", threshold: minimumTraffic };
  return [
    {
      ...alert(`${camelCase(objective.name)}BudgetBurn${long}`, {
        when: enough === undefined ? burning : and(burning, enough),
        for: holds,
        severity: own?.severity ?? severity,
        summary: `{value} ${counted[objective.sli.kind]} within ${long}: the error budget of ${objective.name} is spent at ${factor} times the pace that it lasts for, or faster`,
        description: why,
        runbook,
        ...(environments === undefined ? {} : { environments }),
      }),
      objective: objective.name,
      ...symptomOf[objective.sli.kind],
    },
  ];
}

/** The burn-rate alerts of an objective; none where its SLI does not exist, which the checks tell. */
export function burnRateAlerts(declared: ServiceObjective, sources: SliSources): readonly Alert[] {
  const objective = objectiveOf(declared, sources);
  return objective.ok
    ? windowsFor(declared.window).flatMap((long) => burnRateAlert(declared, objective.value, long))
    : [];
}
