import { z } from "zod";
import { fail, ok, type Result } from "../../model/result";
import { valueOfJson } from "../protocol/state-json";
import { isList, isObject, type ObjectValue, type Value } from "../protocol/value";

/** A resource or data source of a stack, as its configuration has it. */
export interface Declared {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** Its arguments, templates and all, without what Terraform itself reads. */
  readonly body: ObjectValue;
  readonly dependsOn: readonly string[];
  readonly createBeforeDestroy: boolean;
}

/** An output of a stack. */
export interface DeclaredOutput {
  readonly value: Value;
  readonly sensitive: boolean;
}

/** What of a stack decides its state. */
export interface DeclaredStack {
  /** By address. */
  readonly resources: ReadonlyMap<string, Declared>;
  readonly outputs: ReadonlyMap<string, DeclaredOutput>;
}

/** Meta-arguments that make another number of instances, or other ones, than one. */
const refused = ["count", "for_each", "provider", "provisioner", "connection"];
const meta = new Set(["//", "depends_on", "lifecycle", ...refused]);

/** Parts of a configuration that decide values and that only Terraform evaluates. */
const refusedParts = ["module", "locals", "variable", "import", "removed"];

const lifecycle = z.object({ create_before_destroy: z.boolean() }).partial();

const entriesOf = (value: Value | undefined): readonly (readonly [string, Value])[] =>
  value !== undefined && isObject(value) ? Object.entries(value) : [];

function declared(mode: "managed" | "data", type: string, name: string, body: Value): Result<Declared> {
  if (!isObject(body)) return fail(`${type}.${name} is no object`);
  const strange = refused.find((argument) => Object.hasOwn(body, argument));
  if (strange !== undefined) return fail(`${type}.${name} has "${strange}"`);
  const { depends_on: dependsOn = [], lifecycle: cycle = {} } = body;
  return ok({
    mode,
    type,
    name,
    body: Object.fromEntries(Object.entries(body).filter(([argument]) => !meta.has(argument))),
    dependsOn: isList(dependsOn) ? dependsOn.map(String) : [],
    createBeforeDestroy: lifecycle.safeParse(isList(cycle) ? cycle[0] : cycle).data?.create_before_destroy === true,
  });
}

/**
 * Reads a `cdk.tf.json`. Fails, naming the first, for what only Terraform evaluates: `count`, `for_each`, modules, variables,
 * aliased providers.
 */
export function readStack(text: string): Result<DeclaredStack> {
  const json = valueOfJson(text);
  if (!isObject(json)) return fail("the stack is no JSON object");
  const strange = refusedParts.find((part) => entriesOf(json[part]).length > 0);
  if (strange !== undefined) return fail(`the stack has "${strange}"`);
  const resources = new Map<string, Declared>();
  for (const [part, mode] of [
    ["resource", "managed"],
    ["data", "data"],
  ] as const) {
    for (const [type, named] of entriesOf(json[part])) {
      for (const [name, body] of entriesOf(named)) {
        const one = declared(mode, type, name, body);
        if (!one.ok) return one;
        resources.set(`${mode === "data" ? "data." : ""}${type}.${name}`, one.value);
      }
    }
  }
  const outputs = entriesOf(json["output"]).map(([name, output]): [string, DeclaredOutput] => [
    name,
    isObject(output)
      ? { value: output["value"] ?? null, sensitive: output["sensitive"] === true }
      : { value: null, sensitive: false },
  ]);
  return ok({
    resources,
    outputs: new Map(outputs),
  });
}
