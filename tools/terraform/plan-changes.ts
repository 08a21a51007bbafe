import { z } from "zod";
import { fail, ok, type Result } from "../../model/result";

/** What terraform would do to a resource. */
export type Action = "create" | "update" | "delete" | "replace" | "no-op" | "move" | "forget";

/** One resource of a plan. */
export interface Change {
  readonly address: string;
  readonly action: Action;
  /** Address that it had in the state, where that was another. */
  readonly previousAddress?: string;
}

/** How many resources of each action. */
export type Counts = Readonly<Record<Action, number>>;

/** The part of `terraform show -json` that is read here (Terraform: "JSON Output Format", plan representation, format 1). */
const plan = z.object({
  format_version: z.string().regex(/^1\./, "it is of another format"),
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        previous_address: z.string().optional(),
        mode: z.enum(["managed", "data"]),
        change: z.object({ actions: z.array(z.string()) }),
      }),
    )
    .default([]),
});

/** Terraform writes a replacement as both steps in their order; a move alone is a no-op with another address before. */
function actionOf(actions: readonly string[], moved: boolean): Action | undefined {
  switch (actions.join(" ")) {
    case "create":
      return "create";
    case "update":
      return "update";
    case "delete":
      return "delete";
    case "create delete":
    case "delete create":
      return "replace";
    case "forget":
      return "forget";
    case "no-op":
      return moved ? "move" : "no-op";
    default:
      return undefined;
  }
}

/** The changes to managed resources in the text of a `plan.json`, in terraform's order. */
export function changesOf(text: string): Result<readonly Change[]> {
  const parsed = plan.safeParse(JSON.parse(text));
  if (!parsed.success)
    return fail(`terraform's plan cannot be read: ${parsed.error.issues.map(({ message }) => message).join("; ")}`);
  const changes: Change[] = [];
  for (const { address, mode, previous_address: previous, change } of parsed.data.resource_changes) {
    if (mode === "data") continue;
    const action = actionOf(change.actions, previous !== undefined);
    if (action === undefined) return fail(`terraform's plan has an unknown action for ${address}: ${change.actions}`);
    changes.push({ address, action, ...(previous === undefined ? {} : { previousAddress: previous }) });
  }
  return ok(changes);
}

/** Counts changes by their action; what is moved and updated counts as updated. */
export function countsOf(changes: readonly Change[]): Counts {
  const count = (wanted: Action): number => changes.filter(({ action }) => action === wanted).length;
  return {
    create: count("create"),
    update: count("update"),
    delete: count("delete"),
    replace: count("replace"),
    "no-op": count("no-op"),
    move: count("move"),
    forget: count("forget"),
  };
}
