import {
  type Attribute,
  type Block,
  isNested,
  type NestedBlock,
  type ProviderSchema,
  type Schema,
} from "../schema/provider-schema";
import type { Facts, ProviderFacts, TypeFacts } from "./facts";

type Named<T> = { readonly [name: string]: T };

const replaced = <T>(all: Named<T>, name: string, value: T): Named<T> => ({ ...all, [name]: value });

function withFact(block: Block, path: readonly string[], facts: Facts): Block | undefined {
  const [name = "", ...rest] = path;
  const nested = block.blocks[name];
  if (nested !== undefined) {
    const changed = rest.length === 0 ? blockWithFact(nested, facts) : insideBlock(nested, rest, facts);
    return changed === undefined ? undefined : { ...block, blocks: replaced(block.blocks, name, changed) };
  }
  const attribute = block.attributes[name];
  if (attribute === undefined) return undefined;
  const changed = rest.length === 0 ? attributeWithFact(attribute, facts) : insideAttribute(attribute, rest, facts);
  return changed === undefined ? undefined : { ...block, attributes: replaced(block.attributes, name, changed) };
}

function insideBlock(nested: NestedBlock, path: readonly string[], facts: Facts): NestedBlock | undefined {
  const block = withFact(nested.block, path, facts);
  return block === undefined ? undefined : { ...nested, block };
}

function insideAttribute(attribute: Attribute, path: readonly string[], facts: Facts): Attribute | undefined {
  if (!isNested(attribute)) return undefined;
  const inner = withFact({ attributes: attribute.attributes, blocks: {} }, path, facts);
  return inner === undefined ? undefined : { ...attribute, attributes: inner.attributes };
}

function blockWithFact(nested: NestedBlock, { minItems, maxItems, forceNew }: Facts): NestedBlock {
  return {
    ...nested,
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(forceNew === undefined ? {} : { forceNew }),
  };
}

function attributeWithFact(attribute: Attribute, facts: Facts): Attribute {
  const { minItems: _min, maxItems: _max, ...traits } = facts;
  return { ...attribute, ...traits };
}

function schemaWithFacts(
  type: string,
  schema: Schema,
  known: TypeFacts | undefined,
  warn: (message: string) => void,
): Schema {
  if (known === undefined) return schema;
  const block = Object.entries(known.facts).reduce((before, [path, facts]) => {
    const after = withFact(before, path.split("."), facts);
    if (after === undefined) warn(`${type} has no ${path} any more; what is known of it is not used`);
    return after ?? before;
  }, schema.block);
  return { version: known.version ?? schema.version, block };
}

/** A provider's schema with the facts that its bindings lose; warns of a fact about an argument that the schema does not have. */
export function withFacts(
  schema: ProviderSchema,
  { configuration, resources, dataSources = {} }: ProviderFacts,
): { readonly schema: ProviderSchema; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const all = (schemas: Named<Schema>, known: Named<TypeFacts>): Named<Schema> =>
    Object.fromEntries(
      Object.entries(schemas).map(([type, each]) => [type, schemaWithFacts(type, each, known[type], warn)]),
    );
  const own = schemaWithFacts("provider", { version: 0, block: schema.configuration }, configuration, warn);
  return {
    schema: {
      configuration: own.block,
      resources: all(schema.resources, resources),
      dataSources: all(schema.dataSources, dataSources),
    },
    warnings,
  };
}
