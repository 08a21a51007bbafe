import { Construct } from "constructs";
import { parseDuration } from "../../model/duration";
import type { ErrorAlertRule } from "../../model/error-alert";
import type { ErrorTracking, Sentry } from "../../model/error-tracking";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { type DefiniteHealth, probeOf } from "../../model/health";
import { inEnvironment } from "../../model/per-environment";
import { checked } from "../../model/result";
import { IntegrationPagerduty } from "../../providers/sentry/integration-pagerduty";
import { IssueAlert } from "../../providers/sentry/issue-alert";
import { Key } from "../../providers/sentry/key";
import { MetricAlert } from "../../providers/sentry/metric-alert";
import { UptimeMonitor } from "../../providers/sentry/uptime-monitor";
import { routingKeyOf } from "../pagerduty/routing-key";
import { literal } from "../terraform/literal";
import { type IssueCondition, issueAlert } from "./issue-alert";
import { metricAlert, type VolumeCondition } from "./metric-alert";
import { projectSlug } from "./project";
import { uptimeName } from "./uptime";

export interface SentryEnvironmentOptions {
  readonly sentry: Sentry;
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed. */
  readonly routingKey: string | undefined;
  /** Internal id of each of Sentry's teams, by name; known only when the on-call stack is deployed. */
  readonly teamIds: Readonly<Record<string, string>>;
}

/** What the alerts of a service end at, and where they stand. */
interface Surroundings {
  readonly organization: string;
  readonly sentry: Sentry;
  readonly environment: string;
  readonly project: string;
  /** Internal id of the owning team. */
  readonly team: string;
  /** Id of the way to PagerDuty; absent where no alert needs it. */
  readonly pagerDuty?: string;
}

/**
 * What Sentry has of one environment: a key for each service, so that an environment that runs wild loses its own events alone; the
 * alerts, which reach whom every other alert of their severity reaches; and addresses that Sentry asks from outside.
 *
 * PagerDuty gets Sentry's events by the environment's orchestration as everybody else's. It names the service of an issue's event in
 * `component`, which is the project's slug; that of a metric alert's stands in its name.
 * Source: getsentry/sentry, `sentry/integrations/pagerduty` (payloads of issues and of metric alerts).
 */
export class SentryEnvironment extends Construct {
  /** DSN (sensitive token) of each service with error tracking: what its SDK reads as `SENTRY_DSN`. */
  readonly dsns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate, options: SentryEnvironmentOptions) {
    super(scope, id);
    const { sentry, routingKey, teamIds } = options;
    const organization = literal(sentry.organization);
    const environment = estate.environment.name;
    const tracked = estate.services.flatMap((service) => {
      const { errors } = service.service;
      return errors === undefined ? [] : [{ service, errors }];
    });
    const pages = tracked.some(({ service }) => service.errorAlerts.some(({ route }) => route.urgency !== undefined));
    const pagerDuty = pages
      ? // Its id begins with a capital, which no service's name does.
        new IntegrationPagerduty(this, "PagerDuty", {
          organization,
          integrationId: literal(sentry.pagerDuty),
          service: literal(environment),
          integrationKey: routingKeyOf(routingKey),
        }).id
      : undefined;
    this.dsns = Object.fromEntries(
      tracked.map(({ service, errors }) => {
        const within = new Construct(this, service.service.name);
        const team = teamIds[service.team.name];
        if (team === undefined) throw new Error(`unchecked value: Sentry has no team ${service.team.name}`);
        const place = {
          ...{
            organization,
            sentry,
            environment: literal(environment),
            project: literal(projectSlug(service.service)),
            team,
          },
          ...(pagerDuty === undefined ? {} : { pagerDuty }),
        };
        addAlerts(within, service, place);
        if (service.health !== undefined) addUptime(within, service.health, place);
        return [service.service.name, addKey(within, errors, place)];
      }),
    );
  }
}

function addKey(scope: Construct, errors: ErrorTracking, { organization, environment, project }: Surroundings): string {
  const key = new Key(scope, "key", {
    organization,
    project,
    name: environment,
    rateLimitCount: inEnvironment(errors.perMinute, environment),
    rateLimitWindow: 60,
  });
  return key.dsn.lookup("public");
}

function addAlerts(scope: Construct, { errorAlerts }: ServiceEstate, place: Surroundings): void {
  for (const rule of errorAlerts) {
    if (rule.when.kind === "volume") addMetricAlert(scope, rule, rule.when, place);
    else addIssueAlert(scope, rule, rule.when, place);
  }
}

function addIssueAlert(scope: Construct, rule: ErrorAlertRule, when: IssueCondition, place: Surroundings): void {
  const { organization, sentry, environment, project, team, pagerDuty } = place;
  const { name, conditions, filters, frequency, severity, notes } = issueAlert(rule, when);
  new IssueAlert(scope, rule.name, {
    organization,
    project,
    environment,
    name: literal(name),
    owner: `team:${team}`,
    actionMatch: "any",
    filterMatch: "all",
    frequency,
    conditionsV2: [...conditions],
    filtersV2: [...filters],
    actionsV2: [
      ...(rule.route.urgency === undefined || pagerDuty === undefined
        ? []
        : [{ pagerdutyNotifyService: { account: literal(sentry.pagerDuty), service: pagerDuty, severity } }]),
      {
        slackNotifyService: {
          workspace: literal(sentry.slack),
          channel: literal(rule.route.slack),
          tags: ["environment", "level", "release"],
          notes: literal(notes),
        },
      },
    ],
  });
}

function addMetricAlert(scope: Construct, rule: ErrorAlertRule, when: VolumeCondition, place: Surroundings): void {
  const { organization, sentry, environment, project, team, pagerDuty } = place;
  const alert = metricAlert(rule, when);
  const above = 0;
  new MetricAlert(scope, rule.name, {
    organization,
    project,
    environment,
    name: literal(alert.name),
    owner: `team:${team}`,
    dataset: "events",
    eventTypes: ["error"],
    query: "",
    aggregate: alert.aggregate,
    timeWindow: alert.timeWindowMinutes,
    thresholdType: above,
    resolveThreshold: alert.resolveThreshold,
    trigger: [
      {
        label: "critical",
        thresholdType: above,
        alertThreshold: alert.threshold,
        resolveThreshold: alert.resolveThreshold,
        action: [
          ...(rule.route.urgency === undefined || pagerDuty === undefined
            ? []
            : [
                {
                  type: "pagerduty",
                  targetType: "specific",
                  targetIdentifier: pagerDuty,
                  integrationId: Number(sentry.pagerDuty),
                  priority: alert.severity,
                },
              ]),
          {
            type: "slack",
            targetType: "specific",
            targetIdentifier: literal(rule.route.slack),
            integrationId: Number(sentry.slack),
          },
        ],
      },
    ],
  });
}

function addUptime(scope: Construct, health: DefiniteHealth, place: Surroundings): void {
  const probe = probeOf(health, "sentry-uptime");
  if (probe === undefined) return;
  const { organization, environment, project, team } = place;
  new UptimeMonitor(scope, "uptime", {
    organization,
    project,
    environment,
    name: literal(uptimeName(health)),
    owner: { teamId: team },
    url: literal(health.url),
    method: "GET",
    intervalSeconds: checked(parseDuration(probe.every)),
    timeoutMs: health.timeoutSeconds * 1000,
    // As many minutes as two probes of the blackbox exporter's alert, so that a lost packet is no issue.
    downtimeThreshold: 3,
    recoveryThreshold: 1,
  });
}
