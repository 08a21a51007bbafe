import type { Diagnostic } from "../diagnostic";
import { explain } from "./explain";
import { lexicalErrors } from "./lexical-errors";
import { childrenOf, errorNodes, parseTree, type TreeNode } from "./syntax-tree";

/**
 * Everything that is wrong with the form of a text, in its order. What single words tell is found first and mended in a copy,
 * so that one mistake is not reported again by the grammar wherever it trips over it.
 */
export function syntaxErrors(text: string): readonly Diagnostic[] {
  if (text.replaceAll(/#[^\n]*/g, "").trim() === "") return [{ message: "The query is empty.", offset: 0, length: 0 }];
  const { diagnostics, mended } = lexicalErrors(text);
  const nodes = mended === undefined ? [] : errorNodes(parseTree(mended)).filter(isOwnMistake);
  // What is added at the end of the mended copy is not there in the text.
  const structural = new Set(nodes.filter(({ from }) => from <= text.length).map((node) => explain(node, text)));
  const all = [...diagnostics, ...structural].sort((a, b) => a.offset - b.offset);
  return all.filter((diagnostic, index) => !structural.has(diagnostic) || !isEcho(diagnostic, all[index - 1], text));
}

/** Whether a node is more than the echo of another one beside it; in a list, every member may have its own. */
function isOwnMistake(node: TreeNode): boolean {
  if (node.parent === null || node.parent.name === "LabelMatchers") return true;
  return childrenOf(node.parent).find(({ type }) => type.isError)?.from === node.from;
}

/** Whether the grammar only stumbles over what the mistake before it left behind. */
function isEcho({ offset, length }: Diagnostic, before: Diagnostic | undefined, text: string): boolean {
  if (before === undefined) return false;
  const between = text.slice(before.offset + before.length, offset);
  // The brackets pair by now, so that one without a place lost it to an earlier mistake.
  return (
    offset === before.offset ||
    (length === 0 && between.trim() === "") ||
    /^[)\]}]$/.test(text.slice(offset, offset + length))
  );
}
