import { parser } from "@prometheus-io/lezer-promql";

/** The concrete syntax tree of a text; wrong places are error nodes in it. */
export type SyntaxTree = ReturnType<typeof parser.parse>;
export type SyntaxNode = SyntaxTree["topNode"];

/** Names that the grammar's tokenizer looks up in a plain object and finds there, though nobody put them in. */
const INHERITED = /constructor|__proto__/gi;

/** Parse with the grammar that Prometheus' own query editor uses. */
export const parseTree = (text: string): SyntaxTree =>
  parser.parse(text.replaceAll(INHERITED, (name) => "x".repeat(name.length)));

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
