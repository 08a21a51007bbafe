import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import type { Catalog } from "../../model/catalog";
import { reasonOf } from "../../model/caught";
import { stacksOf } from "../../stacks/stacks";
import { loadCatalog } from "../load-catalog";
import { selectStacks } from "../select-stacks";
import { projectRoot, type Settings } from "../settings";
import { buildStacks } from "../terraform/build-stacks";
import { inTemporaryFolder } from "../terraform/in-temporary-folder";
import { exitCodeOf, type Interruption, interruptible } from "../terraform/interruption";
import { planLive } from "../terraform/live-plan";
import { planOffline } from "../terraform/offline-plan";
import { configurationOf } from "../terraform/place";
import { heading, type PlanReport, problemsText, reportJson, reportText } from "../terraform/plan-report";
import type { PlannedStack } from "../terraform/plan-stacks";
import { type Progress, progressOn } from "../terraform/progress";
import { type SynthesizedRevision, synthesizeRevision } from "../terraform/revision";
import { type SynthesizedFile, withDependencies } from "../terraform/synthesized";
import { findTerraform, type Terraform } from "../terraform/terraform";
import { UserError } from "../user-error";

interface PlanOptions {
  readonly catalog?: string;
  readonly live?: boolean;
  readonly against?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly detailedExitcode?: boolean;
  readonly yes?: boolean;
}

/** Exit code of `--detailed-exitcode` when there are changes, as terraform has it. */
const changedCode = 2;

/** Everything that a plan needs, settled. */
interface Wanted {
  readonly options: PlanOptions;
  readonly globs: readonly string[];
  readonly catalogFile: string;
  readonly settings: Settings;
  readonly interruption: Interruption;
}

/** A plan of some stacks, and what it was made of. */
interface Made {
  readonly planned: readonly PlannedStack[];
  readonly stacks: readonly SynthesizedFile[];
}

async function makeOffline(
  wanted: Wanted,
  terraform: Terraform,
  catalog: Catalog,
  against: SynthesizedRevision | undefined,
  root: string,
  progress: Progress,
): Promise<Made> {
  const known = stacksOf(catalog);
  const gone = (against?.stacks ?? []).filter(({ name }) => !known.some((stack) => stack.name === name));
  const selected = selectStacks([...known, ...gone], wanted.globs).map(({ name }) => name);
  // A stack is planned as if those that it depends on were deployed, so they are planned too.
  const needed = withDependencies(known, selected);
  const stacks = buildStacks(
    catalog,
    join(root, "out"),
    known.flatMap(({ name }) => (needed.has(name) ? [name] : [])),
  );
  const base = against?.stacks ?? [];
  const baseNeeded = withDependencies(base, [...needed]);
  const planned = await planOffline({
    catalog,
    stacks,
    against: base.filter(({ name }) => baseNeeded.has(name)),
    root,
    environment: process.env,
    terraform,
    interruption: wanted.interruption,
    progress,
  });
  return { planned: planned.filter(({ name, plan }) => selected.includes(name) || plan.kind === "failed"), stacks };
}

async function makeLive(
  { globs, settings, interruption }: Wanted,
  terraform: Terraform,
  catalog: Catalog,
  root: string,
  progress: Progress,
): Promise<Made> {
  const selected = selectStacks(stacksOf(catalog), globs).map(({ name }) => name);
  const stacks = buildStacks(catalog, settings.outdir, selected);
  const environment = process.env;
  return { planned: await planLive({ catalog, stacks, root, environment, terraform, interruption, progress }), stacks };
}

/** Keeps `terraform show -json` of every stack. */
function keepPlans(folder: string, planned: readonly PlannedStack[]): void {
  try {
    for (const { name, plan } of planned) {
      if (plan.kind === "failed") continue;
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "plan.json"), plan.json);
    }
  } catch (error) {
    throw new UserError(`cannot write to ${folder}: ${reasonOf(error)}`);
  }
}

function tell(report: PlanReport, { json }: PlanOptions): void {
  if (json === true) {
    console.log(JSON.stringify(reportJson(report)));
    return;
  }
  for (const { name, plan } of report.stacks) {
    const problems = plan.kind === "failed" ? plan.problems : plan.warnings;
    if (problems.length > 0) console.error(`\n${problemsText(name, problems)}`);
  }
  console.log(reportText(report));
}

