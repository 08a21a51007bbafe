import type { Path, PathStep } from "../protocol/diagnostic";
import { wireValue } from "../protocol/state-json";
import { isDynamic, isList, isObject, type Value } from "../protocol/value";
import { type Attribute, type Attributes, type Block, type CtyType, isNested } from "../schema/provider-schema";

/**
 * What becomes of an attribute's value. `above` is the path to what has the attribute: most visits need none, so that the attribute's own
 * path, `[...above, name]`, is only made by those that do.
 */
export type Visit = (attribute: Attribute, value: Value, above: Path, name: string) => Value;

export type Nesting = "single" | "list" | "set" | "map";

export const elementStep = (nesting: "list" | "set", index: number): PathStep =>
  nesting === "list" ? index : { inSet: index };

/** Applies a function to every element of a nested value; `null` and unknown stay. */
export function mapNested(
  nesting: Nesting,
  value: Value,
  path: Path,
  each: (element: Value, path: Path) => Value,
): Value {
  // A list or map of blocks that hold a dynamic attribute is itself dynamic on the wire.
  if (isDynamic(value)) return [value[0], mapNested(nesting, value[1], path, each)];
  switch (nesting) {
    case "single":
      return isObject(value) ? each(value, path) : value;
    case "map":
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, element]) => [key, each(element, [...path, { key }])]))
        : value;
    case "list":
    case "set":
      return isList(value)
        ? value.map((element, index) => each(element, [...path, elementStep(nesting, index)]))
        : value;
  }
}

function mapAttributes(attributes: Attributes, value: { readonly [name: string]: Value }, visit: Visit, path: Path) {
  const mapped: { [name: string]: Value } = {};
  for (const name in attributes) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    const own = value[name] ?? null;
    const visited = visit(attribute, own, path, name);
    mapped[name] =
      own !== null && isNested(attribute) && visited === own
        ? mapNested(attribute.nesting, own, [...path, name], (element, elementPath) =>
            isObject(element) ? mapAttributes(attribute.attributes, element, visit, elementPath) : element,
          )
        : visited;
  }
  return mapped;
}

const absentBlock = (nesting: Nesting): Value => {
  if (nesting === "single") return null;
  return nesting === "map" ? {} : [];
};

/**
 * The value of a block with every attribute replaced by what `visit` makes of it; a nested attribute that it leaves as it was is
 * entered. What the schema does not name is dropped, what the value lacks is null, absent blocks are empty collections.
 */
export function mapBlock(block: Block, value: Value, visit: Visit, path: Path = []): Value {
  if (!isObject(value)) return value;
  const mapped = mapAttributes(block.attributes, value, visit, path);
  for (const name in block.blocks) {
    const nested = block.blocks[name];
    if (nested === undefined) continue;
    const own = value[name] ?? null;
    mapped[name] =
      own === null
        ? absentBlock(nested.nesting)
        : mapNested(nested.nesting, own, [...path, name], (element, at) => mapBlock(nested.block, element, visit, at));
  }
  return mapped;
}

/** A resource's value with nothing set. */
export const emptyValue = (block: Block): Value => mapBlock(block, {}, (_, value) => value);

const dynamic: CtyType = "dynamic";

/** In state files, a collection of blocks that hold a dynamic attribute stands as `{ type, value }`. */
function undressed(block: Block, state: Value): Value {
  if (!isObject(state)) return state;
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => {
    const value = state[name] ?? null;
    if (nested.nesting === "list" && isObject(value)) return [name, wireValue(dynamic, value)];
    return [name, mapNested(nested.nesting, value, [], (element) => undressed(nested.block, element))];
  });
  return { ...state, ...Object.fromEntries(blocks.filter(([, value]) => value !== null)) };
}

/** A resource's value as a state file has it, as the wire has it. */
export const valueOfState = (block: Block, state: Value): Value =>
  mapBlock(block, undressed(block, state), (attribute, value) =>
    isNested(attribute) ? value : wireValue(attribute.type, value),
  );
