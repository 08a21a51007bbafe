import pc from "picocolors";
import type { Where } from "../../model/finding";
import { placeText, relativePlace } from "../findings-text";
import { textTable } from "../text-table";
import { type Configuration, placeOfAddress } from "./place";
import { type Action, type Change, type Counts, countsOf } from "./plan-changes";
import type { Problem } from "./plan-stack";
import type { PlannedStack } from "./plan-stacks";
import type { Terraform } from "./terraform";

/** What an offline plan cannot know, since no provider was asked. */
export const unseen = [
  "values that only the provider refuses (most enumerations)",
  "conflicts between arguments",
  "provider defaults",
  "drift",
] as const;

/** What a report is about. */
export interface PlanReport {
  readonly mode: "offline" | "live";
  readonly terraform: Terraform;
  /** What it was planned against, where that is a revision. */
  readonly against?: { readonly revision: string; readonly commit: string };
  readonly stacks: readonly PlannedStack[];
  /** The configuration of each stack, for the places of its changes. */
  readonly configurations: ReadonlyMap<string, Configuration>;
  readonly milliseconds: number;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const sum = (counts: readonly Counts[], action: Action): number =>
  counts.reduce((total, count) => total + count[action], 0);

const always: readonly Action[] = ["create", "update", "delete", "replace", "no-op"];
const sometimes: readonly Action[] = ["move", "forget"];

const signs: Readonly<Record<Action, string>> = {
  create: pc.green("+"),
  update: pc.yellow("~"),
  delete: pc.red("-"),
  replace: pc.red("±"),
  move: pc.cyan("→"),
  forget: pc.yellow("."),
  "no-op": " ",
};

/** At most this many changes of a stack are listed for people; `--json` and `--out` have all. */
const listed = 40;

const placeOf = (configurations: PlanReport["configurations"], stack: string, address: string): Where | undefined => {
  const configuration = configurations.get(stack);
  const where = configuration === undefined ? undefined : placeOfAddress(configuration, address);
  return where === undefined ? undefined : relativePlace(process.cwd(), where);
};

/** The first line: what is planned, with what. */
export function heading({ mode, terraform, against }: Pick<PlanReport, "mode" | "terraform" | "against">): string {
  const program = `${terraform.product} ${terraform.version}`;
  const base = against === undefined ? "" : ` against ${against.revision} (${against.commit.slice(0, 10)})`;
  return mode === "live"
    ? `live plan${base} with ${program}: the real providers, credentials and states`
    : `offline plan${base} with ${program}: no credentials, no network, no real state; it does not see ${unseen.join(", ")}`;
}

function changeLine({ action, address, previousAddress }: Change, where: Where | undefined): string {
  const from = previousAddress === undefined ? "" : ` (was ${previousAddress})`;
  const { field: _, ...place } = where ?? {};
  const text = [place.file ?? "", placeText(place)].filter((part) => part !== "").join(": ");
  return `  ${signs[action]} ${address}${from}${text === "" ? "" : `  ${pc.dim(text)}`}`;
}

/** The changes of stacks that exist already; a stack whose every resource is new needs no list. */
function changeList({ stacks, configurations }: PlanReport): readonly string[] {
  return stacks.flatMap(({ name, plan }) => {
    if (plan.kind === "failed") return [];
    const changes = plan.changes.filter(({ action }) => action !== "no-op");
    if (changes.length === 0 || plan.changes.every(({ action }) => action === "create")) return [];
    const more = changes.length - listed;
    return [
      "",
      pc.bold(name),
      ...changes.slice(0, listed).map((change) => changeLine(change, placeOf(configurations, name, change.address))),
      ...(more > 0 ? [`  … and ${more} more: --json or --out has them all`] : []),
    ];
  });
}

/** Problems for people, each with the places it came from. */
export function problemsText(stack: string, problems: readonly Problem[]): string {
  return problems
    .map(({ severity, step, summary, detail, places }) => {
      const level = severity === "error" ? pc.red("error") : pc.yellow("warning");
      const lines = [`${level}  ${pc.bold(stack)}, ${step}: ${summary}`];
      for (const where of places) {
        const relativeWhere = relativePlace(process.cwd(), where);
        const text = [relativeWhere.file ?? "", placeText(relativeWhere)].filter((part) => part !== "").join(": ");
        lines.push(`         ${pc.dim("in")} ${text}`);
      }
      if (detail !== "") lines.push(...detail.split("\n").map((line) => `         ${line}`));
      return lines.join("\n");
    })
    .join("\n\n");
}

const countsOfStack = ({ plan }: PlannedStack): Counts => countsOf(plan.kind === "planned" ? plan.changes : []);

/** The report for people, without its first line. */
export function reportText(report: PlanReport): string {
  const { mode, stacks, milliseconds } = report;
  const counts = stacks.map(countsOfStack);
  const actions = [...always, ...sometimes.filter((action) => sum(counts, action) > 0)];
  const rows = stacks.map(({ name, plan }, position) =>
    plan.kind === "failed"
      ? [name, ...actions.map(() => "-"), pc.red("failed")]
      : [name, ...actions.map((action) => counts[position]?.[action] ?? 0), seconds(plan.milliseconds)],
  );
  const failures = stacks.filter(({ plan }) => plan.kind === "failed").length;
  const changes = actions
    .filter((action) => action !== "no-op" && sum(counts, action) > 0)
    .map((action) => `${sum(counts, action)} to ${action}`);
  const nothing = failures > 0 && failures === stacks.length ? "nothing planned" : "no changes";
  const result = changes.length === 0 ? nothing : changes.join(", ");
  const failed = failures === 0 ? "" : `, ${failures} of ${stacks.length} stacks without a plan`;
  const not = mode === "offline" ? `; not seen: ${unseen.join(", ")}` : "";
  return [
    textTable(["stack", ...actions, "time"], rows),
    ...changeList(report),
    "",
    `${mode} plan: ${result}${failed}, in ${seconds(milliseconds)}${not}`,
  ].join("\n");
}

/** The report for programs: one document. */
export function reportJson({ mode, terraform, against, stacks, configurations, milliseconds }: PlanReport): object {
  const problemJson = ({ places, ...problem }: Problem) => ({
    ...problem,
    places: places.map((where) => relativePlace(process.cwd(), where)),
  });
  return {
    mode,
    ...(mode === "offline" ? { unseen } : {}),
    terraform: { product: terraform.product, version: terraform.version },
    ...(against === undefined ? {} : { against }),
    ok: stacks.every(({ plan }) => plan.kind === "planned"),
    changed: stacks.some(({ plan }) => plan.kind === "planned" && plan.changed),
    stacks: stacks.map(({ name, plan }) => {
      const ms = Math.round(plan.milliseconds);
      if (plan.kind === "failed") return { name, ok: false, ms, problems: plan.problems.map(problemJson) };
      return {
        name,
        ok: true,
        changed: plan.changed,
        ...countsOf(plan.changes),
        ms,
        resources: plan.changes
          .filter(({ action }) => action !== "no-op")
          .map((change) => {
            const place = placeOf(configurations, name, change.address);
            return { ...change, ...(place === undefined ? {} : { place }) };
          }),
        problems: plan.warnings.map(problemJson),
      };
    }),
    ms: Math.round(milliseconds),
  };
}
