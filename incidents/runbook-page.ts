import { markdownTable } from "../model/markdown-table";
import { spokenSeconds } from "../model/spoken-seconds";
import { firstStepsFor } from "./first-steps";
import type { Occurrence, RunbookFacts } from "./runbook-facts";

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
    begin,
    "",
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
    "",
    end,
  ].join("\n");
}

const numbered = (steps: readonly string[]): readonly string[] => steps.map((step, index) => `${index + 1}. ${step}`);

/** A page that nobody has written yet: the facts, and the general first steps for its symptom. */
export function newPage(facts: RunbookFacts): string {
  const [{ rule }] = facts.occurrences;
  const { look, mitigate } = firstStepsFor(rule.symptom);
  return [
    `# ${once(facts.occurrences.map((found) => found.rule.name)).join(", ")}`,
    "",
    factsText(facts),
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
    `Call the next level, and say what you have seen and tried: [Incidents](../incidents.md#escalation). Tell ${rule.route.slack} how it stands.`,
    "",
    "## Afterwards",
    "",
    "What would have made this page shorter, or the alert unnecessary, goes into the [post-mortem](../post-mortem.md).",
    "",
  ].join("\n");
}

/** A page with its facts as they are now and all else as people left it; undefined when the marks of the facts are gone. */
export function refreshed(page: string, facts: RunbookFacts): string | undefined {
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  return from === -1 || to === -1
    ? undefined
    : `${page.slice(0, from)}${factsText(facts)}${page.slice(to + end.length)}`;
}
