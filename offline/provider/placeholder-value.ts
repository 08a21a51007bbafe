import { createHash } from "node:crypto";
import { Unknown, type Value } from "../protocol/value";
import { type Attribute, type CtyType, isNested } from "../schema/provider-schema";

/*
 * Values that only a real service could give. They are functions of the seed, so that a run can be repeated, and have the form
 * that configurations rely on.
 */

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Form {
  /** Names of the attributes that have it. */
  readonly name: RegExp;
  readonly value: (hash: string) => string;
}

const digits = (hash: string): string =>
  `9${BigInt(`0x${hash.slice(0, 12)}`)
    .toString()
    .padStart(11, "0")
    .slice(-11)}`;

const forms: readonly Form[] = [
  { name: /(^|_)arn$/, value: (hash) => `arn:aws:offline:us-east-1:000000000000:${hash.slice(0, 12)}` },
  // `.invalid` resolves nowhere (RFC 2606).
  { name: /(^|_)(url|uri|endpoint)$/, value: (hash) => `https://offline.invalid/${hash.slice(0, 12)}` },
  { name: /(_at|_date|_time)$/, value: () => "2000-01-01T00:00:00Z" },
  // Digits, for an id is as often given to tonumber() as used as text.
  { name: /(^|_)id$/, value: digits },
];

function primitive(type: "string" | "number" | "bool" | "dynamic", name: string, hash: string): Value {
  switch (type) {
    case "string":
      return forms.find((form) => form.name.test(name))?.value(hash) ?? `offline-${name}-${hash.slice(0, 8)}`;
    case "number":
      return Number.parseInt(hash.slice(0, 6), 16);
    case "bool":
      return false;
    case "dynamic":
      return [Buffer.from('"string"'), `offline-${hash.slice(0, 8)}`];
  }
}

/** A value of a type. `path` and `seed` decide which; the path's last name decides its form. */
function typedPlaceholder(type: CtyType, path: readonly string[], seed: string): Value {
  if (typeof type === "string") return primitive(type, path.at(-1) ?? "", digest(`${seed}|${path.join(".")}`));
  switch (type[0]) {
    // One element, so that a reference such as `x[0].id` resolves.
    case "list":
    case "set":
      return [typedPlaceholder(type[1], path, `${seed}|element`)];
    case "map":
      return {};
    case "object":
      return Object.fromEntries(
        Object.entries(type[1]).map(([name, inner]) => [name, typedPlaceholder(inner, [...path, name], seed)]),
      );
    case "tuple":
      return type[1].map((inner, index) => typedPlaceholder(inner, [...path, String(index)], seed));
  }
}

/** A map with the keys that are known of it. */
const keyed = (keys: readonly string[], type: CtyType, path: readonly string[], seed: string): Value =>
  Object.fromEntries(keys.map((key) => [key, typedPlaceholder(type, [...path, key], seed)]));

/** A value for a computed attribute of which nothing is known but, of a map, perhaps its keys. */
export function placeholder(attribute: Attribute, path: readonly string[], seed: string): Value {
  const { keys } = attribute;
  if (!isNested(attribute))
    return keys === undefined || typeof attribute.type === "string" || attribute.type[0] !== "map"
      ? typedPlaceholder(attribute.type, path, seed)
      : keyed(keys, attribute.type[1], path, seed);
  if (attribute.nesting === "map") return {};
  const element = Object.fromEntries(
    Object.entries(attribute.attributes).map(([name, inner]) => [name, placeholder(inner, [...path, name], seed)]),
  );
  return attribute.nesting === "single" ? element : [element];
}

/** A value with what is unknown inside filled in. */
export function filled(type: CtyType, value: Value, path: readonly string[], seed: string): Value {
  if (value instanceof Unknown) return typedPlaceholder(type, path, seed);
  if (value === null || typeof type === "string" || typeof value !== "object" || value instanceof Uint8Array)
    return value;
  if (!("length" in value) || !Array.isArray(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        filled(elementType(type, name), inner, [...path, name], seed),
      ]),
    );
  }
  return value.map((inner: Value, index) =>
    filled(elementType(type, String(index)), inner, [...path, String(index)], seed),
  );
}

/** Type of one part of a value of a collection or structural type. */
function elementType(type: CtyType, name: string): CtyType {
  if (typeof type === "string") return "dynamic";
  switch (type[0]) {
    case "list":
    case "set":
    case "map":
      return type[1];
    case "object":
      return type[1][name] ?? "dynamic";
    case "tuple":
      return type[1][Number(name)] ?? "dynamic";
  }
}
