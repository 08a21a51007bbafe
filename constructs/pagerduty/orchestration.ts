import type { Environment } from "../../model/environment";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { fail, ok, type Result } from "../../model/result";
import { type Severity, severities, severityIn } from "../../model/severity";
import { alertNamePrefix } from "../sentry/alert-name";
import { cloudwatchRules, isAlarmOf } from "./cloudwatch-events";
import { hasMatch, hasTag, isExactly, regexLiteral } from "./condition";
import type { EventRule, EventSeverity } from "./event-rule";
import { limits } from "./limits";

/** A rule of the router: events that meet any of the conditions go to the service. */
export interface RoutingRule {
  readonly label: string;
  /** Name of the service. */
  readonly service: string;
  /** Conditions in PCL, of which one suffices. */
  readonly conditions: readonly string[];
}

/** Whether CloudWatch evaluates any alert of a service, and so may tell of it; it does of each health check of Route 53 and of canaries. */
const tellsByCloudwatch = ({ alerts, health }: ServiceEstate): boolean =>
  alerts.some(({ evaluator }) => evaluator === "cloudwatch") ||
  health?.probes.some(({ kind }) => kind === "route53" || kind === "cloudwatch-synthetics") === true;

/** Whether Sentry watches a service's errors together, and so may tell of it by the alert's name alone. */
const tellsByMetricAlert = ({ errorAlerts }: ServiceEstate): boolean =>
  errorAlerts.some(({ when }) => when.kind === "volume");

/** Condition: a metric alert of Sentry is about the service; its event has the alert's name for a summary and no component. */
const isMetricAlertOf = (environment: string, service: string): string =>
  hasMatch("event.summary", `^${regexLiteral(alertNamePrefix(environment, service))}`);

/**
 * One rule for each service, by name, so that the order of the catalog changes nothing: Alertmanager names the service in the
 * event's `component`, as Sentry does of an issue, Datadog in its tags, CloudWatch and Sentry's metric alerts, where the service has any, in
 * the alarm's or alert's name. An error for more services than an orchestration can route to.
 */
export function routingRules({ environment, services }: EnvironmentEstate): Result<readonly RoutingRule[]> {
  if (services.length > limits.routingRules) {
    return fail(
      `${environment.name} has ${services.length} services, but a PagerDuty orchestration routes to ${limits.routingRules} at most: divide the environment`,
    );
  }
  const byCloudwatch = new Set(services.filter(tellsByCloudwatch).map(({ service }) => service.name));
  const byMetricAlert = new Set(services.filter(tellsByMetricAlert).map(({ service }) => service.name));
  return ok(
    services
      .map(({ service }) => service)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, ...service }) => ({
        label: `Events of ${name}`,
        service: name,
        conditions: [
          isExactly("event.component", name),
          // The project of a renamed service keeps its slug.
          ...(service.errors === undefined || service.renamedFrom === undefined
            ? []
            : [isExactly("event.component", service.renamedFrom)]),
          hasTag(`service:${name}`),
          ...(byCloudwatch.has(name) ? [isAlarmOf(environment.name, name)] : []),
          ...(byMetricAlert.has(name) ? [isMetricAlertOf(environment.name, name)] : []),
        ],
      })),
  );
}

const scale: readonly Severity[] = ["SEV-1", "SEV-2", "SEV-3", "SEV-4"];

const wordIn = ({ production }: Environment, severity: Severity): EventSeverity =>
  severities[severityIn(production, severity)].word;

/**
 * The rules that give an event its severity, and so its urgency: PagerDuty maps critical and error to high, warning and info to low.
 * The first rule that an event meets decides, and no other is tried; an event that meets none stays as it is.
 *
 * - CloudWatch's own first, where it evaluates any alert: see `cloudwatchRules`.
 * - Everywhere: the estate's severity, as a tag of a Datadog event (`severity:SEV-1` or, as on every label, `severity:critical`),
 *   becomes PagerDuty's, as far as the environment allows. Datadog itself knows only its own alert states.
 * - Outside production, last: whatever is not known to be mere information is a warning, even what has no severity, which PagerDuty would
 *   treat as urgent. So nothing outside production pages, whatever a sender says.
 *
 * No rule but CloudWatch's touches the deduplication key: a resolve event has to meet the alert that its trigger opened.
 * Sources: PagerDuty Knowledge Base, Dynamic Notifications, "Severity and Urgency Mapping"; Event Orchestration, "Global and Service
 * Orchestration Rules" (the first rule of a set that matches).
 */
export function eventRules({
  environment,
  services,
}: Pick<EnvironmentEstate, "environment" | "services">): readonly EventRule[] {
  const fromCloudwatch = services.some(tellsByCloudwatch) ? cloudwatchRules(environment) : [];
  const fromTags = scale.map((severity) => ({
    label: `Tagged ${severity}`,
    conditions: [severity, severities[severity].word].map((word) => hasTag(`severity:${word}`)),
    severity: wordIn(environment, severity),
  }));
  if (environment.production) return [...fromCloudwatch, ...fromTags];
  return [
    ...fromCloudwatch,
    ...fromTags,
    {
      label: "Nothing pages outside production",
      conditions: [`not ${isExactly("event.severity", severities["SEV-4"].word)}`],
      severity: wordIn(environment, "SEV-1"),
    },
  ];
}
