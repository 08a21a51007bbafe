import { parser } from "@prometheus-io/lezer-promql";
import { isClosed } from "./strings";

/** The concrete syntax tree of a text; wrong places are error nodes in it. */
export type SyntaxTree = ReturnType<typeof parser.parse>;
/** A node as the library has it, with what stands around it: to explain errors by. */
export type TreeNode = SyntaxTree["topNode"];

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

/** A node of a sound tree as a plain value, remarks left out: reading it costs a third of what the library's own nodes cost. */
export interface SyntaxNode {
  readonly name: string;
  /** Whether it is an expression, of whatever kind. */
  readonly isExpr: boolean;
  readonly from: number;
  readonly to: number;
  readonly children: readonly SyntaxNode[];
}

/** What the grammar says of each kind of node, by its number. */
const kinds = parser.nodeSet.types.map((type) => ({
  name: type.name,
  isExpr: type.is("Expr"),
  isError: type.isError,
  isString: type.name === "StringLiteral",
  isAnonymous: type.isAnonymous,
  isKept: !type.isAnonymous && type.name !== "LineComment",
}));

/**
 * The root of a tree; undefined where the grammar could not place something, or took a string that is never closed for one that
 * ends with the line. It reads the tree's buffers themselves, once.
 */
export function rootOf(tree: SyntaxTree, text: string): SyntaxNode | undefined {
  const children: SyntaxNode[] = [];
  if (tree.type.isError || !readChildren(tree, 0, text, children)) return undefined;
  return { name: tree.type.name, isExpr: false, from: 0, to: tree.length, children };
}

/** Add the nodes within a tree to a list; false when something is broken. */
function readChildren(tree: SyntaxTree, base: number, text: string, into: SyntaxNode[]): boolean {
  for (let index = 0; index < tree.children.length; index += 1) {
    const child = tree.children[index];
    const from = base + (tree.positions[index] ?? 0);
    if (child === undefined) continue;
    if ("buffer" in child) {
      if (!readBuffer(child.buffer, 0, child.buffer.length, from, text, into)) return false;
      continue;
    }
    const kind = kinds[child.type.id];
    const children: SyntaxNode[] = kind?.isAnonymous === true ? into : [];
    if (kind === undefined || kind.isError || !readChildren(child, from, text, children)) return false;
    const to = from + child.length;
    if (kind.isString && !isClosed(text.slice(from, to))) return false;
    if (kind.isKept) into.push({ name: kind.name, isExpr: kind.isExpr, from, to, children });
  }
  return true;
}

/** The same of a buffer: four numbers for each node, its kind, start, end, and where the nodes within it end. */
function readBuffer(
  buffer: Uint16Array,
  first: number,
  end: number,
  base: number,
  text: string,
  into: SyntaxNode[],
): boolean {
  for (let at = first; at < end; ) {
    const kind = kinds[buffer[at] ?? 0];
    const from = base + (buffer[at + 1] ?? 0);
    const to = base + (buffer[at + 2] ?? 0);
    const next = buffer[at + 3] ?? end;
    const children: SyntaxNode[] = kind?.isAnonymous === true ? into : [];
    if (kind === undefined || kind.isError || !readBuffer(buffer, at + 4, next, base, text, children)) return false;
    if (kind.isString && !isClosed(text.slice(from, to))) return false;
    if (kind.isKept) into.push({ name: kind.name, isExpr: kind.isExpr, from, to, children });
    at = next;
  }
  return true;
}

/** The first node of a kind within another; `Expr` is any expression. */
export function child({ children }: SyntaxNode, name: string): SyntaxNode | null {
  for (const node of children) if (node.name === name || (node.isExpr && name === "Expr")) return node;
  return null;
}

/** All nodes of a kind within another, in the order of the text. */
export const childrenNamed = ({ children }: SyntaxNode, name: string): readonly SyntaxNode[] =>
  children.filter((node) => node.name === name || (node.isExpr && name === "Expr"));

/** Every kind of node of the grammar. */
export const nodeTypes = parser.nodeSet.types;

/** The outermost nodes that the grammar could not place, in the order of the text. */
export function errorNodes(tree: SyntaxTree): readonly TreeNode[] {
  const errors: TreeNode[] = [];
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
export function childrenOf(node: TreeNode): readonly TreeNode[] {
  const children: TreeNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
