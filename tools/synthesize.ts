import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, TerraformResource, type TerraformStack } from "cdktf";
import { checkCatalog } from "../checks/check-catalog";
import { checkOutput } from "../checks/output";
import type { Artifact } from "../model/artifact";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { type StackBlueprint, stacksOf } from "../stacks/stacks";
import { collectGarbage } from "./collect-garbage";
import { phase } from "./phase";
import { publish } from "./publish";
import { selectStacks } from "./select-stacks";
import { UserError } from "./user-error";
import { withoutStackTraces } from "./without-stack-traces";

/** What a stack came to. */
export interface SynthesizedStack {
  readonly name: string;
  /** How many resources of each Terraform type, in the order of their names. */
  readonly resources: Readonly<Record<string, number>>;
}

export interface Synthesis {
  readonly stacks: readonly SynthesizedStack[];
  /** Findings that did not stop it. */
  readonly warnings: readonly Finding[];
}

function countResources(stack: TerraformStack): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const node of stack.node.findAll()) {
    if (!TerraformResource.isTerraformResource(node)) continue;
    counts.set(node.terraformResourceType, (counts.get(node.terraformResourceType) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes the artifacts of a stack; returns their paths below the folder. */
function writeArtifacts(staging: string, stack: string, artifacts: readonly Artifact[]): readonly string[] {
  const files = artifacts.map(({ path, content }) => ({ file: join("artifacts", stack, path), content }));
  for (const folder of new Set(files.map(({ file }) => dirname(file))))
    mkdirSync(join(staging, folder), { recursive: true });
  for (const { file, content } of files) writeFileSync(join(staging, file), content);
  return files.map(({ file }) => file);
}

/** A stack that is on disk, and what was found in its files. */
interface WrittenStack extends SynthesizedStack {
  readonly findings: readonly Finding[];
}

/**
 * Builds a stack, writes it and its artifacts, and reads them again for what must not be there. It leaves the app with its name in
 * the manifest, so that one stack at a time is in memory.
 */
function write(catalog: Catalog, { name, build }: StackBlueprint, app: App): WrittenStack {
  const { stack, artifacts } = phase("build", () => build(app));
  phase("synthesize", () => app.synth());
  app.node.tryRemoveChild(name);
  collectGarbage();
  const files = phase("write", () => [
    join("stacks", name, "cdk.tf.json"),
    ...writeArtifacts(app.outdir, name, artifacts),
  ]);
  const findings = phase("scan", () =>
    files.flatMap((path) => checkOutput(catalog, { path, text: readFileSync(join(app.outdir, path), "utf8") })),
  );
  return { name, resources: countResources(stack), findings };
}

/** Writes stacks and their artifacts, one after the other, to a folder that nobody reads yet. */
function writeAll(
  catalog: Catalog,
  blueprints: readonly StackBlueprint[],
  staging: string,
): readonly SynthesizedStack[] {
  // Stack traces name files of this machine and cost a sixth of the time.
  const app = new App({ outdir: staging, stackTraces: false });
  const written = blueprints.map((blueprint) => write(catalog, blueprint, app));
  const findings = written.flatMap((stack) => stack.findings);
  if (findings.length > 0) throw new UserError("the output was refused", findings);
  return written.map(({ name, resources }) => ({ name, resources }));
}

/**
 * Catalog to Terraform: checks everything, builds the stacks that the globs select, and replaces the output in one step.
 * @throws UserError with all findings when the checks refuse the catalog; the previous output stays as it was.
 */
export function synthesize(
  catalog: Catalog,
  options: { readonly outdir: string; readonly stacks: readonly string[] },
): Synthesis {
  const findings = phase("check", () => checkCatalog(catalog));
  if (findings.some(({ level }) => level === "error")) throw new UserError("the catalog was refused", findings);
  const blueprints = selectStacks(stacksOf(catalog), options.stacks);
  return {
    stacks: publish(options.outdir, (staging) => withoutStackTraces(() => writeAll(catalog, blueprints, staging))),
    warnings: findings,
  };
}
