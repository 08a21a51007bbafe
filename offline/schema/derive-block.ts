import {
  type Accessor,
  type Argument,
  accessorsOf,
  argumentsOf,
  type BindingModule,
  blocksOf,
  mapperOf,
  propertiesOf,
} from "./binding-module";
import { leafType, type Mapper, parseMapper } from "./mapper";
import {
  type Attribute,
  type Attributes,
  type Block,
  type CtyType,
  emptyBlock,
  isNested,
  type NestedBlock,
} from "./provider-schema";

/** What a derivation needs beside the text in hand. */
interface Context {
  readonly module: BindingModule;
  /** The structs around this one. */
  readonly within: readonly string[];
  readonly warn: (message: string) => void;
}

type Derived =
  | { readonly kind: "block"; readonly block: NestedBlock }
  | { readonly kind: "attribute"; readonly attribute: Attribute };

/** The generator folds deep repetition into a struct that holds itself; it is unrolled this far again. */
const deepestRecursion = 4;

const typed = (type: CtyType): Derived => ({ kind: "attribute", attribute: { type } });
const block = (nested: NestedBlock): Derived => ({ kind: "block", block: nested });

const structNamed = ({ module }: Context, lowered: string): string =>
  module.structNames.get(lowered) ?? lowered.slice(0, 1).toUpperCase() + lowered.slice(1);

function structBlock(context: Context, name: string): Block {
  const { module, within, warn } = context;
  if (within.filter((struct) => struct === name).length >= deepestRecursion) {
    warn(`${name} holds itself: cut ${deepestRecursion} levels down`);
    return emptyBlock;
  }
  const inner: Context = { ...context, within: [...within, name] };
  const reference = module.classes.get(`${name}OutputReference`);
  const written = argumentsOf(mapperOf(module, name));
  const interfaceText = module.interfaces.get(name) ?? "";
  if (reference !== undefined) return deriveBlock(inner, accessorsOf(reference.text), written, interfaceText);
  // The structs of a provider's configuration cannot be read back, so that only their interface tells what is optional.
  const properties = propertiesOf(interfaceText);
  const accessors = [...written.keys()].map((argument, index): Accessor => {
    const optional = properties[index]?.optional ?? true;
    return { name: argument, computed: false, optional, required: !optional, body: "" };
  });
  return deriveBlock(inner, accessors, written, interfaceText);
}

/** The type of an attribute that holds an object, where the attributes inside cannot have traits of their own. */
const objectType = (attributes: Attributes): CtyType => [
  "object",
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attributeType(attribute)])),
];

function attributeType(attribute: Attribute): CtyType {
  if (!isNested(attribute)) return attribute.type;
  const object = objectType(attribute.attributes);
  return attribute.nesting === "single" ? object : [attribute.nesting, object];
}

/**
 * An attribute of structs: nested when those have traits that differ from its own or are nested themselves, and when it is one struct
 * that may be written, else of a plain object type. Of one struct whose attributes are all optional the bindings do not tell which it is;
 * providers of the plugin framework write it nested, and those before it could not have it at all.
 */
function structAttribute(
  context: Context,
  nesting: "single" | "list" | "set" | "map",
  struct: string,
  own: Accessor,
): Derived {
  const { attributes } = structBlock(context, struct);
  const alike = Object.values(attributes).every(
    ({ computed = false, optional = false, required = false }) =>
      computed === own.computed && optional === own.optional && required === own.required,
  );
  const written = nesting === "single" && own.optional;
  if (!alike || written || Object.values(attributes).some(isNested))
    return { kind: "attribute", attribute: { nesting, attributes } };
  const object = objectType(attributes);
  return typed(nesting === "single" ? object : [nesting, object]);
}

const setOrList = (kind: string): "set" | "list" => (kind === "set" ? "set" : "list");

function mappedType(context: Context, mapper: Mapper, collection: "set" | "list" | undefined): CtyType {
  switch (mapper.kind) {
    case "leaf":
      return mapper.type;
    case "struct":
      return objectType(structBlock(context, structNamed(context, mapper.name)).attributes);
    case "map": {
      const { element } = mapper;
      // The generator writes a map of anything for an attribute that is dynamic as a whole.
      if (element.kind === "leaf" && element.type === "dynamic" && collection !== undefined) return "dynamic";
      return ["map", mappedType(context, element, undefined)];
    }
    case "list":
      // Whether an inner collection is a set is not recorded.
      return [collection ?? "list", mappedType(context, mapper.element, undefined)];
  }
}

