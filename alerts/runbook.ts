/** Where the runbooks are; every page is named by its alert. */
const runbooks = "https://runbooks.company.com";

/** CamelCase in kebab-case, with acronyms kept whole: `HighAPILatency` is `high-api-latency`. */
const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

/** URL of an alert's runbook: the same alert has one runbook, whichever service it is about. */
export const runbook = (alert: string): string => `${runbooks}/${kebab(alert)}`;
