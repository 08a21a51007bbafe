import { z } from "zod";
import type {
  Allowed,
  Attribute,
  Attributes,
  Block,
  CtyType,
  NestedBlock,
  ProviderSchema,
  Schema,
} from "./provider-schema";

/** Raise it with every change of what is derived: a cache of another number is not read. */
const format = 4;

const primitive = z.enum(["string", "number", "bool", "dynamic"]);

const ctyType: z.ZodType<CtyType> = z.lazy(() =>
  z.union([
    primitive,
    z.tuple([z.enum(["list", "set", "map"]), ctyType]),
    z.tuple([z.literal("object"), z.record(z.string(), ctyType)]),
    z.tuple([z.literal("tuple"), z.array(ctyType)]),
  ]),
);

const allowed: z.ZodType<Allowed> = z.array(z.union([z.string(), z.number()]));

const traits = {
  required: z.boolean().exactOptional(),
  optional: z.boolean().exactOptional(),
  computed: z.boolean().exactOptional(),
  sensitive: z.boolean().exactOptional(),
  deprecated: z.boolean().exactOptional(),
  writeOnly: z.boolean().exactOptional(),
  forceNew: z.boolean().exactOptional(),
  oneOf: allowed.exactOptional(),
  keys: z.array(z.string()).exactOptional(),
  default: z.union([z.string(), z.number(), z.boolean()]).exactOptional(),
};

const attributes: z.ZodType<Attributes> = z.lazy(() => z.record(z.string(), attribute));

const nesting = z.enum(["single", "list", "set", "map"]);

const attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.union([z.strictObject({ ...traits, type: ctyType }), z.strictObject({ ...traits, nesting, attributes })]),
);

const nestedBlock: z.ZodType<NestedBlock> = z.lazy(() =>
  z.strictObject({
    nesting,
    block,
    minItems: z.number().exactOptional(),
    maxItems: z.number().exactOptional(),
    forceNew: z.boolean().exactOptional(),
  }),
);

const block: z.ZodType<Block> = z.lazy(() => z.strictObject({ attributes, blocks: z.record(z.string(), nestedBlock) }));

const schema: z.ZodType<Schema> = z.strictObject({ version: z.number(), block });

const cached = z.strictObject({
  format: z.literal(format),
  configuration: block,
  resources: z.record(z.string(), schema),
  dataSources: z.record(z.string(), schema),
  warnings: z.array(z.string()),
});

/** What is kept of a provider: the types derived so far. */
export interface CachedSchema {
  readonly schema: ProviderSchema;
  /** What its derivation warned of. */
  readonly warnings: readonly string[];
}

/** Reads the text of a cache file; undefined for one that is cut, damaged or of another format. */
export function readCachedSchema(text: string): CachedSchema | undefined {
  const parsed = cached.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { configuration, resources, dataSources, warnings } = parsed.data;
  return { schema: { configuration, resources, dataSources }, warnings };
}

export const writeCachedSchema = ({ schema: provider, warnings }: CachedSchema): string =>
  JSON.stringify({ format, ...provider, warnings });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
