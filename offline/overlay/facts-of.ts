import { awsFacts } from "./aws";
import { datadogFacts } from "./datadog";
import { elasticstackFacts } from "./elasticstack";
import type { ProviderFacts } from "./facts";
import { grafanaFacts } from "./grafana";
import { opsgenieFacts } from "./opsgenie";
import { pagerdutyFacts } from "./pagerduty";
import { sentryFacts } from "./sentry";
import { statuspageFacts } from "./statuspage";

const bySource: ReadonlyMap<string, ProviderFacts> = new Map([
  ["registry.terraform.io/hashicorp/aws", awsFacts],
  ["registry.terraform.io/datadog/datadog", datadogFacts],
  ["registry.terraform.io/grafana/grafana", grafanaFacts],
  ["registry.terraform.io/jianyuan/sentry", sentryFacts],
  ["registry.terraform.io/opsgenie/opsgenie", opsgenieFacts],
  ["registry.terraform.io/elastic/elasticstack", elasticstackFacts],
  ["registry.terraform.io/pagerduty/pagerduty", pagerdutyFacts],
  ["registry.terraform.io/sbecker59/statuspage", statuspageFacts],
]);

const none: ProviderFacts = { resources: {} };

/** What is known of a provider beside its bindings; nothing, for one that the estate does not use. */
export const factsOf = (source: string): ProviderFacts => bySource.get(source.toLowerCase()) ?? none;
