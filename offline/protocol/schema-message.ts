import {
  type Attribute,
  type Attributes,
  type Block,
  isNested,
  type NestedBlock,
  type Schema,
} from "../schema/provider-schema";

/** Numbers of the protocol's nesting modes, of blocks and of nested attributes alike. */
const nestingModes = { single: 1, list: 2, set: 3, map: 4 } as const;

/** A message of the protocol, ready for the encoder. */
export type Message = { readonly [field: string]: unknown };

const attributesMessage = (attributes: Attributes): readonly Message[] =>
  Object.entries(attributes).map(([name, attribute]) => attributeMessage(name, attribute));

const attributeMessage = (name: string, attribute: Attribute): Message => ({
  name,
  ...(isNested(attribute)
    ? { nested_type: { nesting: nestingModes[attribute.nesting], attributes: attributesMessage(attribute.attributes) } }
    : { type: Buffer.from(JSON.stringify(attribute.type)) }),
  required: attribute.required === true,
  optional: attribute.optional === true,
  computed: attribute.computed === true,
  sensitive: attribute.sensitive === true,
  deprecated: attribute.deprecated === true,
  write_only: attribute.writeOnly === true,
});

const nestedBlockMessage = (name: string, { nesting, block, minItems = 0, maxItems = 0 }: NestedBlock): Message => ({
  type_name: name,
  nesting: nestingModes[nesting],
  block: blockMessage(block),
  min_items: minItems,
  max_items: maxItems,
});

const blockMessage = ({ attributes, blocks }: Block): Message => ({
  attributes: attributesMessage(attributes),
  block_types: Object.entries(blocks).map(([name, nested]) => nestedBlockMessage(name, nested)),
});

/** A schema as the protocol has it. */
export const schemaMessage = ({ version, block }: Schema): Message => ({ version, block: blockMessage(block) });
