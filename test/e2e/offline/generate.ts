import { type Attribute, type Block, type CtyType, isNested } from "../../../offline/schema/provider-schema";

/** How much of a schema a configuration uses: what is required, or all that can be set. */
export type Extent = "minimal" | "maximal";

const settable = ({ required = false, optional = false }: Attribute, extent: Extent): boolean =>
  required || (optional && extent === "maximal");

function value(type: CtyType, name: string, attribute: Attribute | undefined): unknown {
  const [allowed] = attribute?.oneOf ?? [];
  if (typeof type === "string") {
    if (allowed !== undefined) return allowed;
    switch (type) {
      case "string":
        return `${name} with "quotes", \\ and ü`;
      case "number":
        // One that no double holds exactly, and one beyond 32 bits.
        return name.length % 2 === 0 ? 0.1 : 2 ** 53 - 1;
      case "bool":
        return true;
      case "dynamic":
        return { [name]: [1, "two"] };
    }
  }
  switch (type[0]) {
    case "list":
    case "set":
      return allowed === undefined
        ? [value(type[1], `${name} one`, undefined), value(type[1], `${name} two`, undefined)]
        : [allowed];
    case "map":
      return { "a.key": value(type[1], `${name} a`, undefined), other: value(type[1], `${name} b`, undefined) };
    case "object":
      return Object.fromEntries(Object.entries(type[1]).map(([inner, each]) => [inner, value(each, inner, undefined)]));
    case "tuple":
      return type[1].map((each) => value(each, name, undefined));
  }
}

function attributeValue(attribute: Attribute, name: string, extent: Extent): unknown {
  if (!isNested(attribute)) return value(attribute.type, name, attribute);
  const inner = configurationOf({ attributes: attribute.attributes, blocks: {} }, extent);
  if (attribute.nesting === "single") return inner;
  return attribute.nesting === "map" ? { key: inner } : [inner];
}

/** A configuration of a block that its schema accepts. */
export function configurationOf(block: Block, extent: Extent): Readonly<Record<string, unknown>> {
  const attributes = Object.entries(block.attributes)
    // SDKs of old let the id of a resource be set, which no provider means.
    .filter(([name, attribute]) => settable(attribute, extent) && (name !== "id" || attribute.required === true))
    .map(([name, attribute]) => [name, attributeValue(attribute, name, extent)]);
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) => {
    const { minItems = 0, maxItems = 0, nesting } = nested;
    const wanted = extent === "minimal" ? minItems : maxItems === 0 ? Math.max(2, minItems) : Math.min(maxItems, 2);
    if (wanted === 0) return [];
    const one = configurationOf(nested.block, extent);
    return [[name, nesting === "single" ? one : Array.from({ length: wanted }, () => one)]];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}