/** The estate to plan against. Its progress is a line of its own, gone before the heading is printed. */
async function synthesizeBase(
  { catalogFile, interruption }: Wanted,
  revision: string,
  root: string,
): Promise<SynthesizedRevision> {
  const progress = progressOn(process.stderr);
  return await synthesizeRevision({
    revision,
    catalog: resolve(catalogFile),
    folder: join(root, "revision"),
    environment: process.env,
    interruption,
    note: progress.note,
  }).finally(progress.stop);
}

async function run(wanted: Wanted, root: string): Promise<void> {
  const start = performance.now();
  const { options, catalogFile, interruption } = wanted;
  const mode = options.live === true ? "live" : "offline";
  const catalog = loadCatalog(catalogFile);
  const terraform = await findTerraform({
    environment: process.env,
    cacheDir: join(projectRoot, ".cache"),
    releases: wanted.settings.openTofuUrl,
    yes: options.yes === true,
    interruption,
  });
  const against = options.against === undefined ? undefined : await synthesizeBase(wanted, options.against, root);
  if (options.json !== true)
    console.log(`${heading({ mode, terraform, ...(against === undefined ? {} : { against }) })}\n`);
  const progress = progressOn(process.stderr);
  try {
    const { planned, stacks } =
      mode === "live"
        ? await makeLive(wanted, terraform, catalog, root, progress)
        : await makeOffline(wanted, terraform, catalog, against, root, progress);
    progress.stop();
    if (interruption.signal() !== undefined) return;
    if (options.out !== undefined) keepPlans(resolve(options.out), planned);
    const report: PlanReport = {
      mode,
      terraform,
      ...(against === undefined ? {} : { against: { revision: against.revision, commit: against.commit } }),
      stacks: planned,
      configurations: new Map(stacks.map(({ name, text }) => [name, configurationOf(catalog, text)])),
      milliseconds: performance.now() - start,
    };
    tell(report, options);
    if (planned.some(({ plan }) => plan.kind === "failed")) process.exitCode = 1;
    else if (options.detailedExitcode === true && planned.some(({ plan }) => plan.kind === "planned" && plan.changed))
      process.exitCode = changedCode;
  } finally {
    progress.stop();
  }
}

export function addPlan(program: Command, settings: () => Settings): void {
  program
    .command("plan")
    .summary("what Terraform would change, with or without credentials")
    .description(
      "Check and build the stacks, and plan them with the real Terraform. Without --live it is an offline plan: no " +
        "credentials, no network, no real state; the providers are stood in for by their schemas.",
    )
    .argument("[stacks...]", "names or globs of the stacks to plan; default: all")
    .option("--catalog <file>", "the catalog to build from; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--against <revision>", "plan against the estate of a git revision, as if that were deployed")
    .option("--live", "plan with the real providers, credentials and states")
    .option("--out <folder>", "keep the plan of each stack there, as <stack>/plan.json; it may hold secrets")
    .option("--detailed-exitcode", "exit code 2 when there are changes")
    .option("--yes", "download OpenTofu without asking when there is no terraform")
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action(async (globs: readonly string[], options: PlanOptions) => {
      if (options.live === true && options.against !== undefined)
        throw new UserError("--live plans against the real state, --against against a revision: choose one of them");
      const read = settings();
      const signal = await interruptible(
        async (interruption) => {
          const wanted: Wanted = {
            options,
            globs: globs.length > 0 ? globs : read.stacks,
            catalogFile: options.catalog ?? read.catalog,
            settings: read,
            interruption,
          };
          try {
            await inTemporaryFolder((root) => run(wanted, root));
          } catch (error) {
            // What broke off because of the signal is no news.
            if (interruption.signal() === undefined) throw error;
          }
          return interruption.signal();
        },
        (name) => console.error(`\n${name}: waiting for terraform to stop; a second one kills it`),
      );
      if (signal === undefined) return;
      console.error("interrupted: nothing was changed, and nothing is left behind");
      process.exitCode = exitCodeOf(signal);
    });
}
