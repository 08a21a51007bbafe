import { readdirSync } from "node:fs";
import { join } from "node:path";
import { accessorsOf, argumentsOf, type BindingClass, type BindingModule, parseModule } from "./binding-module";
import { bindingSource } from "./binding-source";
import { deriveBlock } from "./derive-block";
import {
  type Attribute,
  type Block,
  type CtyType,
  emptyBlock,
  isNested,
  type NestedBlock,
  type Schema,
} from "./provider-schema";

/** A schema out of bindings, and what could not be told from them. */
export interface Derived<T> {
  readonly value: T;
  /** One line each. */
  readonly warnings: readonly string[];
}

const holdsDynamicType = (type: CtyType): boolean => {
  if (typeof type === "string") return type === "dynamic";
  if (type[0] === "object") return Object.values(type[1]).some(holdsDynamicType);
  return type[0] === "tuple" ? type[1].some(holdsDynamicType) : holdsDynamicType(type[1]);
};

const holdsDynamic = (attribute: Attribute): boolean =>
  isNested(attribute) ? Object.values(attribute.attributes).some(holdsDynamic) : holdsDynamicType(attribute.type);

const blockHoldsDynamic = ({ attributes, blocks }: Block): boolean =>
  Object.values(attributes).some(holdsDynamic) || Object.values(blocks).some(({ block }) => blockHoldsDynamic(block));

/** Terraform refuses a set of blocks that hold a dynamic attribute; bindings have them where the generator gave up on a type. */
function withoutDynamicSets({ attributes, blocks }: Block): Block {
  const relaxed = Object.entries(blocks).map(([name, nested]): [string, NestedBlock] => {
    const block = withoutDynamicSets(nested.block);
    return [
      name,
      { ...nested, block, nesting: nested.nesting === "set" && blockHoldsDynamic(block) ? "list" : nested.nesting },
    ];
  });
  return { attributes, blocks: Object.fromEntries(relaxed) };
}

const typeOf = ({ text }: BindingClass): string => /tfResourceType = "(\w+)"/.exec(text)?.[1] ?? "";

function blockOf(module: BindingModule, name: string, { text }: BindingClass, where: string): Derived<Block> {
  const warnings = new Set<string>();
  const context = { module, within: [], warn: (message: string) => warnings.add(`${where}: ${message}`) };
  const written = argumentsOf(text.slice(Math.max(0, text.indexOf("synthesizeHclAttributes"))));
  const block = deriveBlock(context, accessorsOf(text), written, module.interfaces.get(`${name}Config`) ?? "");
  return { value: withoutDynamicSets(block), warnings: [...warnings] };
}

/** Derives the block of the provider's own configuration; an empty one when the bindings have none. */
export function deriveConfiguration(folder: string): Derived<Block> {
  const module = parseModule(bindingSource(join(folder, "provider")));
  for (const [name, bindingClass] of module.classes) {
    if (bindingClass.base !== "TerraformProvider") continue;
    const { value, warnings } = blockOf(module, name, bindingClass, "provider");
    // An alias is Terraform's, not the provider's.
    const { alias: _, ...attributes } = value.attributes;
    return { value: { ...value, attributes }, warnings };
  }
  return { value: emptyBlock, warnings: [`no provider in ${folder}`] };
}

const squashed = (name: string): string => name.replaceAll(/[_-]/g, "");

/** Folders that may hold a type: `aws_kms_key` is in `kms-key`, its data source in `data-aws-kms-key`. */
function candidates(folder: string, provider: string, mode: "resource" | "data", type: string): readonly string[] {
  const short = type.startsWith(`${provider}_`) ? type.slice(provider.length + 1) : type;
  const expected = mode === "data" ? `data-${provider}-${short}` : short;
  const same = squashed(expected);
  return readdirSync(folder)
    .filter((name) => [same, `${same}resource`].includes(squashed(name)))
    .map((name) => join(folder, name));
}

/** Derives the schema of one type; undefined when the bindings do not have it. */
export function deriveType(
  folder: string,
  provider: string,
  mode: "resource" | "data",
  type: string,
): Derived<Schema> | undefined {
  const base = mode === "data" ? "TerraformDataSource" : "TerraformResource";
  for (const candidate of candidates(folder, provider, mode, type)) {
    const module = parseModule(bindingSource(candidate));
    for (const [name, bindingClass] of module.classes) {
      if (bindingClass.base !== base || typeOf(bindingClass) !== type) continue;
      const { value, warnings } = blockOf(module, name, bindingClass, type);
      return { value: { version: 0, block: value }, warnings };
    }
  }
  return undefined;
}
