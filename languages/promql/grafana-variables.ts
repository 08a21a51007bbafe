import type { PromqlType } from "./query";
import { aggregationNamed, parameterOf, signatures } from "./signatures";
import { opensList, type Token, tokensOf, VARIABLE } from "./tokens";

/** Samples of the variables that Grafana fills in itself (Grafana: global variables); all shorter than their names. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ["__rate_interval", "1m"],
  ["__interval", "15s"],
  ["__range", "1h"],
  ["__interval_ms", "15000"],
  ["__range_s", "3600"],
  ["__range_ms", "3600000"],
  ["__rate_interval_ms", "60000"],
]);

/** A bracket that is open, what stood before it, and how many commas it holds so far. */
interface Bracket {
  readonly text: string;
  readonly owner: string;
  commas: number;
}

/**
 * The text with every Grafana variable replaced by a sample that may stand in its place: a duration within a range or after
 * `offset`, a number where a function takes one, a function before a parenthesis, and otherwise a name. `$1` and `${1}` belong
 * to regular expressions and stay.
 *
 * A sample is exactly as long as what it replaces, so that offsets in the result are offsets in the text; a sample for a name
 * holds two underscores at least, by which `standsForVariable` knows it.
 */
export function substituteGrafanaVariables(text: string): string {
  const tokens = tokensOf(text);
  const open: Bracket[] = [];
  let result = text;
  const put = (token: Token, sample: string): void => {
    result =
      result.slice(0, token.offset) + sample.padEnd(token.text.length) + result.slice(token.offset + token.text.length);
  };
  for (const [index, token] of tokens.entries()) {
    const inside = open.at(-1);
    if (token.kind === "string") put(token, token.text.replaceAll(new RegExp(VARIABLE, "g"), underscores));
    else if (token.kind === "variable") put(token, sampleFor(text, tokens, index, inside));
    else if (token.kind === "open") open.push({ text: token.text, owner: ownerOf(tokens, index), commas: 0 });
    else if (token.kind === "close") open.pop();
    else if (token.text === "," && inside !== undefined) inside.commas += 1;
  }
  return result;
}

/** Whether a name of a metric or label is, in part, the sample of a variable, and therefore unknown. */
export const standsForVariable = (name: string): boolean => name !== "__name__" && name.includes("__");

const underscores = (variable: string): string => "_".repeat(variable.length);

/** The name before an opening bracket, also over a list of labels in between, as in `sum by (a) (`. */
function ownerOf(tokens: readonly Token[], index: number): string {
  let at = index - 1;
  if (tokens[at]?.text === ")") {
    while (at >= 0 && tokens[at]?.text !== "(") at -= 1;
    if (opensList(tokens[at - 1])) at -= 2;
  }
  return tokens[at]?.text ?? "";
}

function sampleFor(text: string, tokens: readonly Token[], index: number, inside: Bracket | undefined): string {
  const token = tokens[index];
  if (token === undefined) return "";
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const end = token.offset + token.text.length;
  const touches = (character: string | undefined): boolean => character !== undefined && /[\w:]/.test(character);
  if (inside?.text === "[" || before?.text.toLowerCase() === "offset") {
    // A unit follows: `[${minutes}m]`.
    if (/[a-z]/.test(text[end] ?? "")) return "1".padStart(token.text.length, "0");
    return builtIn(token.text) ?? "5m";
  }
  if (touches(text[token.offset - 1]) || touches(text[end])) return underscores(token.text);
  if (inside?.text === "{" && (before?.text === "{" || before?.text === ",") && isListEnd(after))
    return matcherSample(token.text);
  if (after?.text === "(" || opensList(after)) return functionSample(token.text, tokens, index);
  if (before?.text === "@" || expectedType(inside) === "scalar") return builtIn(token.text) ?? "1";
  return builtIn(token.text) ?? underscores(token.text);
}

const builtIn = (variable: string): string | undefined => BUILT_IN.get(/\w+/.exec(variable)?.[0] ?? "");

const isListEnd = (token: Token | undefined): boolean => token?.text === "," || token?.text === "}";

/** A variable that holds whole label matchers. The shortest matcher takes four characters; a shorter name becomes nothing. */
const matcherSample = (variable: string): string => (variable.length < 6 ? "" : `__="_"`);

/** A variable that holds the name of a function or an operator. */
function functionSample(variable: string, tokens: readonly Token[], index: number): string {
  if (variable.length < "rate".length) return variable.length < "sum".length ? "ln" : "sum";
  return takesRange(tokens, index) ? "rate" : "sum";
}

/** Whether the parentheses after a token hold a range that is not yet taken by an inner function. */
function takesRange(tokens: readonly Token[], index: number): boolean {
  let depth = 0;
  for (const token of tokens.slice(index + 1)) {
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (depth === 0 && token.text === ")") return false;
    if (depth === 1 && token.text === "[") return true;
  }
  return false;
}

/** The type that an argument at this place must have. */
function expectedType(inside: Bracket | undefined): PromqlType | undefined {
  if (inside?.text !== "(") return undefined;
  const op = aggregationNamed(inside.owner);
  if (op !== undefined) return inside.commas === 0 && parameterOf(op) !== undefined ? parameterOf(op) : "vector";
  const args = signatures.get(inside.owner)?.args;
  return args?.[inside.commas] ?? args?.at(-1);
}
