import type { LogFieldDefinition } from "../../model/log-field";
import { fail, never, ok, type Result } from "../../model/result";

/**
 * What CloudWatch takes of custom data identifiers. Source: Amazon CloudWatch Logs User Guide, "Custom data identifiers", "Custom data
 * identifier constraints".
 */
export const customIdentifierLimits = { perPolicy: 10, nameLength: 128, regexLength: 200 } as const;

const accepted = /[A-Za-z0-9_#=@/;,\- ^$?[\]{}|\\*+.]/;

/** A character as any engine of regular expressions knows it by its number; CloudWatch takes no quotes, colons or `&` as they are. */
const escaped = (character: string): string =>
  accepted.test(character) ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** A text, taken literally, in characters that CloudWatch takes. */
const literally = (text: string): string => [...text.replaceAll(/[\\^$.*+?[\]{}|]/g, "\\$&")].map(escaped).join("");

/**
 * A pattern in the characters that CloudWatch takes. It takes no parentheses: a choice at the beginning is written out, one alternative
 * after the other; a group elsewhere has no such form. Fails on that, and on a pattern that becomes too long.
 */
export function customIdentifierRegex(pattern: string): Result<string> {
  const [, choice, rest = pattern] = /^\(([^()]*)\)([^()]*)$/.exec(pattern) ?? [];
  if (/[()]/.test(rest)) return fail(`CloudWatch takes no parentheses in "${pattern}": leave the group out`);
  const wide = [...pattern].find((character) => character > "~");
  if (wide !== undefined) return fail(`CloudWatch takes no "${wide}" in "${pattern}": use ASCII characters only`);
  const alternatives = choice === undefined ? [rest] : choice.split("|").map((alternative) => alternative + rest);
  const regex = [...alternatives.join("|")].map(escaped).join("");
  return regex.length > customIdentifierLimits.regexLength
    ? fail(
        `for CloudWatch the pattern "${pattern}" is ${regex.length} characters long: shorten it to at most ${customIdentifierLimits.regexLength}`,
      )
    : ok(regex);
}

function valueRegex({ type }: LogFieldDefinition): string {
  switch (type) {
    case "string":
    case "timestamp":
      return "\\x22[^\\x22]*\\x22";
    case "number":
      return "[0-9.eE+-]+";
    case "boolean":
      return "[a-z]+";
    default:
      return never(type);
  }
}

/**
 * A field of a JSON event with its value, as `json.dumps` and `JSON.stringify` write it. A text that holds a quote itself is found up to
 * that quote: what must not be stored in any part is dropped or hashed before it is logged.
 */
export const fieldRegex = (field: LogFieldDefinition): string =>
  `\\x22${literally(field.name)}\\x22 *\\x3a *${valueRegex(field)}`;
