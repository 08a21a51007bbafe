import {
  type Attribute,
  type Attributes,
  type Block,
  emptyBlock,
  isNested,
  type NestedBlock,
  type ProviderSchema,
  type Schema,
} from "../schema/provider-schema";
import { boolField, bytesField, type Field, messageField, numberField, textField, writeMessage } from "./wire";

/** Numbers of the protocol's nesting modes, of blocks and of nested attributes alike. */
const nestingModes = { single: 1, list: 2, set: 3, map: 4 } as const;

const attributesFields = (field: number, attributes: Attributes): readonly Field[] =>
  Object.entries(attributes).map(([name, attribute]) => messageField(field, attributeFields(name, attribute)));

const attributeFields = (name: string, attribute: Attribute): readonly Field[] => [
  textField(1, name),
  isNested(attribute)
    ? messageField(10, [...attributesFields(1, attribute.attributes), numberField(3, nestingModes[attribute.nesting])])
    : bytesField(2, Buffer.from(JSON.stringify(attribute.type))),
  boolField(4, attribute.required === true),
  boolField(5, attribute.optional === true),
  boolField(6, attribute.computed === true),
  boolField(7, attribute.sensitive === true),
  boolField(9, attribute.deprecated === true),
  boolField(11, attribute.writeOnly === true),
];

const nestedBlockFields = (name: string, nested: NestedBlock): readonly Field[] => [
  textField(1, name),
  messageField(2, blockFields(nested.block)),
  numberField(3, nestingModes[nested.nesting]),
  numberField(4, nested.minItems ?? 0),
  numberField(5, nested.maxItems ?? 0),
];

const blockFields = ({ attributes, blocks }: Block): readonly Field[] => [
  ...attributesFields(2, attributes),
  ...Object.entries(blocks).map(([name, nested]) => messageField(3, nestedBlockFields(name, nested))),
];

const schemaFields = ({ version, block }: Schema): readonly Field[] => [
  numberField(1, version),
  messageField(2, blockFields(block)),
];

/** Entries of a map are messages of a key and a value (Protocol Buffers, Encoding, "Maps"). */
const schemasFields = (field: number, schemas: { readonly [type: string]: Schema }): readonly Field[] =>
  Object.entries(schemas).map(([type, schema]) =>
    messageField(field, [textField(1, type), messageField(2, schemaFields(schema))]),
  );

/** A provider's schema, as the protocol has it. */
export const writeSchemaResponse = ({ configuration, resources, dataSources }: ProviderSchema): Buffer =>
  writeMessage([
    messageField(1, schemaFields({ version: 0, block: configuration })),
    ...schemasFields(2, resources),
    ...schemasFields(3, dataSources),
    messageField(5, schemaFields({ version: 0, block: emptyBlock })),
    // `get_provider_schema_optional`: a provider whose schema terraform remembers is not asked again.
    messageField(6, [boolField(2, true)]),
  ]);
