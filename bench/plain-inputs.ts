import { ampDefinition } from "../constructs/alertmanager/amp-definition";
import { alertmanagerConfig } from "../constructs/alertmanager/config";
import { alertmanagerArtifacts } from "../constructs/alertmanager/self-run";
import { renderDashboard } from "../constructs/grafana/render-dashboard";
import { ruleFiles } from "../constructs/prometheus/rule-file";
import { dashboardsOf } from "../dashboards/grafana/service";
import type { Environment } from "../model/environment";
import { estateOf } from "../model/estate";
import { checked } from "../model/result";
import type { Team } from "../model/team";
import type { Tier } from "../model/tier";
import { generatedCatalog, metricPrefix, ownerOf, owners, serviceName } from "./generate";

/** A long text of one service; every other service's differs by the name alone. */
export interface Template {
  readonly text: string;
  /** The name of the service that the text is of. */
  readonly name: string;
}

/** The texts of one service of a team in an environment. */
export interface TeamTemplates {
  /** Grafana's JSON. */
  readonly dashboard: Template;
  /** Prometheus' YAML. */
  readonly rules: Template;
}

export interface PlainService {
  readonly name: string;
  readonly team: string;
  readonly tier: Tier;
}

/** What the plain loop goes over. */
export interface PlainInputs {
  readonly environments: readonly (Environment & {
    readonly templates: ReadonlyMap<string, TeamTemplates>;
    /** The alert manager definition, with the names of what has an ARN in angle brackets. */
    readonly alertManager: string;
    /** The configuration for an Alertmanager of one's own. */
    readonly alertmanagerFile: string;
  })[];
  readonly teams: readonly Team[];
  readonly services: readonly PlainService[];
}

/** A template with another service's name, and that of its metrics, filled in. */
export const filled = ({ text, name: sample }: Template, name: string): string =>
  text.replaceAll(sample, name).replaceAll(metricPrefix(sample), metricPrefix(name));

/**
 * What the plain loop needs for so many services: lists of names, and the texts that its author would keep as files.
 *
 * The dashboards' JSON, the rule files and the routes are our own output for one service of each team, so that the loop's are the same bytes.
 * Making them is not part of what is measured; filling them in, once for each service and environment, is.
 */
export function plainInputs(services: number): PlainInputs {
  const sample = generatedCatalog(owners.length);
  const environments = sample.environments.map((environment) => {
    const estate = estateOf(sample, environment);
    const templates = ruleFiles(estate).map(({ service, content }) => {
      const { name, team } = service.service;
      const [dashboard = ""] = dashboardsOf(service.service).map((each) => checked(renderDashboard(each, service)));
      return [team, { dashboard: { text: dashboard, name }, rules: { text: content, name } }] as const;
    });
    const [file] = alertmanagerArtifacts(estate);
    return {
      ...environment,
      templates: new Map<string, TeamTemplates>(templates),
      alertManager: ampDefinition(checked(alertmanagerConfig(estate)), {
        region: environment.region,
        secretArn: "<secret>",
        teamTopicArn: (team) => `<alerts-${team}>`,
        summaryTopicArn: (team) => `<summary-${team}>`,
        pagesTopicArn: "<pages>",
        watchdogTopicArn: "<watchdog>",
      }),
      alertmanagerFile: file?.content ?? "",
    };
  });
  return {
    environments,
    teams: sample.teams,
    services: Array.from({ length: services }, (_, index) => ({
      name: serviceName(index + 1),
      ...ownerOf(index + 1),
    })),
  };
}
