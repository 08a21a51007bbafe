import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import type { PrometheusRuleGroup } from "./rule-group";
import { rulesYaml } from "./rule-yaml";
import { prometheusRules } from "./rules";

/** A service's rule file, the same bytes for AMP and for a Prometheus of one's own. */
export interface RuleFile {
  readonly service: ServiceEstate;
  /**
   * AMP's namespace of it: the service's name, and for as long as `renamedFrom` stands the one before. AMP knows a namespace by its
   * name alone and cannot rename it, so that another name is another namespace: the rules would be deleted and created.
   */
  readonly namespace: string;
  readonly content: string;
}

const contentOf = ({ service, environment }: ServiceEstate, groups: readonly PrometheusRuleGroup[]): string =>
  `# Alert rules of ${service.name} in ${environment.name}, generated from the catalog.\n${rulesYaml(groups)}`;

/**
 * The rule files of an environment, one per service that has alerts in Prometheus, so that each is a small unit of change and of
 * `promtool test rules`. AMP and the artifacts ask for the same ones, and YAML is costly.
 */
export const ruleFiles = memoized((estate: EnvironmentEstate): readonly RuleFile[] =>
  estate.services.flatMap((service) => {
    const { name, renamedFrom = name } = service.service;
    const groups = prometheusRules(service);
    return groups.length === 0 ? [] : [{ service, namespace: renamedFrom, content: contentOf(service, groups) }];
  }),
);

/** The rule files as `prometheus/<service>.rules.yaml`, for those who run Prometheus themselves. */
export const prometheusArtifacts = (estate: EnvironmentEstate): readonly Artifact[] =>
  ruleFiles(estate).map(({ service, content }) => ({
    path: `prometheus/${service.service.name}.rules.yaml`,
    content,
  }));
