import { isDynamic, isList, isObject, type Value } from "../protocol/value";
import { type Attribute, type Block, type CtyType, isNested } from "../schema/provider-schema";

/*
 * JSON as state files have it. Written by type, for a number that no double holds stands as a string on the wire.
 */

const object = (entries: readonly (readonly [string, string])[]): string =>
  `{${entries.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;

const array = (elements: readonly string[]): string => `[${elements.join(",")}]`;

function typedText(type: CtyType, value: Value): string {
  if (value === null) return "null";
  if (isDynamic(value))
    return `{"type":${Buffer.from(value[0]).toString("utf8")},"value":${typedText("dynamic", value[1])}}`;
  if (typeof value === "bigint" || (type === "number" && typeof value === "string")) return String(value);
  if (isList(value)) {
    const elementOf = (index: number): CtyType => {
      if (typeof type === "string" || type[0] === "object") return "dynamic";
      return type[0] === "tuple" ? (type[1][index] ?? "dynamic") : type[1];
    };
    return array(value.map((element, index) => typedText(elementOf(index), element)));
  }
  if (isObject(value)) {
    const elementOf = (name: string): CtyType => {
      if (typeof type === "string" || type[0] === "tuple") return "dynamic";
      return type[0] === "object" ? (type[1][name] ?? "dynamic") : type[1];
    };
    return object(Object.entries(value).map(([name, element]) => [name, typedText(elementOf(name), element)]));
  }
  return JSON.stringify(value);
}

function attributeText(attribute: Attribute, value: Value): string {
  if (!isNested(attribute)) return typedText(attribute.type, value);
  const each = (element: Value): string => blockText({ attributes: attribute.attributes, blocks: {} }, element);
  if (isList(value)) return array(value.map(each));
  if (attribute.nesting === "map" && isObject(value))
    return object(Object.entries(value).map(([key, element]) => [key, each(element)]));
  return each(value);
}

/** A resource's value as the `attributes` of its state. */
export function blockText(block: Block, value: Value): string {
  if (!isObject(value)) return "null";
  return object(
    Object.entries(value).map(([name, own]) => {
      const attribute = block.attributes[name];
      if (attribute !== undefined) return [name, attributeText(attribute, own)];
      const nested = block.blocks[name];
      if (nested === undefined) return [name, typedText("dynamic", own)];
      if (isList(own)) return [name, array(own.map((element) => blockText(nested.block, element)))];
      if (nested.nesting === "map" && isObject(own))
        return [name, object(Object.entries(own).map(([key, element]) => [key, blockText(nested.block, element)]))];
      return [name, blockText(nested.block, own)];
    }),
  );
}

/** The type of a value that has no schema, as Terraform infers it: a list is a tuple, a map an object. */
export function inferredType(value: Value): CtyType {
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "boolean") return "bool";
  if (isList(value)) return ["tuple", value.map(inferredType)];
  if (isObject(value))
    return ["object", Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inferredType(part)]))];
  return value === null ? "dynamic" : "string";
}

/** A value without a schema, as an output's `value`. */
export const valueText = (value: Value): string => typedText(inferredType(value), value);
