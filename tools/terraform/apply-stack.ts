import type { Interruption } from "./interruption";
import type { StackToPlan } from "./plan-stack";
import { runProgram } from "./run-program";
import type { Terraform } from "./terraform";

/** How showing or applying a plan ended; `reason` where it failed. */
export type Applied = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Runs a terraform command of a stack with its output at the user's terminal. */
async function live(
  args: readonly string[],
  { folder, environment }: StackToPlan,
  terraform: Terraform,
  interruption: Interruption,
): Promise<Applied> {
  const title = `terraform ${args[0] ?? ""}`;
  const run = await runProgram({
    title,
    binary: terraform.path,
    args,
    folder,
    environment,
    live: true,
    ...interruption,
  });
  if (!run.ok) return { ok: false, reason: run.error };
  return run.value.code === 0 ? { ok: true } : { ok: false, reason: `${title} ended with exit code ${run.value.code}` };
}

/** Shows a saved plan as terraform shows it. */
export const showPlan = (stack: StackToPlan, terraform: Terraform, interruption: Interruption): Promise<Applied> =>
  live(["show", stack.planFile], stack, terraform, interruption);

/** Applies a saved plan: exactly what was shown, or nothing when the state has changed since. */
export const applyPlan = (stack: StackToPlan, terraform: Terraform, interruption: Interruption): Promise<Applied> =>
  live(["apply", "-input=false", stack.planFile], stack, terraform, interruption);
