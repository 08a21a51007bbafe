import { never } from "../../model/result";
import { type DiagnosticMessage, errorDiagnostic, type Path, pathText } from "../protocol/diagnostic";
import { isDynamic, isList, isObject, Unknown, type Value } from "../protocol/value";
import { type Allowed, type Attribute, type Attributes, type Block, isNested } from "../schema/provider-schema";
import { elementStep, type Nesting } from "./map-block";

function refused(allowed: Allowed, value: Value, path: Path): readonly DiagnosticMessage[] {
  if (value === null || value instanceof Unknown) return [];
  if (isList(value)) return value.flatMap((element) => refused(allowed, element, path));
  if (allowed.some((each) => String(each) === String(value))) return [];
  const expected = allowed.map((each) => JSON.stringify(each)).join(", ");
  return [
    errorDiagnostic(
      `Value not accepted for ${pathText(path)}`,
      `${pathText(path)} is ${JSON.stringify(String(value))}; the provider's documentation allows ${expected}.`,
      path,
    ),
  ];
}

function problemsOf(attribute: Attribute, value: Value, path: Path): readonly DiagnosticMessage[] {
  if (attribute.computed === true && attribute.optional !== true && attribute.required !== true) {
    return [
      errorDiagnostic(
        "Value for unconfigurable attribute",
        `Can't configure a value for "${pathText(path)}": its value will be decided automatically based on the result of applying this configuration.`,
        path,
      ),
    ];
  }
  return attribute.oneOf === undefined ? [] : refused(attribute.oneOf, value, path);
}

type Found = DiagnosticMessage[];

function inNested(nesting: Nesting, value: Value, path: Path, each: (element: Value, path: Path) => void): void {
  if (isDynamic(value)) {
    inNested(nesting, value[1], path, each);
    return;
  }
  switch (nesting) {
    case "single":
      each(value, path);
      return;
    case "map":
      if (isObject(value)) for (const key in value) each(value[key] ?? null, [...path, { key }]);
      return;
    case "list":
    case "set":
      if (isList(value))
        for (const [index, element] of value.entries()) each(element, [...path, elementStep(nesting, index)]);
      return;
    default:
      never(nesting);
  }
}

function inAttributes(attributes: Attributes, value: Value, path: Path, found: Found): void {
  if (!isObject(value)) return;
  for (const name in attributes) {
    const attribute = attributes[name];
    const own = value[name] ?? null;
    // Most arguments are not set.
    if (attribute === undefined || own === null) continue;
    const at = [...path, name];
    found.push(...problemsOf(attribute, own, at));
    if (isNested(attribute))
      inNested(attribute.nesting, own, at, (element, elementPath) =>
        inAttributes(attribute.attributes, element, elementPath, found),
      );
  }
}

function inBlock(block: Block, value: Value, path: Path, found: Found): void {
  if (!isObject(value)) return;
  inAttributes(block.attributes, value, path, found);
  for (const name in block.blocks) {
    const nested = block.blocks[name];
    const own = value[name] ?? null;
    if (nested === undefined || own === null) continue;
    inNested(nested.nesting, own, [...path, name], (element, at) => inBlock(nested.block, element, at, found));
  }
}

/** What is wrong with a configuration that Terraform leaves to providers: values not accepted, read-only attributes set. */
export function problems(block: Block, configuration: Value): readonly DiagnosticMessage[] {
  const found: Found = [];
  inBlock(block, configuration, [], found);
  return found;
}
