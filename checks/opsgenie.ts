import type { AlertRule } from "../model/alert-rule";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import type { ProbeKind } from "../model/probe";
import { errorRule, finding, inRule, type Rule, warningRule } from "./rule";

const evaluator = errorRule(
  "opsgenie/evaluator",
  "A page by a way that was never built reaches nobody: only Prometheus' alerts find theirs to Opsgenie.",
);
const amp = warningRule(
  "opsgenie/amp",
  "Amazon's alert manager knows SNS and PagerDuty alone; mail to the support team wakes nobody.",
);
const teamName = errorRule("opsgenie/team", "Opsgenie refuses the name of a team, in the middle of a deployment.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [evaluator, amp, teamName];

/** Alarms of CloudWatch all go by the topics that PagerDuty listens to; of the others those alone that page. */
const needsPagerDuty = (rule: AlertRule): boolean =>
  rule.evaluator === "cloudwatch" || (rule.evaluator !== "prometheus" && rule.route.urgency !== undefined);

/** Source: opsgenie/opsgenie, opsgenie_team, validation of `name`. */
const name = /^[A-Za-z0-9 _.-]{1,99}$/;

/** Whose alert on a failing probe finds its way: the blackbox exporter's is one of Prometheus'. */
const reachesOpsgenie: Readonly<Record<ProbeKind, boolean>> = {
  blackbox: true,
  route53: false,
  "cloudwatch-synthetics": false,
  "datadog-synthetics": false,
  "grafana-synthetics": false,
  "sentry-uptime": false,
};

/** What does not reach Opsgenie, where that is the pager. */
export function checkOpsgenie(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  if (estate.onCall.pager !== "opsgenie") return [];
  return [
    ...estate.teams
      .filter((team) => !name.test(team.name))
      .map((team) =>
        finding(
          teamName,
          { file, field: `teams.${team.name}` },
          `"${team.name}" is not a name of a team in Opsgenie`,
          "write letters, digits, spaces, dots, hyphens or underscores, fewer than 100",
        ),
      ),
    ...estate.services.flatMap(({ service, alerts }) =>
      alerts
        .filter(needsPagerDuty)
        .map((rule) =>
          finding(
            evaluator,
            inRule(service, rule.name, "evaluator"),
            `${rule.evaluator} evaluates it, whose alerts do not reach Opsgenie`,
            'let prometheus evaluate it, or keep pager: "pagerduty"',
          ),
        ),
    ),
    ...estate.services.flatMap(({ service, errorAlerts }) =>
      errorAlerts
        .filter(({ route }) => route.urgency !== undefined)
        .map(({ name: alert }) =>
          finding(
            evaluator,
            inRule(service, alert, "errors"),
            "Sentry evaluates it, whose alerts do not reach Opsgenie",
            'make it SEV-4, or keep pager: "pagerduty"',
          ),
        ),
    ),
    ...estate.services.flatMap(({ service, health }) => {
      const others = [...new Set(health?.probes.map(({ kind }) => kind))].filter((kind) => !reachesOpsgenie[kind]);
      return others.map((kind) =>
        finding(
          evaluator,
          { file: service.file, service: service.name, field: "health.probes" },
          `${kind} tells PagerDuty, and does not reach Opsgenie`,
          'let the blackbox exporter ask, whose alert Prometheus evaluates, or keep pager: "pagerduty"',
        ),
      );
    }),
    ...(estate.environment.elastic === undefined
      ? []
      : [
          finding(
            evaluator,
            { file, field: `environments.${estate.environment.name}.elastic` },
            "Kibana's rules on Elasticsearch itself tell PagerDuty, and do not reach Opsgenie",
            'leave elastic out, or keep pager: "pagerduty"',
          ),
        ]),
    finding(
      amp,
      { file, field: "onCall.pager" },
      "pages of Amazon's alert manager go to the support team by mail alone",
      "run Prometheus and Alertmanager yourself with the files below artifacts/, which call Opsgenie",
    ),
  ];
}
