import type { ProviderFacts } from "./facts";

export const pagerdutyFacts: ProviderFacts = { resources: {} };
