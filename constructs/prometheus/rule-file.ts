import { Document, Scalar, visit } from "yaml";
import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { type PrometheusRuleGroup, prometheusRules } from "./rules";

/** A service's rule file, the same bytes for AMP and for a Prometheus of one's own. */
export interface RuleFile {
  readonly service: ServiceEstate;
  readonly content: string;
}

/** No line is folded, so that a diff shows what changed, and nothing is an alias of another place. */
const yamlOptions = {
  lineWidth: 0,
  aliasDuplicateObjects: false,
  doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
} as const;

/** Texts that Prometheus' YAML reader takes differently or refuses unless quoted: a block that starts with a tab, and controls. */
const needsQuotes = /^\s|[^\P{Control}\n]/u;

function yamlOf(groups: readonly PrometheusRuleGroup[]): string {
  const document = new Document({ groups }, yamlOptions);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && needsQuotes.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString(yamlOptions);
}

const contentOf = ({ service, environment }: ServiceEstate, groups: readonly PrometheusRuleGroup[]): string =>
  `# Alert rules of ${service.name} in ${environment.name}, generated from the catalog.\n${yamlOf(groups)}`;

/** Files by the estate that they are made of: AMP and the artifacts ask for the same ones, and YAML is the costly part. */
const written = new WeakMap<EnvironmentEstate, readonly RuleFile[]>();

/**
 * The rule files of an environment, one per service that has alerts in Prometheus, so that each is a small unit of change and of
 * `promtool test rules`.
 */
export function ruleFiles(estate: EnvironmentEstate): readonly RuleFile[] {
  const known = written.get(estate);
  if (known !== undefined) return known;
  const files = estate.services.flatMap((service) => {
    const groups = prometheusRules(service);
    return groups.length === 0 ? [] : [{ service, content: contentOf(service, groups) }];
  });
  written.set(estate, files);
  return files;
}

/** The rule files as `prometheus/<service>.rules.yaml`, for those who run Prometheus themselves. */
export const prometheusArtifacts = (estate: EnvironmentEstate): readonly Artifact[] =>
  ruleFiles(estate).map(({ service, content }) => ({
    path: `prometheus/${service.service.name}.rules.yaml`,
    content,
  }));
