import type { CtyType } from "./provider-schema";

/** What an expression that writes HCL says of its value's shape. */
export type Mapper =
  | { readonly kind: "leaf"; readonly type: Extract<CtyType, string> }
  /** A struct, by its name with a small first letter. */
  | { readonly kind: "struct"; readonly name: string }
  /** A list or a set, the generator does not say which; `block` when it is written as repeated blocks. */
  | { readonly kind: "list"; readonly element: Mapper; readonly block: boolean }
  | { readonly kind: "map"; readonly element: Mapper };

interface Parsed {
  readonly mapper: Mapper;
  readonly rest: string;
}

const leaves: ReadonlyMap<string, Extract<CtyType, string>> = new Map([
  ["string", "string"],
  ["number", "number"],
  ["boolean", "bool"],
  ["any", "dynamic"],
]);

/** Type of a leaf by the name that `cdktf` has for it; anything it does not name is dynamic. */
export const leafType = (name: string): Extract<CtyType, string> => leaves.get(name.toLowerCase()) ?? "dynamic";

function parse(text: string): Parsed | undefined {
  const [leaf, leafName = ""] = /^cdktf\.(string|number|boolean|any)ToHclTerraform/.exec(text) ?? [];
  if (leaf !== undefined) return { mapper: { kind: "leaf", type: leafType(leafName) }, rest: text.slice(leaf.length) };
  const [collection, collectionName] = /^cdktf\.(listMapperHcl|hashMapperHcl)\(/.exec(text) ?? [];
  if (collection !== undefined) {
    const element = parse(text.slice(collection.length));
    if (element === undefined) return undefined;
    const [end = "", block] = /^(?:, (true|false))?\)/.exec(element.rest) ?? [];
    const rest = element.rest.slice(end.length);
    return collectionName === "hashMapperHcl"
      ? { mapper: { kind: "map", element: element.mapper }, rest }
      : { mapper: { kind: "list", element: element.mapper, block: block === "true" }, rest };
  }
  const [struct, name = ""] = /^(\w+)ToHclTerraform/.exec(text) ?? [];
  return struct === undefined ? undefined : { mapper: { kind: "struct", name }, rest: text.slice(struct.length) };
}

/** Reads such an expression; undefined when it has a form that no known generator writes. */
export const parseMapper = (expression: string): Mapper | undefined => parse(expression)?.mapper;
