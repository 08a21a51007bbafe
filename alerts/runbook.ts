/**
 * Name of an alert's runbook, below the catalog's `runbooks`: the same alert has one, whichever service it is about.
 * CamelCase becomes kebab-case with acronyms kept whole: `HighAPILatency` is `high-api-latency`.
 */
export const runbook = (alert: string): string =>
  alert
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
