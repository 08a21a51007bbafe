import { type ITerraformDependable, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { AlertRule } from "../../model/alert-rule";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { ContactPoint } from "../../providers/grafana/contact-point";
import { MuteTiming } from "../../providers/grafana/mute-timing";
import { RuleGroup, type RuleGroupRule } from "../../providers/grafana/rule-group";
import { routingKeyOf } from "../pagerduty/routing-key";
import { ampLimits } from "../prometheus/limits";
import { literal } from "../terraform/literal";
import { grafanaAlertRule } from "./alert-rule";
import {
  type ContactPoint as ContactPointValue,
  contactPointOf,
  contactPointsOf,
  groupBy,
  notificationTimes,
  pagerDutyEvent,
  slackMessage,
} from "./contact-point";
import { type MuteTiming as MuteTimingValue, mutedIn, muteTimingsOf } from "./mute-timing";

export interface GrafanaAlertRulesOptions {
  /** Uid of each team's folder, by the team's name; may be references to a resource's attribute. */
  readonly folders: ReadonlyMap<string, string>;
  /** The data sources that the rules ask, and that are there before them: a rule without its data source only fails. */
  readonly dataSources: readonly ITerraformDependable[];
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed; none, where another pager was chosen. */
  readonly routingKey: string | undefined;
}

/**
 * Terraform variable with the token of the Slack app that posts the alerts, `xoxb-…`: given as `TF_VAR_slack_bot_token`, so that it
 * is in no file. Only stacks with alerts in Grafana ask for it.
 */
export const slackTokenVariable = "slack_bot_token";

/** Grafana evaluates a rule as often as Prometheus would (`constructs/prometheus/rules.ts`). */
const intervalSeconds = ampLimits.evaluationIntervalSeconds;

const literals = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literal(text)]));

const inGrafana = ({ alerts }: ServiceEstate): readonly AlertRule[] =>
  alerts.filter(({ evaluator }) => evaluator === "grafana");

function ruleOf(
  rule: AlertRule,
  service: ServiceEstate,
  contactPoint: string,
  muteTimings: readonly string[],
): RuleGroupRule {
  const rendered = checked(grafanaAlertRule(rule, service));
  const { uid, title, stages, condition, labels, annotations, noDataState, execErrState } = rendered;
  const { keepFiringFor, missingSeriesEvalsToResolve } = rendered;
  return {
    uid,
    name: literal(title),
    data: stages.map(({ refId, datasourceUid, range, model }) => ({
      refId,
      datasourceUid,
      relativeTimeRange: range,
      model: literal(model),
    })),
    condition,
    for: rendered.for,
    ...(keepFiringFor === undefined ? {} : { keepFiringFor }),
    noDataState,
    execErrState,
    ...(missingSeriesEvalsToResolve === undefined ? {} : { missingSeriesEvalsToResolve }),
    labels: literals(labels),
    annotations: literals(annotations),
    notificationSettings: {
      contactPoint,
      groupBy: [...groupBy],
      ...notificationTimes,
      ...(muteTimings.length === 0 ? {} : { muteTimings: [...muteTimings] }),
    },
  };
}

function addContactPoint(
  scope: Construct,
  { name, pagerDuty, slack }: ContactPointValue,
  routingKey: string | undefined,
  slackToken: string,
): ContactPoint {
  const { details, ...event } = pagerDutyEvent;
  return new ContactPoint(scope, name, {
    name: literal(name),
    // Grafana keeps a contact point from being deleted while a rule names it: the rules go on to their new one first.
    lifecycle: { createBeforeDestroy: true },
    ...(pagerDuty
      ? {
          pagerduty: [
            {
              integrationKey: routingKeyOf(routingKey),
              ...literals(event),
              details: literals(details),
              disableResolveMessage: false,
            },
          ],
        }
      : {}),
    slack: [{ token: slackToken, recipient: literal(slack), ...literals(slackMessage), disableResolveMessage: false }],
  });
}

function addMuteTiming(scope: Construct, { name, intervals }: MuteTimingValue): MuteTiming {
  return new MuteTiming(scope, name.replaceAll(/[^\w-]+/g, "-"), {
    name: literal(name),
    // Grafana keeps a mute timing from being deleted while a rule names it.
    lifecycle: { createBeforeDestroy: true },
    intervals: intervals.map(({ weekdays, times, location }) => ({
      weekdays: [...weekdays],
      times: times.map((time) => ({ ...time })),
      location,
    })),
  });
}

/**
 * The rules that Grafana evaluates, one group for each service in its team's folder, and the contact points at which they end. Every
 * rule names its contact point itself: the notification policies of a Grafana are one tree, and whoever declares it replaces
 * that of everybody else in it.
 *
 * Nothing, where Grafana evaluates no alert. Ids of what is not a service begin with a capital, which no service's name does.
 * @throws Error on what the checks refuse; they run first.
 */
export class GrafanaAlertRules extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, options: GrafanaAlertRulesOptions) {
    super(scope, id);
    const rules = estate.services.flatMap(inGrafana);
    if (rules.length === 0) return;
    const { folders, dataSources, routingKey } = options;
    const token = new TerraformVariable(this, "SlackToken", {
      type: "string",
      sensitive: true,
      description: "Token of the Slack app that posts the alerts of Grafana (xoxb-…)",
    });
    token.overrideLogicalId(slackTokenVariable);

    const points = new Construct(this, "ContactPoints");
    const nameOf = new Map(
      contactPointsOf(rules).map((point) => [
        point.name,
        addContactPoint(points, point, routingKey, token.stringValue).name,
      ]),
    );
    const watched = estate.services
      .filter((service) => inGrafana(service).length > 0)
      .map(({ service }) => service.name);
    const timings = new Construct(this, "MuteTimings");
    const timingNames = new Map(
      muteTimingsOf(estate, watched).map((timing) => [timing.name, addMuteTiming(timings, timing).name]),
    );
    for (const service of estate.services) {
      const own = inGrafana(service);
      const folderUid = folders.get(service.team.name);
      if (own.length === 0 || folderUid === undefined) continue;
      const { name: serviceName, renamedFrom = serviceName } = service.service;
      new RuleGroup(new Construct(this, serviceName), "Rules", {
        // Grafana knows a group by its name alone: another name would be another group.
        name: renamedFrom,
        folderUid,
        intervalSeconds,
        dependsOn: [...dataSources],
        rule: own.map((rule) => {
          const { name } = contactPointOf(rule);
          const muted = mutedIn(estate, serviceName).map((timing) => timingNames.get(timing) ?? timing);
          return ruleOf(rule, service, nameOf.get(name) ?? name, muted);
        }),
      });
    }
  }
}
