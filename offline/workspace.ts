import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../model/caught";
import { fail, ok, type Result } from "../model/result";
import { plannedState } from "./planned-state";
import { readStackFile, type StackFile } from "./stack-file";

/** A synthesized stack. */
export interface StackSource {
  readonly name: string;
  /** Folder that holds its `cdk.tf.json`. */
  readonly folder: string;
}

/** A stack laid out to run terraform in. */
export interface StackCopy {
  readonly name: string;
  /** Folder to run terraform in. */
  readonly folder: string;
  /** Text of its `cdk.tf.json`, for `typesInUse`. */
  readonly configuration: string;
  /** Path of its local state: write one here before `plan`, to plan against it. */
  readonly stateFile: string;
  /** Its remote states: the stack that each reads, undefined when that is none of those laid out with it. */
  readonly remoteStates: ReadonlyMap<string, string | undefined>;
}

const configurationFile = "cdk.tf.json";

/** Outputs that a plan of the stack has foretold, as a state. */
const plannedFile = (folder: string): string => join(folder, "planned-outputs.tfstate");

/** Escapes what Terraform would read as a template. */
const literal = (text: string): string => text.replaceAll(/([$%])\{/g, "$1$1{");

const writeJson = (folder: string, name: string, value: unknown): void =>
  writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`);

/** A value for a variable that only a user of the real providers can set. */
function placeholderOf(name: string, type: string): unknown {
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (/^(list|set|tuple)/.test(type)) return [];
  return /^(map|object)/.test(type) ? {} : `offline-${name}`;
}

interface Read extends StackSource {
  readonly configuration: string;
  readonly file: StackFile;
}

function read({ name, folder }: StackSource): Result<Read> {
  const path = join(folder, configurationFile);
  let configuration: string;
  try {
    configuration = readFileSync(path, "utf8");
  } catch (error) {
    return fail(`${path}: ${reasonOf(error)}`);
  }
  const file = readStackFile(configuration, folder);
  return file.ok ? ok({ name, folder, configuration, file: file.value }) : fail(`${path}: ${file.error}`);
}

function layOut(root: string, { name, configuration, file }: Read, owners: ReadonlyMap<string, string>): StackCopy {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, configurationFile), configuration);
  // Not `terraform.tfstate`: init takes that for the state of a stack without a backend, moves it to this one, and empties it.
  const stateFile = join(folder, "state.tfstate");
  // An override goes before the backend that the stack names, whichever it is (Terraform language, override files).
  writeJson(folder, "backend_override.tf.json", { terraform: { backend: { local: { path: literal(stateFile) } } } });
  if (file.variables.size > 0) {
    const values = [...file.variables].map(([variable, type]) => [variable, placeholderOf(variable, type)]);
    writeJson(folder, "offline.auto.tfvars.json", Object.fromEntries(values));
  }
  const remoteStates = new Map([...file.remoteStates].map(([remote, state]) => [remote, owners.get(state)]));
  const copy: StackCopy = { name, folder, configuration, stateFile, remoteStates };
  resolveRemoteStates(copy, []);
  return copy;
}

/**
 * Lays stacks out below `root`, one folder each: their configuration byte for byte, so that terraform's line numbers hold; an
 * override that keeps the state in that folder whatever the backend; made-up values for variables without a default. All
 * remote states are unknown at first: see `resolveRemoteStates`.
 *
 * @returns an error for a stack that cannot be read.
 * @throws when `root` cannot be written to.
 */
export function layOutStacks(root: string, stacks: readonly StackSource[]): Result<readonly StackCopy[]> {
  const all: Read[] = [];
  for (const stack of stacks) {
    const one = read(stack);
    if (!one.ok) return one;
    all.push(one.value);
  }
  const owners = new Map(
    all.flatMap(({ name, file }) => (file.state === undefined ? [] : [[file.state, name] as const])),
  );
  return ok(all.map((stack) => layOut(root, stack, owners)));
}

/** The file that answers for a stack's state: foretold outputs before those of the state, since they will hold after apply. */
const stateToRead = (copy: StackCopy): string | undefined =>
  [plannedFile(copy.folder), copy.stateFile].find((path) => existsSync(path));

/**
 * Points the remote states of a stack at what is known of the others by now: the outputs that a plan has foretold
 * (`keepPlannedOutputs`), else the state. Call it before each plan of the stack, once those that it depends on are planned.
 *
 * What is not known, or belongs to a stack that was not laid out, is unknown in the plan and is read during apply, which then fails.
 * @returns the names of the remote states that stay unknown.
 */
export function resolveRemoteStates(copy: StackCopy, copies: readonly StackCopy[]): readonly string[] {
  const byName = new Map(copies.map((each) => [each.name, each]));
  const known = new Map(
    [...copy.remoteStates].map(([remote, stack]) => {
      const owner = stack === undefined ? undefined : byName.get(stack);
      return [remote, owner === undefined ? undefined : stateToRead(owner)];
    }),
  );
  if (known.size === 0) return [];
  const overrides = [...known].map(([remote, path]) => [
    remote,
    path === undefined
      ? // A plan does not know what uuid() will be (Terraform language, uuid function), hence not what it would read with it.
        { backend: "local", config: { path: literal(copy.stateFile) }, workspace: "${uuid()}" }
      : { backend: "local", config: { path: literal(path) } },
  ]);
  writeJson(copy.folder, "remote_states_override.tf.json", {
    data: { terraform_remote_state: Object.fromEntries(overrides) },
  });
  return [...known].flatMap(([remote, path]) => (path === undefined ? [remote] : []));
}

/**
 * Keeps the outputs that a plan foretells, for the stacks that read them. What only apply makes known stands there as the text
 * `(known after apply of STACK)`: a remote state cannot be known in part.
 * @param plan The output of `terraform show -json PLAN`.
 * @returns an error for a text that is no plan.
 */
export function keepPlannedOutputs(copy: StackCopy, plan: string): Result<void> {
  const state = plannedState(plan, `(known after apply of ${copy.name})`);
  if (!state.ok) return state;
  writeFileSync(plannedFile(copy.folder), state.value);
  return ok(undefined);
}
