import type { ProviderFacts } from "./facts";

export const datadogFacts: ProviderFacts = { resources: {} };
