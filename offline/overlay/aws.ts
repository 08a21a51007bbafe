import type { ProviderFacts } from "./facts";

export const awsFacts: ProviderFacts = { resources: {} };
