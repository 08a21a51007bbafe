import { fail, ok, type Result } from "../../model/result";
import type { ProviderInUse } from "../offline";
import { isObject, type ObjectValue, type Value } from "../protocol/value";
import { applied, seedOf } from "../provider/apply";
import { planned, withUnknowns } from "../provider/plan";
import type { Block, Schema } from "../schema/provider-schema";
import { localName } from "../schema/provider-schemas";
import { type Evaluated, evaluate, type Lookup, partAt } from "./evaluate";
import { referencesIn } from "./references";
import type { Declared, DeclaredStack } from "./stack";
import type { Step } from "./template";
import { canonical, typedBlock } from "./typed-value";

/** A resource after apply. */
export interface AppliedResource {
  readonly declared: Declared;
  readonly provider: ProviderInUse;
  readonly schema: Schema;
  readonly value: ObjectValue;
  /** Paths of the values that the configuration calls sensitive. */
  readonly sensitive: readonly (readonly Step[])[];
  /** Addresses of all resources that it needs, directly or through others, in order. */
  readonly dependencies: readonly string[];
}

export interface AppliedStack {
  readonly resources: readonly AppliedResource[];
  readonly outputs: ReadonlyMap<string, Evaluated>;
}

export interface AppliedStackOptions {
  /** See `Offline.providers`. */
  readonly providers: readonly ProviderInUse[];
  /** The outputs that a `terraform_remote_state` reads, by its name; undefined when there is no such state. */
  readonly remoteOutputs: (name: string) => ObjectValue | undefined;
}

const remoteState = "terraform_remote_state";

/** Whether a path lies in another, or the other in it. */
const overlap = (a: readonly Step[], b: readonly Step[]): boolean =>
  a.slice(0, b.length).every((step, position) => String(step) === String(b[position]));

/** Whether the schema hides what is at the end of some steps. */
function isHidden(block: Block, [first, ...rest]: readonly Step[]): boolean {
  const attribute = block.attributes[String(first)];
  if (attribute !== undefined) return attribute.sensitive === true;
  const nested = block.blocks[String(first)];
  return nested !== undefined && isHidden(nested.block, nested.nesting === "single" ? rest : rest.slice(1));
}

/**
 * What a stack is after `terraform apply` with the offline providers, computed without it: references are followed, and each
 * resource is planned and applied by the very functions that answer Terraform.
 *
 * Fails, saying why, for expressions and arguments that only Terraform evaluates; then apply the stack instead.
 */
export function appliedStack(
  { resources, outputs }: DeclaredStack,
  { providers, remoteOutputs }: AppliedStackOptions,
): Result<AppliedStack> {
  const done = new Map<string, AppliedResource>();
  const started = new Set<string>();
  const occurrences = new Map<string, number>();
  const remotes = new Map<string, ObjectValue>();

  const lookup: Lookup = (root, steps) => {
    const address = root.join(".");
    const failure = apply(address);
    if (failure !== undefined) return failure;
    const remote = remotes.get(address);
    const resource = done.get(address);
    const part = partAt(remote ?? resource?.value ?? null, steps);
    if (!part.ok) return fail(`${address}: ${part.error}`);
    const marked =
      resource !== undefined &&
      (isHidden(resource.schema.block, steps) || resource.sensitive.some((path) => overlap(steps, path)));
    return ok({ value: part.value, sensitive: marked });
  };

  /** Settles a resource and all that it needs; returns why it cannot. */
  function apply(address: string): { readonly ok: false; readonly error: string } | undefined {
    if (done.has(address) || remotes.has(address)) return undefined;
    const declared = resources.get(address);
    if (declared === undefined) return fail(`there is no ${address}`);
    if (started.has(address)) return fail(`${address} depends on itself`);
    started.add(address);
    for (const needed of declared.dependsOn) {
      const failure = apply(needed);
      if (failure !== undefined) return failure;
    }
    const sensitive: (readonly Step[])[] = [];
    const body = evaluate(declared.body, lookup, (path) => sensitive.push(path));
    if (!body.ok) return body;
    if (!isObject(body.value)) return fail(`${address} is no object`);
    if (declared.mode === "data" && declared.type === remoteState) {
      const found = remoteOutputs(declared.name);
      if (found === undefined) return fail(`${address}: there is no such state`);
      remotes.set(address, { ...body.value, outputs: found });
      return undefined;
    }
    const settled = settle(declared, body.value);
    if (!settled.ok) return fail(`${address}: ${settled.error}`);
    done.set(address, { declared, ...settled.value, sensitive, dependencies: needsOf(address, declared) });
    return undefined;
  }

  function settle(
    { mode, type }: Declared,
    body: ObjectValue,
  ): Result<{ readonly provider: ProviderInUse; readonly schema: Schema; readonly value: ObjectValue }> {
    const provider = providers.find(({ source }) => type.startsWith(`${localName(source)}_`));
    const schema = (mode === "data" ? provider?.schema.dataSources : provider?.schema.resources)?.[type];
    if (provider === undefined || schema === undefined) return fail(`no provider has ${type}`);
    const { source } = provider;
    const { block } = schema;
    const typed = typedBlock(block, body);
    if (!typed.ok) return typed;
    const configured = canonical(typed.value);
    const value =
      mode === "data"
        ? applied(block, withUnknowns(block, configured), seedOf(`${source} data ${type}`, configured))
        : created(source, type, block, canonical(planned(block, configured, null).value));
    return isObject(value) ? ok({ provider, schema, value }) : fail("it has no value");
  }

  function created(source: string, type: string, block: Block, value: Value): Value {
    const seed = seedOf(`${source} ${type}`, value);
    const occurrence = occurrences.get(seed) ?? 0;
    occurrences.set(seed, occurrence + 1);
    return applied(block, value, `${seed} ${occurrence}`);
  }

  function needsOf(address: string, { body, dependsOn }: Declared): readonly string[] {
    const direct = new Set([...dependsOn, ...referencesIn(body)]);
    const needs = new Set([...direct].flatMap((needed) => [needed, ...(done.get(needed)?.dependencies ?? [])]));
    needs.delete(address);
    return [...needs].sort();
  }

  for (const [address] of resources) {
    const failure = apply(address);
    if (failure !== undefined) return failure;
  }
  const values = new Map<string, Evaluated>();
  for (const [name, { value, sensitive }] of outputs) {
    const evaluated = evaluate(value, lookup, () => undefined);
    if (!evaluated.ok) return fail(`output ${name}: ${evaluated.error}`);
    values.set(name, { value: evaluated.value, sensitive });
  }
  return ok({ resources: [...done.values()], outputs: values });
}
