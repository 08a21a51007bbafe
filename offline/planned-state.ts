import { z } from "zod";
import { fail, ok, type Result } from "../model/result";
import type { CtyType } from "./schema/provider-schema";

/** The outputs of a plan in JSON. Source: Terraform, JSON output format: plan representation, change representation. */
const plan = z.object({
  output_changes: z
    .record(
      z.string(),
      z.object({
        actions: z.array(z.string()),
        after: z.unknown().optional(),
        after_unknown: z.unknown().optional(),
        after_sensitive: z.unknown().optional(),
      }),
    )
    .default({}),
});

type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value with its unknown parts, which the plan marks with `true` beside it, replaced by a text. */
function known(after: unknown, unknown: unknown, placeholder: string): unknown {
  if (unknown === true) return placeholder;
  if (Array.isArray(unknown)) {
    const values: readonly unknown[] = Array.isArray(after) ? after : [];
    const length = Math.max(values.length, unknown.length);
    return Array.from({ length }, (_, index) => known(values[index] ?? null, unknown[index], placeholder));
  }
  if (!isFields(unknown)) return after ?? null;
  const values = isFields(after) ? after : {};
  const names = new Set([...Object.keys(values), ...Object.keys(unknown)]);
  return Object.fromEntries([...names].map((name) => [name, known(values[name] ?? null, unknown[name], placeholder)]));
}

/** The most exact type of a JSON value. */
function typeOf(value: unknown): CtyType {
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "bool";
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (!isFields(value)) return "dynamic";
  return ["object", Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeOf(inner)]))];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A state file with the outputs that a plan leads to, and nothing else.
 *
 * An output that is unknown as a whole is taken for a text: the plan does not tell its type.
 * @param text The output of `terraform show -json PLAN`.
 * @param placeholder Stands for what only apply makes known.
 */
export function plannedState(text: string, placeholder: string): Result<string> {
  const parsed = plan.safeParse(parseJson(text));
  if (!parsed.success) return fail(`not a plan in JSON: ${parsed.error.issues[0]?.message ?? "no JSON"}`);
  const outputs = Object.entries(parsed.data.output_changes).flatMap(([name, change]) => {
    if (change.actions.includes("delete") && change.actions.length === 1) return [];
    const value = known(change.after, change.after_unknown, placeholder);
    const sensitive = change.after_sensitive !== undefined && change.after_sensitive !== false;
    return [[name, { value, type: typeOf(value), ...(sensitive ? { sensitive } : {}) }]];
  });
  return ok(
    JSON.stringify({
      version: 4,
      terraform_version: "1.0.0",
      serial: 1,
      lineage: "offline",
      outputs: Object.fromEntries(outputs),
      resources: [],
    }),
  );
}
