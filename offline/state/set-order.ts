import { isList, isObject, Unknown, type Value } from "../protocol/value";

/** A number with ten significant digits at most, in Go's shortest notation (Go, package math/big, `Float.String`). */
function numberText(value: number): string {
  const [digits = "", exponent] = value.toExponential(9).split("e");
  const power = Number(exponent);
  const trimmed = digits.replace(/\.?0+$/, "");
  if (power >= -4 && power < 10) return String(Number(value.toPrecision(10)));
  return `${trimmed}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/**
 * The text by which Terraform orders the elements of a set that are neither texts nor numbers (go-cty, cty/set_internals.go,
 * `makeSetHashBytes`). A map is written as an object here, which differs only where two elements are alike up to it.
 */
function orderText(value: Value): string {
  if (value === null) return "~";
  if (value instanceof Unknown) return "?";
  if (typeof value === "boolean") return value ? "T" : "F";
  if (typeof value === "number" || typeof value === "bigint") return numberText(Number(value));
  if (typeof value === "string") return JSON.stringify(value);
  if (isList(value)) return `[${value.map((each) => `${orderText(each)};`).join("")}]`;
  if (!isObject(value)) return "";
  const names = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `<${names.map((name) => `${orderText(value[name] ?? null)};`).join("")}>`;
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A set's elements, each once, in the order that Terraform keeps them in: texts and numbers by value, all else by `orderText`. */
export function inSetOrder(elements: readonly Value[]): readonly Value[] {
  const distinct = [...new Map(elements.map((element) => [JSON.stringify(element), element])).values()];
  if (distinct.every((element) => typeof element === "string")) return distinct.sort(byBytes);
  if (distinct.every((element) => typeof element === "number")) return distinct.sort((a, b) => a - b);
  return distinct
    .map((element) => ({ element, text: orderText(element) }))
    .sort((a, b) => byBytes(a.text, b.text))
    .map(({ element }) => element);
}
