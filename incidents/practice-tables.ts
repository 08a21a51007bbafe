import { escalationPolicies } from "../constructs/pagerduty/escalation";
import type { Catalog } from "../model/catalog";
import { markdownTable } from "../model/markdown-table";
import { type Severity, severities } from "../model/severity";
import { spokenSeconds } from "../model/spoken-seconds";
import { pageBudgets } from "../model/time-to-page";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(head, rows).join("\n");

const scale: readonly Severity[] = ["SEV-1", "SEV-2", "SEV-3", "SEV-4"];

/** What each severity means, and what it promises. */
export const severityTable = (): string =>
  table(
    ["severity", "meaning", "somebody works on it", "an alert has told within", "reaches"],
    scale.map((severity) => {
      const { meaning, response, urgency } = severities[severity];
      const budget = pageBudgets[severity];
      const reach =
        urgency === "high"
          ? "a page, Slack"
          : urgency === "low"
            ? "PagerDuty without waking anybody, Slack"
            : "Slack, a digest by mail";
      return [severity, meaning, response, budget === undefined ? "no promise" : spokenSeconds(budget), reach];
    }),
  );

/** Who is called, one after the other, for the services of each team. */
export const escalationTable = (catalog: Catalog): string =>
  table(
    ["services of", "tier", "called in turn", "each has", "rounds"],
    escalationPolicies(catalog).map(({ team, tier, levels, loops }) => [
      team,
      String(tier),
      levels.map((level) => level.team).join(", then "),
      spokenSeconds((levels[0]?.delayMinutes ?? 0) * 60),
      String(loops + 1),
    ]),
  );

/** A page with the tables between its marks made anew: `<!-- table: NAME -->` … `<!-- end of table -->`. */
export function withPracticeTables(page: string, catalog: Catalog): string {
  const tables = { severities: severityTable(), escalation: escalationTable(catalog) };
  return Object.entries(tables).reduce(
    (text, [name, made]) =>
      text.replace(
        new RegExp(`(<!-- table: ${name}; npm run docs writes it -->\n).*?(<!-- end of table -->)`, "s"),
        (_, from: string, to: string) => `${from}\n${made}\n\n${to}`,
      ),
    page,
  );
}
