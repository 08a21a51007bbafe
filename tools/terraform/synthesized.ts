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
  stacks: z.record(z.string(), z.object({ workingDirectory: z.string(), synthesizedStackPath: z.string() })),
});

/** What of a stack's text tells on which others it depends. */
const configuration = z.object({
  data: z
    .object({ terraform_remote_state: z.record(z.string(), z.unknown()).default({}) })
    .default({ terraform_remote_state: {} }),
});

/** The stacks whose state a stack reads: each is called by the stack's own name (`stacks/environment-stack.ts`). */
const dependenciesOf = (text: string): readonly string[] =>
  Object.keys(configuration.parse(JSON.parse(text)).data.terraform_remote_state);

/**
 * The stacks of an output folder, each after those that it depends on.
 * @throws when there are none, or the folder cannot be read.
 */
export function readSynthesized(outdir: string): readonly SynthesizedFile[] {
  const { stacks } = manifest.parse(JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")));
  const files = new Map(
    Object.entries(stacks).map(([name, { workingDirectory, synthesizedStackPath }]) => {
      const text = readFileSync(join(outdir, synthesizedStackPath), "utf8");
      return [name, { name, dependsOn: dependenciesOf(text), folder: join(outdir, workingDirectory), text }] as const;
    }),
  );
  const ordered = new Set<SynthesizedFile>();
  const visit = (file: SynthesizedFile): void => {
    for (const name of file.dependsOn) {
      const before = files.get(name);
      if (before !== undefined && !ordered.has(before)) visit(before);
    }
    ordered.add(file);
  };
  for (const file of files.values()) visit(file);
  return [...ordered];
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
