import { literal, type Piece, readCharacter, readSharedClass } from "./re2-escape";

const POSIX: ReadonlyMap<string, string> = new Map([
  ["alnum", "0-9A-Za-z"],
  ["alpha", "A-Za-z"],
  ["ascii", "\\x00-\\x7F"],
  ["blank", "\\t "],
  ["cntrl", "\\x00-\\x1F\\x7F"],
  ["digit", "0-9"],
  ["graph", "!-~"],
  ["lower", "a-z"],
  ["print", " -~"],
  ["punct", "!-\\/:-@\\[-`\\{-~"],
  ["space", "\\t\\n\\v\\f\\r "],
  ["upper", "A-Z"],
  ["word", "0-9A-Za-z_"],
  ["xdigit", "0-9A-Fa-f"],
]);

/** The bracketed class that `rest` starts with (RE2: syntax, "Character class elements"). */
export function readClass(rest: string): Piece {
  const negated = rest.startsWith("[^");
  const start = negated ? 2 : 1;
  // Alternatives instead of one bracket, because a negated named class cannot stand inside another class.
  const named: string[] = [];
  let ranges = "";
  for (let at = start; at < rest.length; ) {
    if (rest[at] === "]" && at > start) {
      const members = [ranges === "" ? "" : `[${ranges}]`, ...named].filter((member) => member !== "").join("|");
      return { source: negated ? `(?!${members})[^]` : `(?:${members})`, length: at + 1 };
    }
    const inside = rest.slice(at);
    const group = readNamed(inside) ?? readSharedClass(inside);
    const piece = group ?? readRange(inside);
    if ("problem" in piece) return { problem: piece.problem, length: at + piece.length };
    if (group === undefined) ranges += piece.source;
    else named.push(piece.source);
    at += piece.length;
  }
  return { problem: `"[" is never closed`, length: 1 };
}

function readNamed(rest: string): Piece | undefined {
  const match = /^\[:(\^?)([^\]]*?):\]/.exec(rest);
  if (match === null) return undefined;
  const [text, caret = "", name = ""] = match;
  const members = POSIX.get(name);
  if (members === undefined) return { problem: `"${text}" names no class of characters`, length: text.length };
  return { source: `[${caret}${members}]`, length: text.length };
}

function readMember(rest: string): Piece {
  if (rest.startsWith("\\")) return readCharacter(rest);
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return { source: literal(character), length: character.length };
}

function readRange(rest: string): Piece {
  const first = readMember(rest);
  if ("problem" in first) return first;
  const after = rest.slice(first.length);
  if (!after.startsWith("-") || after.length < 2 || after.startsWith("-]")) return first;
  const last = readMember(after.slice(1));
  if ("problem" in last) return last;
  const length = first.length + 1 + last.length;
  if (codeOf(first.source) > codeOf(last.source))
    return { problem: `the range "${rest.slice(0, length)}" runs backwards`, length };
  return { source: `${first.source}-${last.source}`, length };
}

/** The code point of a member, which is always written as `\u{…}`. */
const codeOf = (source: string): number => Number.parseInt(source.slice(3), 16);
