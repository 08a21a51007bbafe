import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { plain } from "../../model/quantity";
import { checked } from "../../model/result";
import { type DefiniteSummary, nightHours, summaryLabel, weeklySummariesOf } from "../../model/weekly-summary";
import { ampLimits } from "./limits";
import { isInPrometheus } from "./objective-rules";
import { recorded } from "./recorded-objective";
import type { RecordingRule, SummaryRule, SummaryRuleGroup } from "./rule-group";
import { rulesYaml } from "./rule-yaml";

/** Alerts that summaries are made of; the mail has a part for each. */
export const summaryAlerts = {
  /** One per team, always there: the week in numbers, and the reason why a mail comes after a quiet week too. */
  week: "WeeklySummary",
  /** One for each alert that fired. */
  alert: "WeeklySummaryAlert",
  /** One for each objective. */
  budget: "WeeklySummaryBudget",
} as const;

/** Series recorded of a team's alerts over the last seven days, with the labels of the alert that they are about. */
const weekSeries = {
  seconds: "alert:firing_seconds:count7d",
  firings: "alert:firings:count7d",
  nights: "alert:night_firings:count7d",
  budgetBurnt: "objective:error_budget_burnt:ratio7d",
} as const;

/**
 * How often a summary is made anew. What it says in its hour is at most so old; the seven days of states that it reads are few series, but
 * 20,000 steps of each, so that it is not done every half minute.
 */
const summaryInterval = "15m";

const step = ampLimits.evaluationIntervalSeconds;

/** Labels of an alert, however many instances it is about: those of a notification. */
const perAlert = "alertname, service, severity";

/** What was firing so many seconds ago: one series per alert. Neither the heartbeat nor what summaries are made of is an alert to report. */
const firing = ({ team }: DefiniteSummary, environment: string, ago = 0): string => {
  const own = `alertstate="firing",environment="${environment}",team="${team.name}"`;
  const reported = `${summaryLabel.name}="",alertname!="Watchdog"`;
  return `count by (${perAlert}) (ALERTS{${own},${reported}}${ago === 0 ? "" : ` offset ${ago}s`})`;
};

/**
 * What is recorded of a team's alerts. Rules are evaluated every half minute, so that a subquery of that step meets each evaluation once:
 * the steps at which an alert fires are how long it did, those at which it fires and did not a step before are how often it began.
 * Night is told in standard time, as PromQL knows no zones: in summer it is an hour later.
 */
function weekRecordings(summary: DefiniteSummary, environment: string): readonly RecordingRule[] {
  const labels = { environment, team: summary.team.name };
  const now = firing(summary, environment);
  const begins = `(${now} unless ${firing(summary, environment, step)})`;
  // The moment is asked of what began, so that nothing is looked at while nothing begins.
  const sinceNightfall = `(timestamp(${begins}) - ${summary.nightStarts} + 86400) % 86400`;
  return [
    { record: weekSeries.seconds, expr: `count_over_time((${now})[7d:${step}s]) * ${step}`, labels },
    { record: weekSeries.firings, expr: `count_over_time(${begins}[7d:${step}s])`, labels },
    {
      record: weekSeries.nights,
      expr: `count_over_time((${sinceNightfall} < ${nightHours * 3600})[7d:${step}s])`,
      labels,
    },
  ];
}

/** The severities that call somebody, as a matcher. */
const paging = 'severity=~"critical|error|warning"';

/** The first value that a query yields, as text; nothing without one. */
const found = (query: string, then: string): string => `{{ with query ${query} }}${then}{{ end }}`;
const value = "{{ . | first | value }}";

/** A PromQL query as a Go string between backquotes, in which nothing is escaped. */
const text = (promql: string): string => `\`${promql}\``;

/** A query about the alert of a line. */
const ofThis = (selector: (matchers: string) => string): string =>
  `(printf ${text(selector("alertname=%q,service=%q,severity=%q"))} $labels.alertname $labels.service $labels.severity)`;

const weekRule = (summary: DefiniteSummary, environment: string): SummaryRule => {
  const own = `environment="${environment}",team="${summary.team.name}"`;
  const sum = (series: string, matchers = "") => text(`sum(${series}{${own}${matchers}}) or vector(0)`);
  return {
    alert: summaryAlerts.week,
    // It is always there, also after a week in which nothing fired.
    expr: `count(${weekSeries.seconds}{${own}}) or vector(0)`,
    labels: { environment, team: summary.team.name, [summaryLabel.name]: summaryLabel.value },
    annotations: {
      alerts: "{{ $value }}",
      firings: found(sum(weekSeries.firings), value),
      pages: found(sum(weekSeries.firings, `,${paging}`), value),
      nights: found(sum(weekSeries.nights, `,${paging}`), value),
      firing: found(text(`count(${firing(summary, environment)}) or vector(0)`), value),
    },
  };
};

