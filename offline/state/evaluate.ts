import { fail, ok, type Result } from "../../model/result";
import { isDynamic, isList, isObject, type Value } from "../protocol/value";
import { type Expression, type Part, parseTemplate, type Step } from "./template";

/** A value, and whether Terraform keeps it out of sight. */
export interface Evaluated {
  readonly value: Value;
  readonly sensitive: boolean;
}

/** Looks up what a reference means, `["pagerduty_team", "data"]` and the steps into it. */
export type Lookup = (root: readonly string[], steps: readonly Step[]) => Result<Evaluated>;

/** The part of a value at the end of some steps. */
export function partAt(value: Value, steps: readonly Step[]): Result<Value> {
  let part = isDynamic(value) ? value[1] : value;
  for (const step of steps) {
    const next = isList(part)
      ? part[Number(step)]
      : isObject(part) && Object.hasOwn(part, String(step))
        ? part[String(step)]
        : undefined;
    if (next === undefined) return fail(`there is no ${steps.join(".")}`);
    part = isDynamic(next) ? next[1] : next;
  }
  return ok(part);
}

function evaluateExpression(expression: Expression, lookup: Lookup): Result<Evaluated> {
  if (expression.kind === "reference") return lookup(expression.root, expression.steps);
  const inner = evaluateExpression(expression.of, lookup);
  return inner.ok ? ok({ value: inner.value.value, sensitive: true }) : inner;
}

function evaluateText(parts: readonly Part[], lookup: Lookup): Result<Evaluated> {
  const values: Evaluated[] = [];
  for (const part of parts) {
    const value: Result<Evaluated> =
      typeof part === "string" ? ok({ value: part, sensitive: false }) : evaluateExpression(part, lookup);
    if (!value.ok) return value;
    values.push(value.value);
  }
  const [only] = values;
  // A string that is one expression has the type of its value; any other is text.
  if (values.length === 1 && only !== undefined) return ok(only);
  if (values.some(({ value }) => value === null || typeof value === "object"))
    return fail("a text with a value in it that is no text");
  return ok({
    value: values.map(({ value }) => String(value)).join(""),
    sensitive: values.some(({ sensitive }) => sensitive),
  });
}

/** Told the path of every text that is sensitive. */
type OnSensitive = (path: readonly Step[]) => void;

/** A part of the configuration with all of its templates evaluated. */
export function evaluate(
  value: Value,
  lookup: Lookup,
  onSensitive: OnSensitive,
  path: readonly Step[] = [],
): Result<Value> {
  if (typeof value === "string") {
    if (!value.includes("{")) return ok(value);
    const parts = parseTemplate(value);
    if (!parts.ok) return parts;
    const evaluated = evaluateText(parts.value, lookup);
    if (!evaluated.ok) return evaluated;
    if (evaluated.value.sensitive) onSensitive(path);
    return ok(evaluated.value.value);
  }
  if (isList(value)) {
    const elements: Value[] = [];
    for (const [position, element] of value.entries()) {
      const evaluated = evaluate(element, lookup, onSensitive, [...path, position]);
      if (!evaluated.ok) return evaluated;
      elements.push(evaluated.value);
    }
    return ok(elements);
  }
  if (!isObject(value)) return ok(value);
  const entries: (readonly [string, Value])[] = [];
  for (const [key, element] of Object.entries(value)) {
    if (key === "//") continue;
    const evaluated = evaluate(element, lookup, onSensitive, [...path, key]);
    if (!evaluated.ok) return evaluated;
    entries.push([key, evaluated.value]);
  }
  return ok(Object.fromEntries(entries));
}
