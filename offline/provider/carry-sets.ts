import { isList, isObject, type ObjectValue, sameValue, type Value } from "../protocol/value";
import { type Block, isNested } from "../schema/provider-schema";

const sameLength = (a: readonly Value[], b: readonly Value[]): boolean => a.length === b.length;

/** Whether a proposed element is a prior one whose computed attributes have just not been filled in. */
function matches(block: Block, proposed: Value, prior: Value): boolean {
  if (!isObject(proposed) || !isObject(prior)) return false;
  const attributes = Object.entries(block.attributes).every(([name, attribute]) => {
    const value = proposed[name] ?? null;
    return sameValue(value, prior[name] ?? null) || (attribute.computed === true && value === null);
  });
  if (!attributes) return false;
  return Object.entries(block.blocks).every(([name, nested]) => {
    const elements = proposed[name] ?? null;
    const before = prior[name] ?? null;
    if (sameValue(elements, before)) return true;
    if (!isList(elements) || !isList(before) || !sameLength(elements, before)) return false;
    return elements.every((element, index) =>
      nested.nesting === "set"
        ? before.some((candidate) => matches(nested.block, element, candidate))
        : matches(nested.block, element, before[index] ?? null),
    );
  });
}

function carryInto(nesting: string, block: Block, proposed: Value, prior: Value): Value {
  if (nesting === "single") return carrySets(block, proposed, prior);
  if (!isList(proposed) || !isList(prior)) return proposed;
  return nesting === "set"
    ? proposed.map((element) => prior.find((candidate) => matches(block, element, candidate)) ?? element)
    : proposed.map((element, index) => carrySets(block, element, prior[index] ?? null));
}

/**
 * Proposed elements of sets, with the computed values that they had before.
 *
 * Terraform fills them in itself, unless one is a set in its turn: then it proposes null, and every plan would show a change.
 * Source: Terraform, objchange: proposed new objects.
 */
export function carrySets(block: Block, proposed: Value, prior: Value): Value {
  if (!isObject(proposed) || !isObject(prior)) return proposed;
  const carried: { [name: string]: Value } = {};
  for (const [name, nested] of Object.entries(block.blocks)) {
    carried[name] = carryInto(nested.nesting, nested.block, proposed[name] ?? null, prior[name] ?? null);
  }
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = proposed[name] ?? null;
    if (!isNested(attribute) || value === null) continue;
    const inner: Block = { attributes: attribute.attributes, blocks: {} };
    carried[name] = carryInto(attribute.nesting, inner, value, prior[name] ?? null);
  }
  const whole: ObjectValue = { ...proposed, ...carried };
  return whole;
}
