import { parser } from "@prometheus-io/lezer-promql";

/** The concrete syntax tree of a text; wrong places are error nodes in it. */
export type SyntaxTree = ReturnType<typeof parser.parse>;
export type SyntaxNode = SyntaxTree["topNode"];

/** Names that the grammar's tokenizer looks up in a plain object and finds there, though nobody put them in. */
const INHERITED = /constructor|__proto__/gi;

/** Numbers that Prometheus reads and the grammar does not, outside of strings and comments: `5.`, `5.e3`, `0X1F`. */
const RARE_NUMBER =
  /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`[^`]*`|#[^\n]*|(?<![\w:.])\d[\d_]*\.(?=[eE][-+\d]|[^\w.]|$)|(?<![\w:.])0X/g;

/** The text in spellings that the grammar knows, every character in its place; numbers are read from the text itself. */
function inGrammar(text: string): string {
  const named = text.replaceAll(INHERITED, (name) => "x".repeat(name.length));
  if (!/\d\.(?!\d)|0X/.test(named)) return named;
  return named.replaceAll(RARE_NUMBER, (piece) => {
    if (piece === "0X") return "0x";
    return /^\d/.test(piece) ? `${piece.slice(0, -1)}0` : piece;
  });
}

/** Parse with the grammar that Prometheus' own query editor uses. */
export const parseTree = (text: string): SyntaxTree => parser.parse(inGrammar(text));

/** "offset" where an operand begins, or where no duration follows. */
const OFFSET = /(?<=(?:^|[-+*/%^<>=(,])\s*)offset\b|\boffset\b(?!\s*[-+]?\s*[(\d])/gi;

/**
 * The tree of a text that names a series `offset`, which Prometheus allows and the grammar does not: with that name covered up,
 * every character in its place. Undefined when there is no such word.
 */
export function parseTreeOfOffset(text: string): SyntaxTree | undefined {
  const covered = text.replaceAll(OFFSET, (name) => "x".repeat(name.length));
  return covered === text ? undefined : parseTree(covered);
}

/** Every kind of node of the grammar. */
export const nodeTypes = parser.nodeSet.types;

/** The outermost nodes that the grammar could not place, in the order of the text. */
export function errorNodes(tree: SyntaxTree): readonly SyntaxNode[] {
  const errors: SyntaxNode[] = [];
  const cursor = tree.cursor();
  let more = cursor.next();
  while (more) {
    const wrong = cursor.type.isError;
    if (wrong) errors.push(cursor.node);
    more = cursor.next(!wrong);
  }
  return errors;
}

/** The direct children, in the order of the text. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
