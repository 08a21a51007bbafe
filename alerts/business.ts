import { type Alert, type AlertOptions, alert } from "../model/alert";
import { promql } from "../model/condition";
import { only, type Row } from "./pack";
import { runbook } from "./runbook";

/** What the business notices first when everything technical looks well. */
export const businessRows = {
  userActivity: {
    alert: "ActiveUsersLow",
    indicator: "active_users",
    dimension: "count",
    comparison: "<",
    threshold: "50",
    for: "30m",
    severity: "SEV-3",
    summary: "Only {value} users are active",
    why: "The quietest hour of an ordinary week has more; half an hour outlasts a login outage that its own alerts announce.",
  },
  conversion: {
    alert: "ConversionRateLow",
    indicator: "conversion_rate",
    dimension: "ratio",
    comparison: "<",
    threshold: "20%",
    for: "1h",
    severity: "SEV-3",
    summary: "There are {value} as many orders as sign-ups",
    why: "Twenty orders to a hundred sign-ups is the target. Both are counted over a day, so that nights and mornings do not matter.",
  },
  creditConsumption: {
    alert: "CreditConsumptionSpike",
    indicator: "credit_consumption",
    dimension: "frequency",
    comparison: ">",
    threshold: "10000 per hour",
    for: "5m",
    severity: "SEV-4",
    summary: "Workspace {workspace_id} consumes credits at {value}",
    why: "The largest workspaces use a tenth of this; more is an agent in a loop, or a plan that should be sold.",
  },
} as const satisfies Readonly<Record<string, Row>>;

/** Needs `active_users`. */
export const activeUsersLow = only(businessRows.userActivity);

/** Needs `conversion_rate`. */
export const conversionRateLow = only(businessRows.conversion);

/** Needs `credit_consumption`, by `workspace_id`. */
export const creditConsumptionSpike = only(businessRows.creditConsumption);

/** What is said of a target for revenue. */
export interface RevenueOptions extends Pick<AlertOptions, "environments"> {
  /** The histogram of what orders are worth, in Prometheus: its `_sum` is the revenue. */
  readonly orderValue: string;
  /** Dollars that a day must earn. */
  readonly dailyTarget: number;
}

/**
 * Revenue of the last day below its target.
 *
 * In PromQL, because revenue is the sum of a histogram's observations, for which indicators have no word. It counts over a day,
 * as a target does, and waits for an hour, so that one late import does not report it.
 */
export const revenueLow = ({ orderValue, dailyTarget, ...options }: RevenueOptions): Alert =>
  alert("RevenueLow", {
    ...options,
    when: promql(`sum(increase(${orderValue}_sum{job="{service}"}[1d])) < ${dailyTarget}`),
    for: "1h",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: `The last day earned {value} dollars, less than the ${dailyTarget} of its target`,
    description: "Orders may be failing, missing or smaller than usual: compare orders, sign-ups and payments first.",
    runbook: runbook("RevenueLow"),
  });
