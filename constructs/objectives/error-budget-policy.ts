import type { AlertRule } from "../../model/alert-rule";
import type { Artifact } from "../../model/artifact";
import { type DefiniteObjective, leavesOf } from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import type { Sli } from "../../model/objective";
import { plain } from "../../model/quantity";
import { checked, never } from "../../model/result";
import { severities } from "../../model/severity";

/** What an SLI promises, in a sentence. */
function promiseOf({ sli, target, window }: DefiniteObjective): string {
  const share = target.text;
  switch (sli.kind) {
    case "events":
      return `${share} of all requests of any ${window} succeed.`;
    case "latency":
      return `${share} of all requests of any ${window} take at most ${sli.atMost}.`;
    case "freshness":
      return `For ${share} of any ${window} the newest data is at most ${sli.atMost} old.`;
    default:
      return never(sli);
  }
}

/** The budget as a total outage that would spend it all. */
function outageOf({ target, window }: DefiniteObjective): string {
  const minutes = target.value
    .times(-1)
    .plus(1)
    .times(checked(parseDuration(window)))
    .div(60);
  return minutes.lt(120) ? `${plain(minutes.round(1))} minutes` : `${plain(minutes.div(60).round(1))} hours`;
}

const spender: Readonly<Record<Sli["kind"], string>> = {
  events: "failed requests",
  latency: "slow requests",
  freshness: "minutes of old data",
};

/** The alerts that guard the budget of an objective. */
const guards = (objective: string, alerts: readonly AlertRule[]): readonly AlertRule[] =>
  alerts.filter(({ condition }) =>
    leavesOf(condition).some((leaf) => leaf.kind === "burn-rate" && leaf.objective.name === objective),
  );

function guardLine({ name, severity, condition, route, runbook }: AlertRule): string {
  const burn = leavesOf(condition).flatMap((leaf) => (leaf.kind === "burn-rate" ? [leaf] : []))[0];
  const pace =
    burn === undefined
      ? ""
      : `${plain(burn.factor)} times the pace that it lasts for, over ${burn.long} and ${burn.short}`;
  const pager = { high: "a page, ", low: "whoever is on call without a page, " } as const;
  const reaches = `${route.urgency === undefined ? "" : pager[route.urgency]}${route.slack}`;
  return `| [${name}](${runbook}) | ${pace} | ${severity}, ${severities[severity].response} | ${reaches} |`;
}

function objectiveText(objective: DefiniteObjective, alerts: readonly AlertRule[]): string {
  const guarding = guards(objective.name, alerts);
  return [
    `## ${objective.name}`,
    "",
    `${promiseOf(objective)} The error budget is as much as ${outageOf(objective)} of total outage; ${spender[objective.sli.kind]} spend it.`,
    "",
    ...(guarding.length === 0
      ? ["No alert guards it here."]
      : [
          "| alert | the budget burns | severity, response | reaches |",
          "| --- | --- | --- | --- |",
          ...guarding.map(guardLine),
        ]),
    "",
  ].join("\n");
}

/**
 * What a team does with its error budget, in words: the promise, the budget, who is told when it burns, and what happens when it is
 * spent (Google SRE Workbook, "Error Budget Policy"). Undefined for a service without objectives.
 */
export function errorBudgetPolicy({
  service,
  team,
  environment,
  objectives,
  alerts,
}: ServiceEstate): string | undefined {
  if (objectives.length === 0) return undefined;
  return [
    `# Error budget policy of ${service.name} in ${environment.name}`,
    "",
    `${service.description.replace(/\.$/, "")}. Owned by ${team.name} (${team.slack}, ${team.email}).`,
    "",
    ...objectives.map((objective) => objectiveText(objective, alerts)),
    "## While there is budget",
    "",
    `${team.name} releases as it likes. A burn-rate alert is worked on in the time of its severity, and nothing else changes.`,
    "",
    "## When a budget is spent",
    "",
    "- Until it is positive again, only changes that mend reliability or security are released.",
    `- ${team.name} writes a post-mortem of what spent more than a fifth of the budget at once, with one action that prevents it.`,
    "- Spent by a dependency that the team cannot mend, or by a planned maintenance: the team says so in the post-mortem and may go on.",
    "- Spent in two windows in a row: the objective, or the service, is wrong. The team and its users agree on another promise.",
    "",
  ].join("\n");
}

/** The policies as `objectives/<service>.md`. */
export const errorBudgetPolicies = (estate: EnvironmentEstate): readonly Artifact[] =>
  estate.services.flatMap((service) => {
    const content = errorBudgetPolicy(service);
    return content === undefined ? [] : [{ path: `objectives/${service.service.name}.md`, content }];
  });