function fromArgument(context: Context, { expression, kind }: Argument, own: Accessor, isBlock: boolean): Derived {
  const mapper = parseMapper(expression);
  if (mapper === undefined) {
    context.warn(`${own.name}: cannot read ${JSON.stringify(expression)}; taken as dynamic`);
    return typed("dynamic");
  }
  const minItems = own.required ? { minItems: 1 } : {};
  if (mapper.kind === "struct") {
    const struct = structNamed(context, mapper.name);
    if (kind === "list" || kind === "set") {
      return block({ nesting: kind, block: structBlock(context, struct), ...minItems, maxItems: 1 });
    }
    return isBlock
      ? block({ nesting: "single", block: structBlock(context, struct) })
      : structAttribute(context, "single", struct, own);
  }
  if ((mapper.kind === "list" || mapper.kind === "map") && mapper.element.kind === "struct") {
    const struct = structNamed(context, mapper.element.name);
    if (mapper.kind === "map") return structAttribute(context, "map", struct, own);
    return mapper.block
      ? block({ nesting: setOrList(kind), block: structBlock(context, struct), ...minItems })
      : structAttribute(context, setOrList(kind), struct, own);
  }
  return typed(mappedType(context, mapper, setOrList(kind)));
}

/** Type of a wrapper class of `cdktf` such as `StringMapList`: a list of maps of strings. */
function wrapperType(name: string, outermost: "set" | "list"): CtyType | undefined {
  const [, leaf, collections] = /^(String|Number|Boolean|Any)((?:List|Map)+)$/.exec(name) ?? [];
  if (leaf === undefined || collections === undefined) return undefined;
  const names = collections.match(/List|Map/g) ?? [];
  if (leaf === "Any" && names.length === 1) return "dynamic";
  return names.reduce<CtyType>((type, collection, index) => {
    if (collection === "Map") return ["map", type];
    return [index === names.length - 1 ? outermost : "list", type];
  }, leafType(leaf));
}

function fromWrapper(
  context: Context,
  className: string,
  collection: "set" | "list",
  own: Accessor,
): Derived | undefined {
  if (className.endsWith("OutputReference")) {
    const struct = className.slice(0, -"OutputReference".length);
    return own.computed
      ? structAttribute(context, "single", struct, own)
      : block({ nesting: "single", block: structBlock(context, struct) });
  }
  const doubled = [
    ["MapList", collection, "map"],
    ["ListMap", "map", "list"],
    ["ListList", collection, "list"],
  ] as const;
  for (const [suffix, outer, inner] of doubled) {
    const struct = className.slice(0, -suffix.length);
    if (className.endsWith(suffix) && context.module.classes.has(`${struct}OutputReference`)) {
      return typed([outer, [inner, objectType(structBlock(context, struct).attributes)]]);
    }
  }
  if (className.endsWith("List")) return structAttribute(context, collection, className.slice(0, -"List".length), own);
  if (className.endsWith("Map")) return structAttribute(context, "map", className.slice(0, -"Map".length), own);
  return undefined;
}

/** An attribute that cannot be configured has nothing but its getter. */
function fromGetter(context: Context, own: Accessor): Derived {
  const { body } = own;
  const [, ofCdktf, className = "", isSet] = /= new (cdktf\.)?(\w+)\(this, "\w+"(?:, (true|false))?\)/.exec(body) ?? [];
  const collection = isSet === "true" ? "set" : "list";
  if (ofCdktf !== undefined) {
    const type = wrapperType(className, collection);
    if (type !== undefined) return typed(type);
  } else if (className !== "") {
    const derived = fromWrapper(context, className, collection, own);
    if (derived !== undefined) return derived;
  }
  const plain = /Fn\.tolist/.test(body) ? "set" : "list";
  if (body.includes("getNumberListAttribute")) return typed([plain, "number"]);
  if (body.includes("getListAttribute")) return typed([plain, "string"]);
  const [, inMap] = /get(String|Number|Boolean|Any)MapAttribute/.exec(body) ?? [];
  if (inMap !== undefined) return typed(inMap === "Any" ? "dynamic" : ["map", leafType(inMap)]);
  const [, leaf] = /get(String|Number|Boolean)Attribute/.exec(body) ?? [];
  if (leaf !== undefined) return typed(leafType(leaf));
  context.warn(`${own.name}: its getter does not tell its type; taken as dynamic`);
  return typed("dynamic");
}

const traitsOf = ({ required, optional, computed }: Accessor) => ({
  ...(required ? { required } : {}),
  ...(optional ? { optional } : {}),
  ...(computed ? { computed } : {}),
});

/** The block that a class's attributes and its written arguments describe. */
export function deriveBlock(
  context: Context,
  accessors: readonly Accessor[],
  written: ReadonlyMap<string, Argument>,
  interfaceText: string,
): Block {
  const blockNames = blocksOf(interfaceText);
  const derived = accessors.map((own) => {
    const argument = written.get(own.name);
    const result =
      argument === undefined
        ? fromGetter(context, own)
        : fromArgument(context, argument, own, blockNames.has(own.name));
    return { own, result };
  });
  return {
    attributes: Object.fromEntries(
      derived.flatMap(({ own, result }) =>
        result.kind === "attribute" ? [[own.name, { ...result.attribute, ...traitsOf(own) }]] : [],
      ),
    ),
    blocks: Object.fromEntries(
      derived.flatMap(({ own, result }) => (result.kind === "block" ? [[own.name, result.block]] : [])),
    ),
  };
}
