import type { Attribute, AttributeType, Block, BlockType, Schema } from "@cdktf/commons";
import { z } from "zod";

/*
 * The JSON of one resource, checked down to the last attribute before the generator sees it: the generator throws in the
 * middle of a file, without naming the attribute. Only what it reads is kept.
 * Source: Terraform CLI, "providers schema" command, Block Representation.
 */

const primitive = z.enum(["string", "bool", "number", "dynamic"]);

/**
 * A type constraint. A third element is dropped: an object type with optional attributes carries their names there, and
 * some providers double a collection (`["list", "string", "list", "string"]`).
 */
const attributeType: z.ZodType<AttributeType> = z.lazy(() =>
  z.union([
    primitive,
    z
      .tuple([z.enum(["set", "map", "list"]), attributeType])
      .rest(z.unknown())
      .transform(([kind, element]): AttributeType => [kind, element]),
    z
      .tuple([z.literal("object"), z.record(z.string(), attributeType)])
      .rest(z.unknown())
      .transform(([kind, attributes]): AttributeType => [kind, attributes]),
  ]),
);

const described = {
  description: z.string().exactOptional(),
  required: z.boolean().exactOptional(),
  optional: z.boolean().exactOptional(),
  computed: z.boolean().exactOptional(),
};

const attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.union([
    z.object({ ...described, type: attributeType }),
    z.object({
      ...described,
      nested_type: z.object({
        attributes: z.record(z.string(), attribute).default({}),
        nesting_mode: z.enum(["single", "list", "set", "map"]),
      }),
    }),
  ]),
);

const blockType: z.ZodType<BlockType> = z.lazy(() =>
  z.union([
    z.object({ nesting_mode: z.enum(["single", "map"]), block }),
    z.object({
      nesting_mode: z.enum(["list", "set"]),
      block,
      min_items: z.number().exactOptional(),
      max_items: z.number().exactOptional(),
    }),
  ]),
);

const block: z.ZodType<Block> = z.lazy(() =>
  z.object({
    // Terraform leaves empty collections out.
    attributes: z.record(z.string(), attribute).default({}),
    block_types: z.record(z.string(), blockType).default({}),
  }),
);

/** The schema of one resource or of the provider's own configuration. */
export const resourceSchema: z.ZodType<Schema> = z.object({ version: z.number(), block });

/** The outside of the file: enough to find a provider in it, with nothing below that checked. */
export const schemaFile = z.object({
  provider_schemas: z.record(z.string(), z.unknown()),
  provider_versions: z.record(z.string(), z.string()).default({}),
});

/** The outside of one provider's schema; what it does not define, Terraform leaves out. */
export const providerSchema = z.object({
  provider: z.unknown(),
  resource_schemas: z.record(z.string(), z.unknown()).default({}),
  data_source_schemas: z.record(z.string(), z.unknown()).default({}),
});
