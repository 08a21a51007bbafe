import { availableParallelism } from "node:os";
import type { Interruption } from "./interruption";
import { oneAtATime, planStack, type StackPlan, type StackToPlan } from "./plan-stack";
import type { Progress } from "./progress";
import { inOrder } from "./schedule";
import type { Terraform } from "./terraform";

/** What became of a stack. */
export interface PlannedStack {
  readonly name: string;
  readonly plan: StackPlan;
}

export interface PlanStacks {
  readonly terraform: Terraform;
  readonly interruption: Interruption;
  readonly progress: Progress;
  /** Whether inits may run at once: not when they install providers into one cache, which Terraform does not lock. */
  readonly parallelInit: boolean;
  /** Called before each plan of a stack, when all that it depends on are planned. */
  readonly before?: (stack: StackToPlan) => void;
  /** Called after each plan. */
  readonly after?: (stack: StackToPlan, plan: StackPlan) => void;
}

/** Plans stacks in their order, up to one for each core at once. One is not planned when one that it depends on failed. */
export async function planStacks(
  stacks: readonly StackToPlan[],
  options: PlanStacks,
): Promise<readonly PlannedStack[]> {
  const { terraform, interruption, progress, parallelInit, before, after } = options;
  const init = parallelInit ? <T>(work: () => Promise<T>) => work() : oneAtATime();
  const outcomes = await inOrder<StackToPlan, StackPlan>(stacks, {
    limit: availableParallelism(),
    succeeded: ({ kind }) => kind === "planned",
    run: async (stack) => {
      before?.(stack);
      const plan = await planStack(stack, {
        terraform: terraform.path,
        interruption,
        init,
        onStep: (step) => progress.step(stack.name, step),
      });
      after?.(stack, plan);
      progress.done(stack.name, plan.kind === "planned", plan.milliseconds);
      return plan;
    },
  });
  return stacks.flatMap(({ name }, position): readonly PlannedStack[] => {
    const outcome = outcomes[position];
    if (outcome === undefined) return [];
    if (outcome.kind === "done") return [{ name, plan: outcome.result }];
    const summary = `not planned, for ${outcome.because}, which it depends on, has no plan`;
    const problem = { severity: "error", step: "init", summary, detail: "", places: [] } as const;
    return [{ name, plan: { kind: "failed", problems: [problem], milliseconds: 0 } }];
  });
}
