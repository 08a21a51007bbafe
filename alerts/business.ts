import { only, type Rows } from "./pack";

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
  userActivityDropped: {
    alert: "ActiveUsersDropped",
    indicator: "active_users",
    deviates: "below",
    deviations: 3,
    for: "1h",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "{value} users are active, far fewer than is usual",
    why: "Three standard deviations of a week are below its quietest nights; an hour outlasts a holiday's morning.",
  },
  signups: {
    alert: "SignupsDropped",
    indicator: "signup_rate",
    deviates: "below",
    deviations: 3,
    for: "2h",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "Users sign up at {value}, far less than is usual",
    why: "A form that loses its button fails no request; sign-ups are few, so two hours are needed to be sure.",
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
  /** In PromQL, because revenue is the sum of a histogram's observations, for which indicators have no word. */
  revenue: {
    alert: "RevenueLow",
    promql: 'sum(increase(app_order_value_sum{job="{service}"}[1d]))',
    comparison: "<",
    threshold: 5000,
    for: "1h",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "The last day earned {value} dollars, less than its target",
    why: "Orders may be failing, missing or smaller than usual: compare orders, sign-ups and payments first. A day, as the target is of a day; an hour outlasts a late import.",
  },
} as const satisfies Rows;

/** Needs `active_users`. */
export const activeUsersLow = only(businessRows.userActivity);

/** Needs `conversion_rate`. */
export const conversionRateLow = only(businessRows.conversion);

/** Needs `credit_consumption`, by `workspace_id`. */
export const creditConsumptionSpike = only(businessRows.creditConsumption);

/** Needs `active_users`. */
export const activeUsersDropped = only(businessRows.userActivityDropped);

/** Needs `signup_rate`. */
export const signupsDropped = only(businessRows.signups);

/** Needs the histogram `app_order_value`. In dollars a day: `revenueLow({ threshold: 5000 })`. */
export const revenueLow = only(businessRows.revenue);
