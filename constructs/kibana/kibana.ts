import { Construct } from "constructs";
import { elasticOf } from "../../model/elastic";
import type { EnvironmentEstate } from "../../model/estate";
import { ElasticsearchSecurityRoleMapping } from "../../providers/elasticstack/elasticsearch-security-role-mapping";
import { KibanaActionConnector } from "../../providers/elasticstack/kibana-action-connector";
import { KibanaAlertingRule } from "../../providers/elasticstack/kibana-alerting-rule";
import { KibanaDataView } from "../../providers/elasticstack/kibana-data-view";
import { KibanaImportSavedObjects } from "../../providers/elasticstack/kibana-import-saved-objects";
import { KibanaSecurityRole } from "../../providers/elasticstack/kibana-security-role";
import { KibanaSpace } from "../../providers/elasticstack/kibana-space";
import { allStreams } from "../elasticsearch/stream";
import { routingKeyOf } from "../pagerduty/routing-key";
import { literal } from "../terraform/literal";
import { kibanaRolesOf } from "./access";
import { kibanaRulesOf, pagerDutyAction, ruleParameters } from "./rules";
import { dataViewId, importFile, savedObjectsOf } from "./saved-objects";

export interface KibanaOptions {
  /** Routing key (sensitive token) of the environment's PagerDuty event orchestration. */
  readonly routingKey: string | undefined;
}

/** Stands for the routing key until the text around it is escaped. */
const keyHere = "<the routing key>";

/**
 * Everything of an environment in Kibana: a space, the view of all its logs, searches and a dashboard, a role for every team of the access table with
 * the groups that have it, and the rules on what Elasticsearch alone knows. Nothing, for an environment without Elasticsearch.
 */
export class Kibana extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { routingKey }: KibanaOptions) {
    super(scope, id);
    const { environment } = estate;
    const elastic = elasticOf(environment);
    if (elastic === undefined) return;
    const { name } = environment;
    const { spaceId } = new KibanaSpace(this, "Space", {
      spaceId: name,
      name: literal(`Logs of ${name}`),
      description: literal(`What the services of ${name} log`),
    });
    const view = new KibanaDataView(this, "View", {
      spaceId,
      override: true,
      dataView: {
        id: dataViewId(name),
        name: literal(`Logs of ${name}`),
        title: allStreams(name),
        timeFieldName: "@timestamp",
      },
    });
    new KibanaImportSavedObjects(this, "SavedObjects", {
      spaceId,
      overwrite: true,
      fileContents: literal(importFile(savedObjectsOf(estate))),
      dependsOn: [view],
    });
    this.roles(estate, spaceId);
    this.rules(estate, { spaceId, routingKey: routingKeyOf(routingKey), runBy: elastic.runBy, kibana: elastic.kibana });
  }

  /** What each team may do here, and who is of it. */
  private roles(estate: EnvironmentEstate, spaceId: string): void {
    const roles = new Construct(this, "Roles");
    const mappings = new Construct(this, "Mappings");
    for (const { team, name, description, cluster, indices, features, rules } of kibanaRolesOf(estate)) {
      const role = new KibanaSecurityRole(roles, team, {
        name: literal(name),
        description: literal(description),
        elasticsearch: {
          cluster: [...cluster],
          indices: indices.map(({ names, privileges }) => ({ names: [...names], privileges: [...privileges] })),
        },
        kibana: [
          {
            spaces: [spaceId],
            feature: features.map((feature) => ({ name: feature.name, privileges: [...feature.privileges] })),
          },
        ],
      });
      new ElasticsearchSecurityRoleMapping(mappings, team, {
        name: literal(name),
        enabled: true,
        roles: [role.name],
        rules: literal(JSON.stringify(rules)),
      });
    }
  }

  private rules(
    { environment }: EnvironmentEstate,
    of: { readonly spaceId: string; readonly routingKey: string; readonly runBy: string; readonly kibana: string },
  ): void {
    const { spaceId, routingKey, runBy, kibana } = of;
    const connector = new KibanaActionConnector(this, "PagerDuty", {
      spaceId,
      name: literal(`PagerDuty (${environment.name})`),
      connectorTypeId: ".pagerduty",
      config: JSON.stringify({}),
      // PagerDuty's keys are letters and digits, which JSON takes as they are.
      secrets: JSON.stringify({ routingKey: keyHere }).replaceAll(keyHere, () => routingKey),
    }).connectorId;
    const rules = new Construct(this, "Rules");
    for (const rule of kibanaRulesOf(environment)) {
      const action = (event: "trigger" | "resolve"): string =>
        literal(JSON.stringify(pagerDutyAction(rule, { environment, runBy, kibana }, event)));
      new KibanaAlertingRule(rules, rule.key, {
        spaceId,
        name: literal(rule.name),
        ruleTypeId: ".es-query",
        consumer: "stackAlerts",
        interval: "1m",
        params: literal(JSON.stringify(ruleParameters(rule))),
        tags: [`environment:${environment.name}`, `service:${runBy}`].map(literal),
        actions: (
          [
            ["query matched", "trigger"],
            ["recovered", "resolve"],
          ] as const
        ).map(([group, event]) => ({
          group,
          id: connector,
          params: action(event),
          frequency: { notifyWhen: "onActionGroupChange", summary: false },
        })),
      });
    }
  }
}
