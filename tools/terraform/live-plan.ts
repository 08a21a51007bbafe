import { join } from "node:path";
import type { Catalog } from "../../model/catalog";
import { configurationOf } from "./place";
import type { StackToPlan } from "./plan-stack";
import { type PlannedStack, type PlanStacks, planStacks } from "./plan-stacks";
import type { SynthesizedFile } from "./synthesized";

export interface LivePlan extends Pick<PlanStacks, "terraform" | "interruption" | "progress"> {
  readonly catalog: Catalog;
  readonly stacks: readonly SynthesizedFile[];
  /** An empty folder for the plans, which may hold secrets. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A stack, planned where it stands with the user's own environment. */
export const liveStack = (
  { name, dependsOn, folder, text }: SynthesizedFile,
  { catalog, root, environment }: Pick<LivePlan, "catalog" | "root" | "environment">,
): StackToPlan => ({
  name,
  dependsOn,
  folder,
  environment: { ...environment, TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
  configuration: configurationOf(catalog, text),
  planFile: join(root, `${name}.tfplan`),
  arguments: [],
});

/** Plans stacks with the real providers, in the folders that they were synthesized to. */
export const planLive = (plan: LivePlan): Promise<readonly PlannedStack[]> =>
  planStacks(
    plan.stacks.map((stack) => liveStack(stack, plan)),
    { ...plan, parallelInit: false },
  );
