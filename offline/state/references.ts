import { isList, isObject, type Value } from "../protocol/value";
import { type Expression, parseTemplate } from "./template";

const rootOf = (expression: Expression): string =>
  expression.kind === "reference" ? expression.root.join(".") : rootOf(expression.of);

/** Addresses that the templates in a part of the configuration refer to. */
export function* referencesIn(value: Value): Generator<string> {
  if (typeof value === "string") {
    const parts = value.includes("{") ? parseTemplate(value) : undefined;
    if (parts?.ok === true) for (const part of parts.value) if (typeof part !== "string") yield rootOf(part);
  } else if (isList(value)) for (const element of value) yield* referencesIn(element);
  else if (isObject(value))
    for (const [key, element] of Object.entries(value)) if (key !== "//") yield* referencesIn(element);
}
