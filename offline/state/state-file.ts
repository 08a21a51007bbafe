import { randomUUID } from "node:crypto";
import { never } from "../../model/result";
import { isList, isObject, type Value } from "../protocol/value";
import { type Block, type CtyType, isNested } from "../schema/provider-schema";
import type { AppliedResource, AppliedStack } from "./applied-stack";
import type { Evaluated } from "./evaluate";
import { blockText, inferredType, valueText } from "./state-text";
import type { Step } from "./template";

/** Terraform's layout of a state file that is written here. */
const stateVersion = 4;

/** A step of a path in a state: the name of an attribute, a position, or the key of a map. */
type StateStep = Step | { readonly key: string };

/** Steps into an attribute, of which those into a map are its keys. */
function typedPath(type: CtyType | undefined, path: readonly Step[]): readonly StateStep[] {
  const [first, ...rest] = path;
  if (first === undefined || type === undefined || typeof type === "string") return path;
  switch (type[0]) {
    case "map":
      return [{ key: String(first) }, ...typedPath(type[1], rest)];
    case "object":
      return [first, ...typedPath(type[1][String(first)], rest)];
    case "list":
    case "set":
      return [first, ...typedPath(type[1], rest)];
    case "tuple":
      return [first, ...typedPath(type[1][Number(first)], rest)];
    default:
      return never(type);
  }
}

/** A path of the configuration as one of the value: a block that stands alone is the first of its list. */
function valuePath(block: Block, value: Value, path: readonly Step[]): readonly StateStep[] {
  const [first, ...rest] = path;
  if (first === undefined) return [];
  const nested = block.blocks[String(first)];
  if (nested === undefined) {
    const attribute = block.attributes[String(first)];
    return [first, ...(attribute === undefined || isNested(attribute) ? rest : typedPath(attribute.type, rest))];
  }
  const own = isObject(value) ? (value[String(first)] ?? null) : null;
  // An element of a set has no path: the whole set is meant.
  if (nested.nesting === "set") return [first];
  if (nested.nesting === "single" || !isList(own)) return [first, ...valuePath(nested.block, own, rest)];
  const [position, inner] = typeof rest[0] === "number" ? [rest[0], rest.slice(1)] : [0, rest];
  return [first, position, ...valuePath(nested.block, own[position] ?? null, inner)];
}

function stepJson(step: StateStep) {
  if (typeof step === "number") return { type: "index", value: { value: step, type: "number" } };
  return typeof step === "string"
    ? { type: "get_attr", value: step }
    : { type: "index", value: { value: step.key, type: "string" } };
}

/** What the schema hides, set or not. */
function hiddenPaths(block: Block, value: Value, at: readonly Step[] = []): readonly (readonly Step[])[] {
  if (!isObject(value)) return [];
  const attributes = Object.entries(block.attributes).flatMap(([name, { sensitive }]) =>
    sensitive === true ? [[...at, name]] : [],
  );
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) => {
    const own = value[name] ?? null;
    if (nested.nesting === "list" && isList(own))
      return own.flatMap((element, position) => hiddenPaths(nested.block, element, [...at, name, position]));
    // An element of a set has no path: one that hides something hides the whole set.
    if (nested.nesting === "set" && isList(own))
      return own.some((element) => hiddenPaths(nested.block, element).length > 0) ? [[...at, name]] : [];
    return nested.nesting === "single" ? hiddenPaths(nested.block, own, [...at, name]) : [];
  });
  return [...attributes, ...blocks];
}

const quoted = (value: unknown): string => JSON.stringify(value);

/** The program that will read a state. */
export interface StateReader {
  /** Its version; it refuses states of newer ones. */
  readonly version: string;
  /** Each completes a provider's short name with a registry of its own. */
  readonly product: "Terraform" | "OpenTofu";
}

const registries: Readonly<Record<StateReader["product"], string>> = {
  Terraform: "registry.terraform.io",
  OpenTofu: "registry.opentofu.org",
};

/** The address of a provider as a program writes it. */
const addressFor = (source: string, { product }: StateReader): string =>
  source.toLowerCase().replace(registries.Terraform, registries[product]);

function resourceText(
  { declared, provider, schema, value, sensitive, dependencies }: AppliedResource,
  reader: StateReader,
): string {
  const { type, name, createBeforeDestroy } = declared;
  const marked = [
    ...sensitive.map((path) => valuePath(schema.block, value, path)),
    ...hiddenPaths(schema.block, value),
  ];
  const distinct = [...new Map(marked.map((path) => [quoted(path), path])).values()];
  const instance = [
    `"schema_version":${schema.version}`,
    `"attributes":${blockText(schema.block, value)}`,
    `"sensitive_attributes":${quoted(distinct.map((path) => path.map(stepJson)))}`,
    ...(dependencies.length === 0 ? [] : [`"dependencies":${quoted(dependencies)}`]),
    ...(createBeforeDestroy ? ['"create_before_destroy":true'] : []),
  ];
  const source = addressFor(provider.source, reader);
  return `{"mode":"managed","type":${quoted(type)},"name":${quoted(name)},"provider":${quoted(`provider["${source}"]`)},"instances":[{${instance.join(",")}}]}`;
}

const outputText = ([name, { value, sensitive }]: readonly [string, Evaluated]): string =>
  `${quoted(name)}:{"value":${valueText(value)},"type":${quoted(inferredType(value))}${sensitive ? ',"sensitive":true' : ""}}`;

/**
 * The state file of an applied stack, as Terraform would have written it. Without data sources, for every plan reads them anew.
 */
export function stateFile({ resources, outputs }: AppliedStack, reader: StateReader): string {
  const managed = resources.filter(({ declared }) => declared.mode === "managed");
  return `{"version":${stateVersion},"terraform_version":${quoted(reader.version)},"serial":1,"lineage":${quoted(randomUUID())},"outputs":{${[...outputs].map(outputText).join(",")}},"resources":[${managed.map((resource) => resourceText(resource, reader)).join(",\n")}]}\n`;
}
