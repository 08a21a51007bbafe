import type { Catalog } from "../../model/catalog";
import { stacksOf } from "../../stacks/stacks";
import { findingsText, relativeTo } from "../findings-text";
import { synthesize } from "../synthesize";
import { readSynthesized, type SynthesizedFile } from "./synthesized";

/**
 * Checks and builds the named stacks into a folder, and reads them back in the order in which they are deployed. What the checks
 * only warn of goes to stderr.
 * @throws UserError when the catalog is refused.
 */
export function buildStacks(catalog: Catalog, outdir: string, names: readonly string[]): readonly SynthesizedFile[] {
  // Without a name, everything would be built.
  if (names.length === 0) return [];
  const { warnings } = synthesize(catalog, { outdir, stacks: names });
  if (warnings.length > 0) console.error(findingsText(warnings.map((found) => relativeTo(process.cwd(), found))));
  const order = stacksOf(catalog).map(({ name }) => name);
  return readSynthesized(outdir).toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}
