import { ampLimits } from "../constructs/prometheus/limits";
import { ruleFiles } from "../constructs/prometheus/rule-file";
import { prometheusRules } from "../constructs/prometheus/rules";
import { DATADOG_LIMITS } from "../languages/datadog/limits";
import type { Catalog } from "../model/catalog";
import { leavesOf } from "../model/definite-condition";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { errorRule, finding, inService, type Rule, warningRule } from "./rule";

const rulesOfWorkspace = warningRule(
  "quota/amp-rules",
  "Amazon Managed Prometheus refuses the rules beyond a workspace's quota, in the middle of a deployment.",
);
const ruleFile = errorRule(
  "quota/amp-rule-file",
  "Amazon Managed Prometheus takes no larger rule file, and this quota cannot be raised.",
);
const ruleNames = errorRule(
  "quota/amp-names",
  "Amazon Managed Prometheus refuses a rule group namespace whose name, with a group's, is too long.",
);
const logMonitors = warningRule(
  "quota/datadog-log-monitors",
  "Datadog refuses log monitors beyond the quota of an account.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [rulesOfWorkspace, ruleFile, ruleNames, logMonitors];

const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

function ofRuleFile(estate: ServiceEstate, content: string): readonly Finding[] {
  const { service } = estate;
  const groups = prometheusRules(estate);
  const { ruleFileBytes, namespaceNameLength, namespaceAndGroupNameBytes } = ampLimits;
  const size = bytes(content);
  const longest = Math.max(...groups.map(({ name }) => bytes(service.name) + bytes(name)));
  return [
    ...(size > ruleFileBytes
      ? [
          finding(
            ruleFile,
            inService(service, "alerts"),
            `the rules are ${size} bytes, and a rule file may be ${ruleFileBytes}`,
            "divide the service, or move alerts to another evaluator",
          ),
        ]
      : []),
    ...(service.name.length > namespaceNameLength || longest > namespaceAndGroupNameBytes
      ? [
          finding(
            ruleNames,
            inService(service, "name"),
            `the name has ${service.name.length} characters; a rule group namespace's may have ${namespaceNameLength}, and with a group's ${namespaceAndGroupNameBytes} bytes`,
            "give the service a shorter name",
          ),
        ]
      : []),
  ];
}

/** What the systems that receive an environment accept at the most. */
export function checkQuotas(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const { environment, services } = estate;
  const at = { file, field: `environments.${environment.name}` };
  const count = services.flatMap(prometheusRules).reduce((sum, group) => sum + group.rules.length, 0);
  const logs = services
    .flatMap(({ alerts }) => alerts)
    .filter(
      ({ evaluator, condition }) =>
        evaluator === "datadog" &&
        leavesOf(condition).some((leaf) => "expression" in leaf && leaf.expression.kind === "log-count"),
    ).length;
  return [
    ...(count > ampLimits.rulesPerWorkspace
      ? [
          finding(
            rulesOfWorkspace,
            at,
            `${environment.name} has ${count} rules, and a workspace takes ${ampLimits.rulesPerWorkspace} by default`,
            'have the quota "Rules per workspace" raised before you deploy, or divide the environment',
          ),
        ]
      : []),
    ...(logs > DATADOG_LIMITS.logMonitorsPerAccount
      ? [
          finding(
            logMonitors,
            at,
            `${environment.name} has ${logs} log monitors, and an account may have ${DATADOG_LIMITS.logMonitorsPerAccount}`,
            "have the quota raised, or count what the logs say with a metric",
          ),
        ]
      : []),
    ...ruleFiles(estate).flatMap(({ service, content }) => ofRuleFile(service, content)),
  ];
}
