import { ampDefinition, withoutDigests } from "../constructs/alertmanager/amp-definition";
import {
  type AlertmanagerConfig,
  alertmanagerConfig,
  promisedReceivers,
  strayAlerts,
} from "../constructs/alertmanager/config";
import { ampAlertManagerLimits } from "../constructs/alertmanager/limits";
import { nodesOf } from "../constructs/alertmanager/routing-tree";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { errorRule, finding, inRule, type Rule } from "./rule";

const unreached = errorRule(
  "routing/unreached",
  "An alert that ends elsewhere than its route says is told to the wrong people.",
);
const size = errorRule(
  "routing/amp-size",
  "AMP refuses a definition that is too large, in the middle of a deployment.",
);
/** A warning: AWS raises these quotas when asked. */
const quota: Rule = {
  id: "routing/amp-quota",
  level: "warning",
  reason: "AMP refuses a definition beyond its quotas until AWS has raised them.",
};

/** Every rule of this family. */
export const rules: readonly Rule[] = [unreached, size, quota];

/** As long as the longest ARN is: that of a secret, whose name may have 512 characters. */
const longestArn = "x".repeat(600);

/** What AMP does not take of a configuration. */
function ampProblems(config: AlertmanagerConfig, { environment }: EnvironmentEstate, file: string): readonly Finding[] {
  const where = { file, field: `environments.${environment.name}` };
  const text = ampDefinition(config, {
    region: environment.region,
    secretArn: longestArn,
    teamTopicArn: () => longestArn,
    summaryTopicArn: () => longestArn,
    pagesTopicArn: longestArn,
    watchdogTopicArn: longestArn,
  });
  const bytes = new TextEncoder().encode(text).length;
  const { definitionBytes, routingNodes, inhibitions } = ampAlertManagerLimits;
  const nodes = nodesOf(withoutDigests(config).route);
  const beyond = (count: number, most: number, what: string): readonly Finding[] =>
    count <= most
      ? []
      : [
          finding(
            quota,
            where,
            `the alert manager of ${environment.name} has ${count} ${what}, more than the ${most} that AMP allows at first`,
            "ask AWS to raise the quota, or divide the environment",
          ),
        ];
  return [
    ...(bytes <= definitionBytes
      ? []
      : [
          finding(
            size,
            where,
            `the alert manager definition of ${environment.name} has ${bytes} bytes, more than ${definitionBytes}`,
            "divide the environment",
          ),
        ]),
    ...beyond(nodes, routingNodes, "nodes of its routing tree"),
    ...beyond(config.inhibitions.length, inhibitions, "inhibition rules"),
  ];
}

/** Alerts that do not arrive, and configurations that AMP does not take. */
export function checkRouting(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const config = alertmanagerConfig(estate);
  // Windows without times are told by their own family.
  if (!config.ok) return [];
  return [
    ...strayAlerts(config.value, estate).map(({ rule, reaches }) => {
      const service = estate.services.find((each) => each.service.name === rule.service)?.service;
      return finding(
        unreached,
        service === undefined ? { file } : inRule(service, rule.name, "name"),
        `in ${rule.environment} the alert reaches ${reaches.join(", ")} instead of ${promisedReceivers(rule, estate.onCall.pager).join(", ")}`,
        "give the service a team of the catalog, and the alert a name that no route of its own has",
      );
    }),
    ...ampProblems(config.value, estate, file),
  ];
}
