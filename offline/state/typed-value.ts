import { fail, ok, type Result } from "../../model/result";
import { isList, isObject, Unknown, type Value } from "../protocol/value";
import {
  type Attribute,
  type Attributes,
  type Block,
  type CtyType,
  isNested,
  type NestedBlock,
} from "../schema/provider-schema";
import { wireNumber } from "./number";
import { inSetOrder } from "./set-order";

/** The error of the first that has one, else all values. */
function all<T>(results: readonly Result<T>[]): Result<readonly T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return ok(values);
}

function allNamed(entries: readonly (readonly [string, Result<Value>])[]): Result<Value> {
  const values = all(entries.map(([, result]) => result));
  return values.ok
    ? ok(Object.fromEntries(entries.map(([name], index) => [name, values.value[index] ?? null])))
    : values;
}

const mismatch = (type: string, value: Value): Result<Value> =>
  fail(
    `it must be a ${type}: ${JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}` : part))}`,
  );

function primitive(type: "string" | "number" | "bool", value: Value): Result<Value> {
  switch (type) {
    case "string":
      return typeof value === "string" ||
        typeof value === "number" ||
        typeof value === "boolean" ||
        typeof value === "bigint"
        ? ok(String(value))
        : mismatch(type, value);
    case "number": {
      const text =
        typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? `${value}` : "";
      const number = wireNumber(text);
      return number === undefined ? mismatch(type, value) : ok(number);
    }
    case "bool":
      if (typeof value === "boolean") return ok(value);
      return value === "true" || value === "false" ? ok(value === "true") : mismatch(type, value);
  }
}

const byBytes = (a: Value, b: Value): number => Buffer.compare(Buffer.from(`${a}`), Buffer.from(`${b}`));

/** A value with all names in the order in which Terraform encodes them, so that equal values have equal digests. */
export function canonical(value: Value): Value {
  if (isList(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => byBytes(a, b));
  return Object.fromEntries(entries.map(([name, part]) => [name, canonical(part)]));
}

/** A value of the configuration as one of a type, converted as Terraform converts (Terraform language: "Types and Values"). */
export function typed(type: CtyType, value: Value): Result<Value> {
  if (value === null || value instanceof Unknown) return ok(value);
  if (type === "dynamic") return fail("its type is only known to Terraform");
  if (typeof type === "string") return primitive(type, value);
  switch (type[0]) {
    case "list":
    case "set": {
      const [kind, element] = type;
      if (!isList(value)) return mismatch(kind, value);
      const elements = all(value.map((each) => typed(element, each)));
      if (!elements.ok) return elements;
      return ok(kind === "set" ? inSetOrder(elements.value) : elements.value);
    }
    case "map": {
      const [, element] = type;
      if (!isObject(value)) return mismatch("map", value);
      return allNamed(Object.entries(value).map(([key, each]) => [key, typed(element, each)] as const));
    }
    case "tuple": {
      const [, elements] = type;
      if (!isList(value)) return mismatch("tuple", value);
      return all(elements.map((element, position) => typed(element, value[position] ?? null)));
    }
    case "object": {
      const [, attributes] = type;
      if (!isObject(value)) return mismatch("object", value);
      return allNamed(
        Object.entries(attributes).map(([name, each]) => [name, typed(each, value[name] ?? null)] as const),
      );
    }
  }
}

function typedAttribute(attribute: Attribute, value: Value): Result<Value> {
  if (!isNested(attribute)) return typed(attribute.type, value);
  if (value === null || value instanceof Unknown) return ok(value);
  const each = (element: Value): Result<Value> => typedAttributes(attribute.attributes, element);
  switch (attribute.nesting) {
    case "single":
      return each(value);
    case "map":
      return isObject(value)
        ? allNamed(Object.entries(value).map(([key, element]) => [key, each(element)]))
        : mismatch("map", value);
    case "list":
    case "set":
      return isList(value) ? all(value.map(each)) : mismatch("list", value);
  }
}

function typedAttributes(attributes: Attributes, value: Value): Result<Value> {
  if (!isObject(value)) return mismatch("object", value);
  const strange = Object.keys(value).find((name) => attributes[name] === undefined);
  if (strange !== undefined) return fail(`unknown argument "${strange}"`);
  return allNamed(
    Object.entries(attributes).map(
      ([name, attribute]) => [name, typedAttribute(attribute, value[name] ?? null)] as const,
    ),
  );
}

const asList = (value: Value): readonly Value[] => {
  if (value === null) return [];
  return isList(value) ? value : [value];
};

/** All blocks of one type; they may stand alone or in a list. */
function typedBlocks({ nesting, block }: NestedBlock, value: Value): Result<Value> {
  switch (nesting) {
    case "single":
      return value === null ? ok(null) : typedBlock(block, asList(value)[0] ?? null);
    case "map":
      return isObject(value)
        ? allNamed(Object.entries(value).map(([key, each]) => [key, typedBlock(block, each)] as const))
        : ok({});
    case "list":
    case "set": {
      const elements = all(asList(value).map((each) => typedBlock(block, each)));
      if (!elements.ok || nesting === "list") return elements;
      return ok(inSetOrder(elements.value));
    }
  }
}

/** A block's body in the configuration as a value of its schema. */
export function typedBlock(block: Block, body: Value): Result<Value> {
  if (!isObject(body)) return mismatch("object", body);
  const own = Object.fromEntries(
    Object.entries(body).filter(([name]) => block.blocks[name] === undefined && name !== "//"),
  );
  const attributes = typedAttributes(block.attributes, own);
  if (!attributes.ok || !isObject(attributes.value)) return attributes;
  const blocks = allNamed(
    Object.entries(block.blocks).map(([name, nested]) => [name, typedBlocks(nested, body[name] ?? null)] as const),
  );
  return blocks.ok && isObject(blocks.value) ? ok({ ...attributes.value, ...blocks.value }) : blocks;
}