const alertRule = (summary: DefiniteSummary, environment: string): SummaryRule => {
  const own = `environment="${environment}",team="${summary.team.name}"`;
  const now = (matchers: string): string =>
    `ALERTS{alertstate="firing",environment="${environment}",team="${summary.team.name}",${matchers}}`;
  return {
    alert: summaryAlerts.alert,
    expr: `${weekSeries.seconds}{${own}} > 0`,
    labels: {
      environment,
      team: summary.team.name,
      // Under other names, so that no inhibition and no route takes it for the alert that it is about.
      of_alert: "{{ $labels.alertname }}",
      of_service: "{{ $labels.service }}",
      of_severity: "{{ $labels.severity }}",
      service: "",
      severity: "",
      [summaryLabel.name]: summaryLabel.value,
    },
    annotations: {
      firings: found(
        ofThis((matchers) => `${weekSeries.firings}{${own},${matchers}}`),
        value,
      ),
      duration: "{{ $value | humanizeDuration }}",
      nights: found(
        ofThis((matchers) => `${weekSeries.nights}{${own},${matchers}}`),
        value,
      ),
      firing: found(ofThis(now), "yes"),
    },
  };
};

/** What is recorded and told of each objective of a service. */
function budgetRules(
  { service, objectives }: ServiceEstate,
  { team }: DefiniteSummary,
  environment: string,
): readonly (SummaryRule | RecordingRule)[] {
  return objectives.filter(isInPrometheus).flatMap((objective) => {
    const { name, target, window } = objective;
    const budget = plain(target.value.times(-1).plus(1));
    const [errors, events] = (["errors", "events"] as const).map((series) => recorded(series, service.name, name));
    const labels = { service: service.name, objective: name };
    const burnt = `${weekSeries.budgetBurnt}{service="${service.name}",objective="${name}"}`;
    return [
      {
        record: weekSeries.budgetBurnt,
        // Of the budget of the whole window, as what remains is.
        expr: `sum_over_time(${errors}[7d]) / (sum_over_time(${events}[${window}]) > 0) / ${budget}`,
        labels,
      },
      {
        alert: summaryAlerts.budget,
        expr: recorded("budgetRemaining", service.name, name),
        labels: {
          environment,
          team: team.name,
          of_objective: name,
          of_service: service.name,
          objective: "",
          service: "",
          [summaryLabel.name]: summaryLabel.value,
        },
        annotations: {
          remaining: "{{ $value | humanizePercentage }}",
          burnt: found(text(burnt), "{{ . | first | value | humanizePercentage }}"),
          window,
        },
      },
    ];
  });
}

const groupOf = (
  summary: DefiniteSummary,
  { environment: { name }, services }: EnvironmentEstate,
): SummaryRuleGroup => ({
  name: `weekly_summary_${summary.team.name}`,
  interval: summaryInterval,
  rules: [
    ...weekRecordings(summary, name),
    weekRule(summary, name),
    alertRule(summary, name),
    ...services
      .filter(({ team }) => team.name === summary.team.name)
      .flatMap((service) => budgetRules(service, summary, name)),
  ],
});

/** The rule file of the summaries of an environment. */
export interface WeeklySummaryFile {
  /** AMP's namespace of it. The underscore keeps it apart from the services', which are in kebab-case. */
  readonly namespace: string;
  readonly path: string;
  readonly content: string;
}

/**
 * What the weekly mails are made of, in a file of its own: nothing in it is an alert of a service, so that none of it is counted, proven,
 * drawn or silenced as one. One file, or none where there are no summaries.
 * @throws Error on an hour or a zone that does not exist; the checks report it first.
 */
export const weeklySummaryFiles = memoized((estate: EnvironmentEstate): readonly WeeklySummaryFile[] => {
  const groups = checked(weeklySummariesOf(estate)).map((summary) => groupOf(summary, estate));
  if (groups.length === 0) return [];
  const heading = `# Weekly summaries of the teams in ${estate.environment.name}, generated from the catalog.`;
  return [
    {
      namespace: "weekly_summary",
      path: "weekly_summary.rules.yaml",
      content: `${heading}\n${rulesYaml(groups)}`,
    },
  ];
});

/** The file as `prometheus/weekly_summary.rules.yaml`, for those who run Prometheus themselves. */
export const weeklySummaryArtifacts = (estate: EnvironmentEstate): readonly Artifact[] =>
  weeklySummaryFiles(estate).map(({ path, content }) => ({ path: `prometheus/${path}`, content }));
