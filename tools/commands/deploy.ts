import { join } from "node:path";
import type { Command } from "commander";
import { stacksOf } from "../../stacks/stacks";
import { loadCatalog } from "../load-catalog";
import { selectStacks } from "../select-stacks";
import { projectRoot, type Settings } from "../settings";
import { applyPlan, showPlan } from "../terraform/apply-stack";
import { buildStacks } from "../terraform/build-stacks";
import { inTemporaryFolder } from "../terraform/in-temporary-folder";
import { exitCodeOf, type Interruption, interruptible } from "../terraform/interruption";
import { liveStack } from "../terraform/live-plan";
import { heading, problemsText, reportText } from "../terraform/plan-report";
import type { StackToPlan } from "../terraform/plan-stack";
import { planStacks } from "../terraform/plan-stacks";
import { progressOn } from "../terraform/progress";
import { confirm, findTerraform, type Terraform } from "../terraform/terraform";
import { UserError } from "../user-error";

interface DeployOptions {
  readonly catalog?: string;
  readonly yes?: boolean;
}

/** What applying needs beside the stack. */
interface Deployment {
  readonly terraform: Terraform;
  readonly interruption: Interruption;
  readonly yes: boolean;
}

/** Plans a stack, shows the plan, asks, and applies exactly that plan. Returns what was done. */
async function deployStack(stack: StackToPlan, deployment: Deployment): Promise<"applied" | "unchanged"> {
  const { terraform, interruption, yes } = deployment;
  const { name, configuration } = stack;
  const start = performance.now();
  const progress = progressOn(process.stderr);
  const planned = await planStacks([stack], { terraform, interruption, progress, parallelInit: false }).finally(
    progress.stop,
  );
  const plan = planned[0]?.plan;
  if (plan === undefined || plan.kind === "failed") {
    console.error(problemsText(name, plan?.problems ?? []));
    throw new UserError(`${name} has no plan, and nothing was applied to it`);
  }
  if (plan.warnings.length > 0) console.error(`${problemsText(name, plan.warnings)}\n`);
  const shown = await showPlan(stack, terraform, interruption);
  if (!shown.ok) throw new UserError(`${name}: ${shown.reason}; nothing was applied to it`);
  const configurations = new Map([[name, configuration]]);
  console.log(
    `\n${reportText({ mode: "live", terraform, stacks: planned, configurations, milliseconds: performance.now() - start })}\n`,
  );
  if (!plan.changed) return "unchanged";
  if (!yes && !(await confirm(`Apply this plan to ${name}?`, interruption.interrupt)))
    throw new UserError(`nothing was applied to ${name}: no yes was given`);
  const applied = await applyPlan(stack, terraform, interruption);
  if (!applied.ok)
    throw new UserError(
      `${name}: ${applied.reason}; what was applied before is in its state\n  fix: mend what terraform names above, and run the command again`,
    );
  return "applied";
}

async function deploy(
  globs: readonly string[],
  options: DeployOptions,
  { catalog: defaultCatalog, outdir, openTofuUrl }: Settings,
  interruption: Interruption,
  root: string,
): Promise<void> {
  const yes = options.yes === true;
  if (!yes && !process.stdin.isTTY)
    throw new UserError("there is nobody at a terminal to ask\n  fix: give --yes to apply the plans without asking");
  const catalog = loadCatalog(options.catalog ?? defaultCatalog);
  const selected = selectStacks(stacksOf(catalog), globs).map(({ name }) => name);
  const environment = process.env;
  const cacheDir = join(projectRoot, ".cache");
  const terraform = await findTerraform({ environment, cacheDir, releases: openTofuUrl, yes, interruption });
  const stacks = buildStacks(catalog, outdir, selected);
  console.log(`${heading({ mode: "live", terraform })}\n`);
  const done: string[] = [];
  // One after another: a stack's plan reads what those before it have put into their states.
  for (const synthesized of stacks) {
    const { name } = synthesized;
    try {
      const stack = liveStack(synthesized, { catalog, root, environment });
      done.push(`${name} ${await deployStack(stack, { terraform, interruption, yes })}`);
    } catch (error) {
      if (done.length > 0) console.error(`until then: ${done.join(", ")}`);
      throw error;
    }
  }
  console.log(`live deploy: ${done.join(", ")}`);
}

export function addDeploy(program: Command, settings: () => Settings): void {
  program
    .command("deploy")
    .summary("apply stacks with the real providers, after showing the plan and asking")
    .description(
      "Check and build the stacks, and for each in its order: plan with the real providers, credentials and state, show " +
        "the plan, ask, and apply exactly that plan. Credentials come from the providers' environment variables.",
    )
    .argument("<stacks...>", "names or globs of the stacks to deploy")
    .option("--catalog <file>", "the catalog to build from; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--yes", "apply without asking")
    .action(async (globs: readonly string[], options: DeployOptions) => {
      const read = settings();
      const signal = await interruptible(
        async (interruption) => {
          try {
            await inTemporaryFolder((root) => deploy(globs, options, read, interruption, root));
          } catch (error) {
            if (interruption.signal() === undefined) throw error;
            console.error(error instanceof UserError ? error.message : error);
          }
          return interruption.signal();
        },
        (name) => console.error(`\n${name}: waiting for terraform to stop; a second one kills it and may lose state`),
      );
      if (signal === undefined) return;
      console.error("interrupted: what was applied before is in the states");
      process.exitCode = exitCodeOf(signal);
    });
}
