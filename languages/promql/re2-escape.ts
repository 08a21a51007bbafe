/** A piece of an RE2 expression in JavaScript's terms, or why RE2 refuses it; and how many characters it takes. */
export type Piece =
  | { readonly source: string; readonly length: number }
  | { readonly problem: string; readonly length: number };

/** One character that stands for itself, whatever it is, inside and outside of a class. */
export const literal = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const CLASSES = /^\\[dDsSwW]/;
// Go's \s has no vertical tab and no Unicode space.
const SPACE = "\\t\\n\\f\\r ";
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** The escape that `rest` starts with, outside of a class. */
export function readEscape(rest: string): Piece {
  const anchor = /^\\[AzbB]/.exec(rest)?.[0];
  switch (anchor) {
    case "\\A":
      return { source: "(?:^)", length: 2 };
    case "\\z":
      return { source: "(?:$)", length: 2 };
    case "\\b":
    case "\\B":
      return { source: `(?:${anchor})`, length: 2 };
    default:
  }
  const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
  // Prometheus puts the expression into a group, whose end an open quotation would swallow.
  if (quoted !== null && !quoted[0].endsWith("\\E")) return { problem: `"\\Q" needs a "\\E" after it`, length: 2 };
  if (quoted !== null)
    return { source: [...(quoted[1] ?? "")].map(literal).join("") || "(?:)", length: quoted[0].length };
  return readSharedClass(rest) ?? readCharacter(rest);
}

/** A class of characters that may stand inside of a bracketed class as well: `\d`, `\pL`, `\p{Greek}`. */
export function readSharedClass(rest: string): Piece | undefined {
  const perl = CLASSES.exec(rest)?.[0];
  if (perl === "\\s") return { source: `[${SPACE}]`, length: 2 };
  if (perl === "\\S") return { source: `[^${SPACE}]`, length: 2 };
  if (perl !== undefined) return { source: perl, length: 2 };
  const unicode = /^\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(rest);
  if (unicode === null) return undefined;
  const [text, letter, caret, long, short = ""] = unicode;
  const name = long ?? short;
  const source = unicodeClass((letter === "P") !== (caret === "^") ? "P" : "p", name);
  if (source === undefined) return { problem: `"${text}" names no class of characters`, length: text.length };
  return { source, length: text.length };
}

function unicodeClass(letter: "p" | "P", name: string): string | undefined {
  const property = /^[A-Z][a-z]?$/.test(name) || name === "Any" ? name : `Script=${name}`;
  const source = `\\${letter}{${property}}`;
  try {
    new RegExp(source, "u");
    return source;
  } catch {
    return undefined;
  }
}

/** A single escaped character. */
export function readCharacter(rest: string): Piece {
  const numeric = /^\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/.exec(rest);
  if (numeric !== null) {
    const [text, short, long, octal] = numeric;
    const code = octal === undefined ? Number.parseInt(short ?? long ?? "", 16) : Number.parseInt(octal, 8);
    if (code > 0x10ffff) return { problem: `"${text}" is beyond the last character`, length: text.length };
    return { source: `\\u{${code.toString(16)}}`, length: text.length };
  }
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  if (rest.length === 1) return { problem: `the last "\\" escapes nothing`, length: 1 };
  const control = CONTROLS.get(character);
  if (control !== undefined) return { source: literal(control), length: 2 };
  if (/^[1-9]$/.test(character))
    return { problem: `the backreference "\\${character}" does not exist in RE2`, length: 2 };
  if (/^[^A-Za-z0-9\u0080-\u{10ffff}]$/u.test(character)) return { source: literal(character), length: 2 };
  return { problem: `"\\${character}" is no escape that RE2 knows`, length: 1 + character.length };
}
