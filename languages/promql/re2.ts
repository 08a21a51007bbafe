import type { Diagnostic, Parsed } from "../diagnostic";
import { readClass } from "./re2-class";
import { type Piece, readEscape } from "./re2-escape";

const MOST_REPEATS = 1000;
/** How deep groups may nest (Go: package regexp/syntax, `maxHeight`). */
const MOST_DEPTH = 1000;

interface State {
  /** The JavaScript expression so far. */
  source: string;
  /** Offsets of the parentheses still open. */
  readonly open: number[];
  /** Whether something stands here that may be repeated. */
  operand: boolean;
  /** Whether it is repeated already. */
  repeated: boolean;
  /** How often its innermost part is repeated in all, as repeats within one another multiply. */
  repeats: number;
  /** The most of these in each group still open, outermost first. */
  readonly most: number[];
  ignoreCase: boolean;
}

/**
 * An RE2 expression as the equal JavaScript one, anchored at both ends and with `.` matching newlines, the way Prometheus and
 * Alertmanager match label values. Invalid for RE2 means invalid here, though JavaScript may know it (RE2: syntax):
 * - refused: lookahead, lookbehind, backreferences, atomic groups, possessive and doubled repetition, repeats over 1000 in all,
 *   escapes of letters without a meaning, empty operands of a repetition;
 * - translated: `(?i)` and other flags, `(?P<name>…)`, `\A`, `\z`, `\Q…\E`, `\a`, octal and `\x{…}` escapes, POSIX classes such as
 *   `[[:alpha:]]`, `\pN`, `\p{Greek}`, a leading `]` in a class, a `{` that starts no repetition;
 * - not exact: `(?i)` applies to the whole expression, `(?m)` and `(?U)` to nothing.
 * Offsets count from the start of the pattern.
 */
export function compileRe2(pattern: string): Parsed<RegExp> {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const result = compile(pattern);
  compiled.set(pattern, result);
  return result;
}

/** What is asked for again and again: rules of one kind match by the same patterns. */
const compiled = new Map<string, Parsed<RegExp>>();

function compile(pattern: string): Parsed<RegExp> {
  const state: State = {
    source: "",
    open: [],
    operand: false,
    repeated: false,
    repeats: 1,
    most: [1],
    ignoreCase: false,
  };
  for (let at = 0; at < pattern.length; ) {
    const piece = readPiece(pattern, at, state);
    if ("problem" in piece)
      return { ok: false, diagnostics: [{ message: piece.problem, offset: at, length: piece.length }] };
    state.source += piece.source;
    at += piece.length;
  }
  const unclosed = state.open.at(-1);
  if (unclosed !== undefined) return { ok: false, diagnostics: [problemAt(unclosed, `"(" is never closed`)] };
  return { ok: true, value: new RegExp(`^(?:${state.source})$`, state.ignoreCase ? "isu" : "su") };
}

const problemAt = (offset: number, message: string): Diagnostic => ({ message, offset, length: 1 });

function readPiece(pattern: string, at: number, state: State): Piece {
  const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
  switch (character) {
    case "(":
      return openGroup(pattern.slice(at), at, state);
    case ")":
      if (state.open.pop() === undefined) return { problem: `")" closes nothing`, length: 1 };
      return operand(state, { source: ")", length: 1 }, state.most.pop());
    case "|":
      state.operand = false;
      state.repeated = false;
      return { source: "|", length: 1 };
    case "*":
    case "+":
    case "?":
      return repetition(pattern, at, character, character, state);
    case "{":
      return counted(pattern, at, state);
    case "[":
      return operand(state, readClass(pattern.slice(at)));
    case "\\":
      return operand(state, readEscape(pattern.slice(at)));
    case "^":
    case "$":
      // RE2 lets an anchor be repeated, JavaScript only a group.
      return operand(state, { source: `(?:${character})`, length: 1 });
    case "}":
    case "]":
    case "/":
      return operand(state, { source: `\\${character}`, length: 1 });
    default:
      return operand(state, { source: character, length: character.length });
  }
}

function operand(state: State, piece: Piece, repeats = 1): Piece {
  keepRepeats(state, repeats);
  state.operand = true;
  state.repeated = false;
  return piece;
}

function keepRepeats(state: State, repeats: number): void {
  state.repeats = repeats;
  state.most.push(Math.max(repeats, state.most.pop() ?? 1));
}

function openGroup(rest: string, at: number, state: State): Piece {
  const flags = /^\(\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(rest);
  state.ignoreCase ||= /^[^-]*i/.test(flags?.[1] ?? "");
  // Flags alone are no group: what stood before may still be repeated.
  if (flags?.[2] === ")") return { source: "", length: flags[0].length };
  const opening = flags ?? /^\(\?P?<[A-Za-z0-9_]+>/.exec(rest) ?? /^\((?!\?)/.exec(rest);
  if (opening === null) return unsupportedGroup(rest);
  if (state.open.length >= MOST_DEPTH)
    return { problem: `more than ${MOST_DEPTH} groups stand within one another`, length: opening[0].length };
  state.open.push(at);
  state.most.push(1);
  state.operand = false;
  state.repeated = false;
  return { source: "(?:", length: opening[0].length };
}

function unsupportedGroup(rest: string): Piece {
  const start = /^\(\?(?:<[=!]|P?[<=!>']|.)?/su.exec(rest)?.[0] ?? "(?";
  switch (start) {
    case "(?=":
    case "(?!":
      return { problem: `lookahead "${start}" does not exist in RE2; use a second matcher with =~ or !~`, length: 3 };
    case "(?<=":
    case "(?<!":
      return { problem: `lookbehind "${start}" does not exist in RE2; use a second matcher with =~ or !~`, length: 4 };
    default:
      return { problem: `"${start}" starts no group that RE2 knows`, length: start.length };
  }
}

function counted(pattern: string, at: number, state: State): Piece {
  const count = /^\{(\d+)(?:(,)(\d*))?\}/.exec(pattern.slice(at));
  if (count === null) return operand(state, { source: "\\{", length: 1 });
  const [text, least = "", comma, most = ""] = count;
  const upper = comma === undefined ? Number(least) : most === "" ? Number(least) : Number(most);
  if (Number(least) > MOST_REPEATS || upper > MOST_REPEATS)
    return { problem: `"${text}" repeats more than ${MOST_REPEATS} times`, length: text.length };
  if (upper < Number(least)) return { problem: `"${text}" ends before it begins`, length: text.length };
  const total = most === "0" || (comma === undefined && upper === 0) ? 1 : state.repeats * Math.max(upper, 1);
  if (upper >= 2 && total > MOST_REPEATS)
    return { problem: `"${text}" and the repeats within it come to more than ${MOST_REPEATS}`, length: text.length };
  if (state.operand && !state.repeated) keepRepeats(state, total);
  return repetition(pattern, at, text, `{${least}${comma ?? ""}${most}}`, state);
}

function repetition(pattern: string, at: number, text: string, source: string, state: State): Piece {
  if (state.repeated) return { problem: `"${text}" repeats what is repeated already`, length: text.length };
  if (!state.operand) return { problem: `"${text}" has nothing to repeat`, length: text.length };
  state.repeated = true;
  const lazy = pattern[at + text.length] === "?" ? "?" : "";
  return { source: source + lazy, length: text.length + lazy.length };
}
