import { type DiagnosticMessage, errorDiagnostic, type Path, pathText } from "../protocol/diagnostic";
import { isList, Unknown, type Value } from "../protocol/value";
import type { Allowed, Attribute, Block } from "../schema/provider-schema";
import { mapBlock } from "./map-block";

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

/** What is wrong with a configuration that Terraform leaves to providers: values not accepted, read-only attributes set. */
export function problems(block: Block, configuration: Value): readonly DiagnosticMessage[] {
  const found: DiagnosticMessage[] = [];
  mapBlock(block, configuration, (attribute, value, above, name) => {
    if (value !== null) found.push(...problemsOf(attribute, value, [...above, name]));
    return value;
  });
  return found;
}
