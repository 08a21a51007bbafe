import { unknown, type Value } from "../protocol/value";
import type { Block } from "../schema/provider-schema";
import { carrySets } from "./carry-sets";
import { mapBlock } from "./map-block";

export interface Planned {
  readonly value: Value;
  /** Whether it holds a default for an argument that only a configuration can set, as older providers plan it. */
  readonly defaulted: boolean;
}

/** An object with its computed attributes unknown, where nothing has given them a value. */
export const withUnknowns = (block: Block, value: Value): Value =>
  mapBlock(block, value, (attribute, own) => (attribute.computed === true && own === null ? unknown : own));

/**
 * What an object is planned to be: as Terraform proposes it, arguments left out at their defaults, computed attributes as they
 * were or unknown.
 */
export function planned(block: Block, proposed: Value, prior: Value): Planned {
  let defaulted = false;
  const value = mapBlock(block, carrySets(block, proposed, prior), (attribute, own) => {
    if (attribute.writeOnly === true) return null;
    if (own !== null) return own;
    if (attribute.default !== undefined) {
      if (attribute.computed !== true) defaulted = true;
      return attribute.default;
    }
    return attribute.computed === true ? unknown : null;
  });
  return { value, defaulted };
}
