import { z } from "zod";
import { fail, ok, type Result } from "../../model/result";
import type { TypesInUse } from "../offline";

const named = z.record(z.string(), z.unknown()).default({});

/** A stack: Terraform's JSON configuration syntax, of which only the types are read. */
const configuration = z.object({
  resource: named,
  data: named,
  import: z
    .union([z.array(z.object({ to: z.string() })), z.object({ to: z.string() }).transform((only) => [only])])
    .default([]),
});

/** A state: Terraform's state file, version 4. Types that only it has are needed to plan their end. */
const state = z.object({
  version: z.literal(4),
  resources: z.array(z.object({ mode: z.enum(["managed", "data"]), type: z.string() })),
});

interface Names {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

function namesIn(json: unknown): Result<Names> {
  const stored = state.safeParse(json);
  if (stored.success) {
    const typesOf = (mode: string) =>
      stored.data.resources.filter((resource) => resource.mode === mode).map(({ type }) => type);
    return ok({ resources: typesOf("managed"), dataSources: typesOf("data") });
  }
  const stack = configuration.safeParse(json);
  if (!stack.success) return fail(`neither a stack nor a state: ${stack.error.issues[0]?.message ?? ""}`);
  const imported = stack.data.import.map(({ to }) => to.split(".")[0] ?? "");
  return ok({
    resources: [...Object.keys(stack.data.resource), ...imported],
    dataSources: Object.keys(stack.data.data),
  });
}

/**
 * The resource and data source types that texts of `cdk.tf.json` and of state files name.
 * @returns an error for a text that is neither.
 */
export function typesInUse(texts: readonly string[]): Result<TypesInUse> {
  const resources = new Set<string>();
  const dataSources = new Set<string>();
  for (const text of texts) {
    const names = namesIn(parsed(text));
    if (!names.ok) return names;
    for (const type of names.value.resources) resources.add(type);
    for (const type of names.value.dataSources) dataSources.add(type);
  }
  return ok({ resources, dataSources });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
