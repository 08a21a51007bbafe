import { awsFacts } from "./aws";
import { datadogFacts } from "./datadog";
import { elasticstackFacts } from "./elasticstack";
import type { ProviderFacts } from "./facts";
import { grafanaFacts } from "./grafana";
import { pagerdutyFacts } from "./pagerduty";

const bySource: ReadonlyMap<string, ProviderFacts> = new Map([
  ["registry.terraform.io/hashicorp/aws", awsFacts],
  ["registry.terraform.io/datadog/datadog", datadogFacts],
  ["registry.terraform.io/grafana/grafana", grafanaFacts],
  ["registry.terraform.io/elastic/elasticstack", elasticstackFacts],
  ["registry.terraform.io/pagerduty/pagerduty", pagerdutyFacts],
]);

const none: ProviderFacts = { resources: {} };

/** What is known of a provider beside its bindings; nothing, for one that the estate does not use. */
export const factsOf = (source: string): ProviderFacts => bySource.get(source.toLowerCase()) ?? none;
