import type { ProviderFacts } from "./facts";

export const grafanaFacts: ProviderFacts = { resources: {} };
