import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fail, ok, type Result } from "../../model/result";
import type { Offline } from "../../offline/offline";
import { valueOfJson } from "../../offline/protocol/state-json";
import { isObject, type ObjectValue } from "../../offline/protocol/value";
import { appliedStack } from "../../offline/state/applied-stack";
import { readStack } from "../../offline/state/stack";
import { stateFile } from "../../offline/state/state-file";
import { layOutStacks, resolveRemoteStates, type StackCopy } from "../../offline/workspace";
import { diagnosticsOfText } from "./diagnostic";
import type { Interruption } from "./interruption";
import { runProgram } from "./run-program";
import type { SynthesizedFile } from "./synthesized";
import type { Terraform } from "./terraform";

export interface LayDown {
  /** The stacks whose state is wanted, each after those it depends on. */
  readonly stacks: readonly SynthesizedFile[];
  /** Folder to lay them out in. */
  readonly root: string;
  readonly offline: Offline;
  readonly terraform: Terraform;
  readonly environment: Readonly<Record<string, string>>;
  readonly interruption: Interruption;
}

/** The outputs in the text of a state file. */
function outputsOf(state: string): ObjectValue {
  const json = valueOfJson(state);
  const outputs = isObject(json) ? (json["outputs"] ?? null) : null;
  if (!isObject(outputs)) return {};
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [name, isObject(output) ? (output["value"] ?? null) : null]),
  );
}

/** The state of a stack without Terraform: milliseconds for a thousand resources. Fails for what only Terraform evaluates. */
function computed(
  { configuration, remoteStates }: StackCopy,
  copies: readonly StackCopy[],
  { offline, terraform }: LayDown,
): Result<string> {
  const declared = readStack(configuration);
  if (!declared.ok) return declared;
  const applied = appliedStack(declared.value, {
    providers: offline.providers,
    remoteOutputs: (name) => {
      const owner = copies.find((copy) => copy.name === remoteStates.get(name));
      return owner !== undefined && existsSync(owner.stateFile)
        ? outputsOf(readFileSync(owner.stateFile, "utf8"))
        : undefined;
    },
  });
  return applied.ok ? ok(stateFile(applied.value, terraform)) : applied;
}

/** The state of a stack by applying it with the offline providers: right for every stack, and slow. */
async function applied(copy: StackCopy, copies: readonly StackCopy[], layDown: LayDown): Promise<Result<void>> {
  const { terraform, environment, interruption } = layDown;
  resolveRemoteStates(copy, copies);
  for (const args of [
    ["init", "-input=false", "-no-color"],
    ["apply", "-auto-approve", "-input=false", "-no-color"],
  ]) {
    const title = `terraform ${args[0]}`;
    const run = await runProgram({
      title,
      binary: terraform.path,
      args,
      folder: copy.folder,
      environment,
      ...interruption,
    });
    if (!run.ok) return run;
    if (run.value.code !== 0) {
      const reasons = diagnosticsOfText(run.value.stderr).map(({ summary, detail }) =>
        `${summary}\n  ${detail}`.trim(),
      );
      return fail([`${title} failed`, ...reasons].join("\n"));
    }
  }
  return ok(undefined);
}

/**
 * Lays the states of stacks down as if they had been applied, and returns the file of each by its name.
 * Fails for the first that cannot be applied.
 */
export async function layDownStates(layDown: LayDown): Promise<Result<ReadonlyMap<string, string>>> {
  const { stacks, root } = layDown;
  const laidOut = layOutStacks(root, stacks);
  if (!laidOut.ok) return laidOut;
  const copies = laidOut.value;
  for (const copy of copies) {
    const state = computed(copy, copies, layDown);
    if (state.ok) {
      writeFileSync(copy.stateFile, state.value);
      continue;
    }
    const result = await applied(copy, copies, layDown);
    if (!result.ok) return fail(`${copy.name}: ${result.error}`);
  }
  return ok(new Map(copies.map(({ name, stateFile }) => [name, stateFile])));
}

/** Gives stacks the states that were laid down, for those that have one. */
export function takeStates(copies: readonly StackCopy[], states: ReadonlyMap<string, string>): void {
  for (const { name, stateFile } of copies) {
    const state = states.get(name);
    if (state !== undefined && existsSync(state)) copyFileSync(state, stateFile);
  }
}
