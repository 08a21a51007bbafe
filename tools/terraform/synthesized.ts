import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A stack as it stands in an output folder. */
export interface SynthesizedFile {
  readonly name: string;
  /** Stacks that must be deployed before it. */
  readonly dependsOn: readonly string[];
  /** Folder with its `cdk.tf.json`. */
  readonly folder: string;
  /** Text of its `cdk.tf.json`. */
  readonly text: string;
}

/** What CDKTF writes beside the stacks. */
const manifest = z.object({
  stacks: z.record(
    z.string(),
    z.object({ dependencies: z.array(z.string()), workingDirectory: z.string(), synthesizedStackPath: z.string() }),
  ),
});

/**
 * The stacks of an output folder, each after those that it depends on.
 * @throws when there are none, or the folder cannot be read.
 */
export function readSynthesized(outdir: string): readonly SynthesizedFile[] {
  const { stacks } = manifest.parse(JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")));
  const ordered = new Set<string>();
  const visit = (name: string): void => {
    if (ordered.has(name)) return;
    for (const before of stacks[name]?.dependencies ?? []) visit(before);
    ordered.add(name);
  };
  for (const name of Object.keys(stacks)) visit(name);
  return [...ordered].flatMap((name) => {
    const stack = stacks[name];
    if (stack === undefined) return [];
    const text = readFileSync(join(outdir, stack.synthesizedStackPath), "utf8");
    return [{ name, dependsOn: stack.dependencies, folder: join(outdir, stack.workingDirectory), text }];
  });
}

/** The names of stacks and of everything they depend on. */
export function withDependencies(
  stacks: readonly { readonly name: string; readonly dependsOn: readonly string[] }[],
  names: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const before of stacks.find((stack) => stack.name === name)?.dependsOn ?? []) visit(before);
  };
  for (const name of names) visit(name);
  return found;
}
