import type { Path, PathStep } from "../protocol/diagnostic";
import { isList, isObject, sameValue, type Value } from "../protocol/value";
import { type Block, isNested, type NestedBlock } from "../schema/provider-schema";

/** Whether a change somewhere in a block replaces the resource. */
const replaces = ({ attributes, blocks }: Block): boolean =>
  Object.values(attributes).some(({ forceNew }) => forceNew === true) ||
  Object.values(blocks).some((nested) => nested.forceNew === true || replaces(nested.block));

function inNested(nested: NestedBlock, prior: Value, planned: Value, path: Path): readonly Path[] {
  if (sameValue(prior, planned)) return [];
  if (nested.forceNew === true) return [path];
  const { nesting, block } = nested;
  if (nesting === "single") return replacementPaths(block, prior, planned, path);
  // What changed in a set or a map of blocks has no address on both sides.
  if (nesting !== "list" || !isList(prior) || !isList(planned)) return replaces(block) ? [path] : [];
  const longer = prior.length > planned.length ? prior : planned;
  return longer.flatMap((_, index) => {
    const step: PathStep = index;
    return replacementPaths(block, prior[index] ?? {}, planned[index] ?? {}, [...path, step]);
  });
}

/**
 * Paths to what changed and cannot be changed in place.
 * @param prior The resource as it is.
 * @param planned The resource as it is to be; what is unknown in it may change.
 */
export function replacementPaths(block: Block, prior: Value, planned: Value, path: Path = []): readonly Path[] {
  if (!isObject(prior) || !isObject(planned)) return [];
  const attributes = Object.entries(block.attributes).flatMap(([name, attribute]): readonly Path[] => {
    const changed = !sameValue(prior[name] ?? null, planned[name] ?? null);
    if (!changed) return [];
    const at = [...path, name];
    if (attribute.forceNew === true) return [at];
    const inner = isNested(attribute) && Object.values(attribute.attributes).some(({ forceNew }) => forceNew === true);
    return inner ? [at] : [];
  });
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) =>
    inNested(nested, prior[name] ?? null, planned[name] ?? null, [...path, name]),
  );
  return [...attributes, ...blocks];
}
