/** A type constraint as Terraform writes it in JSON (Terraform plugin protocol, object values: type constraints). */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["object", { readonly [attribute: string]: CtyType }]
  | readonly ["tuple", readonly CtyType[]];

/** What a configuration may hold where a provider accepts only some values. */
export type Allowed = readonly (string | number)[];

/** What holds of an attribute whatever its type. Absent means no. */
export interface AttributeTraits {
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
  /** A change of it makes the provider replace the resource. */
  readonly forceNew?: boolean;
  /** The values that the provider accepts; of a collection, each element's. */
  readonly oneOf?: Allowed;
  /** Of a map that the provider computes: its keys. */
  readonly keys?: readonly string[];
  /** What the provider plans when the configuration leaves it out. */
  readonly default?: string | number | boolean;
}

export interface TypedAttribute extends AttributeTraits {
  readonly type: CtyType;
}

/** An attribute whose value has attributes with traits of their own (plugin framework, nested attributes). */
export interface NestedAttribute extends AttributeTraits {
  readonly nesting: "single" | "list" | "set" | "map";
  readonly attributes: Attributes;
}

export type Attribute = TypedAttribute | NestedAttribute;
export type Attributes = { readonly [name: string]: Attribute };

/** A block type within a block. */
export interface NestedBlock {
  readonly nesting: "single" | "list" | "set" | "map";
  readonly block: Block;
  /** Fewest blocks; 0 or absent means none is needed. */
  readonly minItems?: number;
  /** Most blocks; 0 or absent means any number. */
  readonly maxItems?: number;
  /** Adding, removing or changing one makes the provider replace the resource. */
  readonly forceNew?: boolean;
}

export interface Block {
  readonly attributes: Attributes;
  readonly blocks: { readonly [name: string]: NestedBlock };
}

/** The schema of a resource or data source. */
export interface Schema {
  /** Version of the state's layout that the provider writes. */
  readonly version: number;
  readonly block: Block;
}

/** The schema of one provider, with the types in use and nothing else. */
export interface ProviderSchema {
  readonly configuration: Block;
  readonly resources: { readonly [type: string]: Schema };
  readonly dataSources: { readonly [type: string]: Schema };
}

export const emptyBlock: Block = { attributes: {}, blocks: {} };

/** Tells the two kinds of attribute apart. */
export const isNested = (attribute: Attribute): attribute is NestedAttribute => "nesting" in attribute;
