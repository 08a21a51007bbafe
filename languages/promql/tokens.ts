/** What a piece of a query's text is, seen without grammar. */
type TokenKind = "string" | "variable" | "number" | "name" | "dotted" | "open" | "close" | "operator" | "unknown";

/** One piece of a query's text; between the tokens are only spaces and comments. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
}

/** A Grafana template variable: `$name`, `${name}`, `${name:format}`, `[[name]]` (Grafana: variable syntax). `$1` is a regular expression's. */
export const VARIABLE = /\$\{[A-Za-z_][^{}]*\}|\$[A-Za-z_]\w*|\[\[[A-Za-z_]\w*(?::\w+)?\]\]/;

const TOKEN = new RegExp(
  [
    /(?<skip>\s+|#[^\n]*)/,
    // A string that is never closed runs to the end of its line, or of the text for backticks.
    /(?<string>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`[^`]*`?)/,
    `(?<variable>${VARIABLE.source})`,
    /(?<number>\d[\w.]*|\.\d[\w.]*)/,
    /(?<dotted>[A-Za-z_][\w:]*(?:\.[A-Za-z_][\w:]*)+)/,
    /(?<name>[A-Za-z_][\w:]*)/,
    /(?<open>[([{])/,
    /(?<close>[)\]}])/,
    /(?<operator>==|!=|<=|>=|=>|=~|!~|<>|>\/|<\/|&&|\|\||[-+*/%^<>=@,:!&|])/,
    /(?<unknown>[\s\S])/u,
  ]
    .map((part) => (typeof part === "string" ? part : part.source))
    .join("|"),
  "gu",
);

const KINDS: readonly TokenKind[] = [
  "string",
  "variable",
  "number",
  "name",
  "dotted",
  "open",
  "close",
  "operator",
  "unknown",
];

/** The tokens of any text, however broken; with the spaces and comments between them they make up the whole text. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text: match[0], offset: match.index });
  }
  return tokens;
}

/** The bracket that closes an opening one. */
export const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** Words that a list of labels follows. */
export const LIST_WORDS: ReadonlySet<string> = new Set([
  "by",
  "without",
  "on",
  "ignoring",
  "group_left",
  "group_right",
]);

/** Whether a list of labels follows a token; case does not matter. */
export const opensList = (token: Token | undefined): boolean => LIST_WORDS.has(token?.text.toLowerCase() ?? "");
