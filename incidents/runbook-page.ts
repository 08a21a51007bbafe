import { markdownTable } from "../model/markdown-table";
import { spokenSeconds } from "../model/spoken-seconds";
import { type FirstSteps, firstStepsFor } from "./first-steps";
import type { Occurrence, RunbookFacts } from "./runbook-facts";

/** A page that alerts lead to. */
export interface RunbookPage {
  /** Its name, below the catalog's `runbooks`. */
  readonly page: string;
  /** Names of those alerts, each once. */
  readonly alerts: readonly string[];
  /** How many they are, counted in each service and environment. */
  readonly occurrences: number;
  /** What the catalog says of them, in Markdown. */
  readonly facts: string;
  /** What it begins with. */
  readonly steps: FirstSteps;
  /** Channel that hears of it first. */
  readonly slack: string;
}

const begin = "<!-- facts: written by `estate runbooks --write`; what people know stands below them -->";
const end = "<!-- end of the facts -->";

/** Stands in a page until somebody of its team has read and completed it. */
export const unreviewed =
  "_Nobody has reviewed this page yet: its steps are general ones. Whoever completes it deletes this line._";

const head = [
  "alert",
  "service",
  "environment",
  "severity",
  "condition",
  "holds",
  "evaluated by",
  "told within",
  "tells",
];

const row = ({ rule, condition, toldWithinSeconds, calls }: Occurrence): readonly string[] => [
  rule.name,
  rule.service,
  rule.environment,
  rule.severity,
  condition,
  spokenSeconds(rule.forSeconds),
  rule.evaluator,
  spokenSeconds(toldWithinSeconds),
  [...(calls.length === 0 ? [] : [`a page: ${calls.join(", then ")}`]), rule.route.slack].join("; "),
];

/** Each text once, in order. */
const once = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** The facts of one of several services: production's, which are met first. */
const perService = ({ occurrences }: RunbookFacts): readonly Occurrence[] =>
  occurrences.filter(({ rule }, at) => occurrences.findIndex((other) => other.rule.service === rule.service) === at);

function factsText(facts: RunbookFacts): string {
  const [{ rule }] = facts.occurrences;
  const services = perService(facts);
  const needs = services.filter(({ dependsOn }) => dependsOn.length > 0);
  const queries = facts.occurrences.filter(
    ({ query, rule: { environment } }) => query !== undefined && environment === rule.environment,
  );
  return [
    ...once(
      facts.occurrences.map(
        (found) =>
          `> ${found.rule.summary}${found.rule.description === undefined ? "" : ` — ${found.rule.description}`}`,
      ),
    )
      .join("\n>\n")
      .split("\n"),
    "",
    ...markdownTable(head, facts.occurrences.map(row)),
    "",
    ...services.map(
      ({ rule: { service, dashboard, environment } }) => `- Dashboard of ${service}, ${environment}: <${dashboard}>`,
    ),
    ...services.map(
      ({ rule: { service, environment }, follow }) =>
        `- Failures of ${service}, ${environment}, as they are logged: \`${follow.tail}\`, or at once \`${follow.liveTail}\``,
    ),
    ...needs.map(({ rule: { service }, dependsOn }) => `- ${service} cannot work without ${dependsOn.join(", ")}`),
    ...once(queries.map(({ query }) => query ?? "")).flatMap((query) => ["", "```promql", query, "```"]),
  ].join("\n");
}

/** The page of alerts that are evaluated as rules. */
export function alertPage(facts: RunbookFacts): RunbookPage {
  const [{ rule }] = facts.occurrences;
  return {
    page: facts.page,
    alerts: once(facts.occurrences.map((found) => found.rule.name)),
    occurrences: facts.occurrences.length,
    facts: factsText(facts),
    steps: firstStepsFor(rule.symptom),
    slack: rule.route.slack,
  };
}

/** One page for those of one name, in the order in which they come. */
export function onePerName(pages: readonly RunbookPage[]): readonly RunbookPage[] {
  const named = new Map<string, RunbookPage>();
  for (const page of pages) {
    const known = named.get(page.page);
    named.set(
      page.page,
      known === undefined
        ? page
        : {
            ...known,
            alerts: once([...known.alerts, ...page.alerts]),
            occurrences: known.occurrences + page.occurrences,
            facts: `${known.facts}\n\n${page.facts}`,
          },
    );
  }
  return [...named.values()].sort((a, b) => (a.page < b.page ? -1 : 1));
}

const marked = ({ facts }: RunbookPage): string => [begin, "", facts, "", end].join("\n");

const numbered = (steps: readonly string[]): readonly string[] => steps.map((step, index) => `${index + 1}. ${step}`);

/** A page that nobody has written yet: the facts, and the general first steps. */
export function newPage(page: RunbookPage): string {
  const { look, mitigate } = page.steps;
  return [
    `# ${page.alerts.join(", ")}`,
    "",
    marked(page),
    "",
    unreviewed,
    "",
    "## Look",
    "",
    ...numbered(look),
    "",
    "## Mitigate",
    "",
    ...mitigate.map((step) => `- ${step}`),
    "",
    "## When it does not help",
    "",
    `Call the next level, and say what you have seen and tried: [Incidents](../incidents.md#escalation). Tell ${page.slack} how it stands.`,
    "",
    "## Afterwards",
    "",
    "What would have made this page shorter, or the alert unnecessary, goes into the [post-mortem](../post-mortem.md).",
    "",
  ].join("\n");
}

/** A page with its facts as they are now and all else as people left it; undefined when the marks of the facts are gone. */
export function refreshed(text: string, page: RunbookPage): string | undefined {
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  return from === -1 || to === -1 ? undefined : `${text.slice(0, from)}${marked(page)}${text.slice(to + end.length)}`;
}
