import type { CtyType } from "../schema/provider-schema";
import { isList, isObject, type Value } from "./value";

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** At most this many digits always fit a double's 53 bits. */
const exactInteger = /^-?\d{1,15}$/;

const isValue = (parsed: unknown): parsed is Value => parsed !== undefined;

/**
 * Parses JSON without rounding: a number that a double might change becomes a string of its digits, as the wire has it. Terraform
 * keeps 512 bits of a number, so that the double nearest to 0.1 would be a permanent difference.
 * @throws SyntaxError
 */
export function valueOfJson(text: string): Value {
  const exact = text.replace(stringOrNumber, (token) =>
    token.startsWith('"') || exactInteger.test(token) ? token : JSON.stringify(token),
  );
  const parsed: unknown = JSON.parse(exact);
  return isValue(parsed) ? parsed : null;
}

const typeBytes = (type: Value): Uint8Array => Buffer.from(JSON.stringify(type));

const isPrimitive = (name: string): name is "string" | "number" | "bool" | "dynamic" =>
  ["string", "number", "bool", "dynamic"].includes(name);

/** A type constraint out of parsed JSON; dynamic for what is none. */
function typeOf(value: Value): CtyType {
  if (typeof value === "string") return isPrimitive(value) ? value : "dynamic";
  if (!isList(value)) return "dynamic";
  const [kind, inner = null] = value;
  if (kind === "list" || kind === "set" || kind === "map") return [kind, typeOf(inner)];
  if (kind === "tuple" && isList(inner)) return ["tuple", inner.map(typeOf)];
  if (kind !== "object" || !isObject(inner)) return "dynamic";
  return ["object", Object.fromEntries(Object.entries(inner).map(([name, type]) => [name, typeOf(type)]))];
}

/** A value as state files have it, as the wire has it: a dynamic one carries its type, an object all its attributes and no other. */
export function wireValue(type: CtyType, value: Value): Value {
  if (value === null || value === undefined) return null;
  if (type === "dynamic") {
    if (!isObject(value)) return null;
    const { type: own = null, value: inner = null } = value;
    return [typeBytes(own), wireValue(typeOf(own), inner)];
  }
  if (typeof type === "string") return value;
  switch (type[0]) {
    case "list":
    case "set": {
      const [, element] = type;
      return isList(value) ? value.map((each) => wireValue(element, each)) : null;
    }
    case "map": {
      const [, element] = type;
      if (!isObject(value)) return null;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wireValue(element, each)]));
    }
    case "tuple": {
      const [, elements] = type;
      return isList(value) ? elements.map((element, index) => wireValue(element, value[index] ?? null)) : null;
    }
    case "object": {
      const [, attributes] = type;
      if (!isObject(value)) return null;
      return Object.fromEntries(
        Object.entries(attributes).map(([name, attribute]) => [name, wireValue(attribute, value[name] ?? null)]),
      );
    }
  }
}
