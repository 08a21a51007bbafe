import { join } from "node:path";
import type { Catalog } from "../../model/catalog";
import type { Result } from "../../model/result";
import { type Offline, startOffline } from "../../offline/offline";
import { estateBindings } from "../../offline/schema/bindings";
import { typesInUse } from "../../offline/schema/types-in-use";
import { keepPlannedOutputs, layOutStacks, resolveRemoteStates, type StackCopy } from "../../offline/workspace";
import { projectRoot } from "../settings";
import { UserError } from "../user-error";
import { layDownStates, takeStates } from "./lay-down";
import { configurationOf } from "./place";
import type { StackToPlan } from "./plan-stack";
import { type PlannedStack, type PlanStacks, planStacks } from "./plan-stacks";
import type { SynthesizedFile } from "./synthesized";

export interface OfflinePlan extends Pick<PlanStacks, "terraform" | "interruption" | "progress"> {
  readonly catalog: Catalog;
  /** The stacks to plan, with all that they depend on. */
  readonly stacks: readonly SynthesizedFile[];
  /** The stacks to plan against; without any, everything is created. */
  readonly against: readonly SynthesizedFile[];
  /** An empty folder for everything that is made. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The value, or the error as the user's. */
function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new UserError(result.error);
  return result.value;
}

async function planWith(offline: Offline, plan: OfflinePlan): Promise<readonly PlannedStack[]> {
  const { catalog, stacks, against, root, terraform, interruption, progress } = plan;
  const environment = offline.environment(plan.environment);
  const names = new Set(stacks.map(({ name }) => name));
  const removed = against.filter(({ name }) => !names.has(name));
  const copies = accepted(layOutStacks(join(root, "stacks"), [...stacks, ...removed]));
  if (against.length > 0) {
    progress.note("laying down the state to plan against");
    const states = await layDownStates({
      stacks: against,
      root: join(root, "against"),
      offline,
      terraform,
      environment,
      interruption,
    });
    takeStates(copies, accepted(states));
  }
  const copyOf = new Map(copies.map((copy) => [copy.name, copy]));
  const toPlan = ({ name, dependsOn, text }: SynthesizedFile, copy: StackCopy, isRemoved: boolean): StackToPlan => ({
    name,
    dependsOn: isRemoved ? [] : dependsOn,
    folder: copy.folder,
    environment,
    configuration: configurationOf(isRemoved ? undefined : catalog, text),
    planFile: join(copy.folder, "plan.tfplan"),
    // Nothing can have drifted from a state that nobody applied.
    arguments: ["-refresh=false", ...(isRemoved ? ["-destroy"] : [])],
  });
  const wanted = [
    ...stacks.map((stack) => ({ stack, isRemoved: false })),
    ...removed.map((stack) => ({ stack, isRemoved: true })),
  ].flatMap(({ stack, isRemoved }) => {
    const copy = copyOf.get(stack.name);
    return copy === undefined ? [] : [toPlan(stack, copy, isRemoved)];
  });
  return planStacks(wanted, {
    terraform,
    interruption,
    progress,
    parallelInit: true,
    before: ({ name }) => {
      const copy = copyOf.get(name);
      if (copy !== undefined) resolveRemoteStates(copy, copies);
    },
    after: ({ name }, planned) => {
      const copy = copyOf.get(name);
      if (copy !== undefined && planned.kind === "planned") accepted(keepPlannedOutputs(copy, planned.json));
    },
  });
}

/**
 * Plans stacks with the real terraform and the offline provider: no credentials, no network, no state but a throwaway one.
 * @throws UserError when the providers cannot be served, the disk refuses, or the state to plan against cannot be made.
 */
export async function planOffline(plan: OfflinePlan): Promise<readonly PlannedStack[]> {
  const types = accepted(typesInUse([...plan.stacks, ...plan.against].map(({ text }) => text)));
  const offline = await startOffline({
    providers: estateBindings(projectRoot),
    types,
    cacheDir: join(projectRoot, ".cache", "offline"),
  });
  try {
    return await planWith(offline, plan);
  } finally {
    await offline.stop();
  }
}
