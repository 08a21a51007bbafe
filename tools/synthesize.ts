import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, TerraformResource, type TerraformStack } from "cdktf";
import { checkCatalog } from "../checks/check-catalog";
import { checkOutput } from "../checks/output";
import type { Artifact } from "../model/artifact";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { type StackBlueprint, stacksOf } from "../stacks/stacks";
import { publish } from "./publish";
import { selectStacks } from "./select-stacks";
import { UserError } from "./user-error";

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
  return artifacts.map(({ path, content }) => {
    const file = join("artifacts", stack, path);
    mkdirSync(dirname(join(staging, file)), { recursive: true });
    writeFileSync(join(staging, file), content);
    return file;
  });
}

/** Builds stacks and writes them and their artifacts to a folder that nobody reads yet. */
function build(catalog: Catalog, blueprints: readonly StackBlueprint[], staging: string): readonly SynthesizedStack[] {
  // Stack traces name files of this machine and cost a sixth of the time.
  const app = new App({ outdir: staging, stackTraces: false });
  const built = blueprints.map(({ name, dependsOn, build }) => ({ name, dependsOn, ...build(app) }));
  const stackNamed = new Map(built.map(({ name, stack }) => [name, stack]));
  for (const { stack, dependsOn } of built) {
    for (const name of dependsOn) {
      const dependency = stackNamed.get(name);
      if (dependency !== undefined) stack.addDependency(dependency);
    }
  }
  app.synth();
  const files = built.flatMap(({ name, artifacts }) => [
    join("stacks", name, "cdk.tf.json"),
    ...writeArtifacts(staging, name, artifacts),
  ]);
  const findings = files.flatMap((path) =>
    checkOutput(catalog, { path, text: readFileSync(join(staging, path), "utf8") }),
  );
  if (findings.length > 0) throw new UserError("the output was refused", findings);
  return built.map(({ name, stack }) => ({ name, resources: countResources(stack) }));
}

/**
 * Catalog to Terraform: checks everything, builds the stacks that the globs select, and replaces the output in one step.
 * @throws UserError with all findings when the checks refuse the catalog; the previous output stays as it was.
 */
export function synthesize(
  catalog: Catalog,
  options: { readonly outdir: string; readonly stacks: readonly string[] },
): Synthesis {
  const findings = checkCatalog(catalog);
  if (findings.some(({ level }) => level === "error")) throw new UserError("the catalog was refused", findings);
  const blueprints = selectStacks(stacksOf(catalog), options.stacks);
  return {
    stacks: publish(options.outdir, (staging) => build(catalog, blueprints, staging)),
    warnings: findings,
  };
}
