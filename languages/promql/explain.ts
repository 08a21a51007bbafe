import type { Diagnostic } from "../diagnostic";
import { childrenOf, type TreeNode } from "./syntax-tree";

/** What is wrong where the grammar could not place something, told by what stands around it. */
export function explain(node: TreeNode, text: string): Diagnostic {
  const found = text.slice(node.from, node.to);
  const before = node.prevSibling;
  const at = (message: string): Diagnostic => ({ message, offset: node.from, length: found.length });
  switch (node.parent?.name) {
    case "BinaryExpr":
    case "UnaryExpr":
      return at(found === "" ? `Nothing follows "${lastWord(before, text)}".` : `"${found}" cannot stand here.`);
    case "LabelMatchers":
      return at(explainMatcherList(found));
    case "UnquotedLabelMatcher":
    case "QuotedLabelMatcher":
      return at(explainMatcher(node, found));
    case "MatrixSelector":
    case "SubqueryExpr":
    case "DurationExpr":
    case "NumberDurationLiteralInDurationContext":
      return explainDuration(node, text);
    case "OffsetExpr":
    case "OffsetDurationExpr":
      return at(`"offset" needs a duration after it, such as 5m or 1h30m.`);
    case "StepInvariantExpr":
    case "AtModifierPreprocessors":
      return at(`"@" needs a time after it: seconds since 1970, start() or end().`);
    case "GroupingLabels":
    case "AggregateModifier":
    case "MatchingModifierClause":
      return at(
        found === ""
          ? "A list of labels in parentheses is missing here, such as (job, instance)."
          : `A list of labels in parentheses belongs here, not "${found}".`,
      );
    case "AggregateExpr":
      return at("What is aggregated must follow in parentheses.");
    case "FunctionCallBody":
    case "ParenExpr":
      return at(found === "" ? "An expression is missing here." : `"${found}" cannot stand here.`);
    default:
      return at(explainElsewhere(node, text));
  }
}

/** The last word of a node, such as the operator that lacks its right side. */
function lastWord(node: TreeNode | null, text: string): string {
  return node === null ? "" : text.slice(node.from, node.to).trim();
}

function explainMatcherList(found: string): string {
  if (found === "") return "A comma is missing before this label.";
  if (found === ",") return "This comma separates nothing.";
  return `"${found}" is no label matcher; write one like job="api".`;
}

function explainMatcher(node: TreeNode, found: string): string {
  const siblings = node.parent === null ? [] : childrenOf(node.parent);
  const operator = siblings.some((sibling) => sibling.name === "MatchOp" && sibling.from < node.from);
  if (!operator) return "A label name is followed by =, !=, =~ or !~.";
  return found === "" ? "The label's value is missing." : `A label's value must be quoted: "${found}".`;
}

function explainDuration(node: TreeNode, text: string): Diagnostic {
  const before = node.prevSibling;
  // What was read as a number just before belongs to it, as the 5 of "5x".
  const touching = before !== null && before.to === node.from && before.name === "DurationExpr";
  const offset = touching ? before.from : node.from;
  const found = text.slice(offset, node.to).trim();
  const message =
    found === "" && before?.name === "DurationExpr"
      ? `"]" is missing here.`
      : found === ""
        ? "A duration is missing here, such as 5m or 1h30m."
        : `"${found}" is no duration; write one like 5m, 1h30m or 90s.`;
  return { message, offset, length: text.slice(offset, node.to).length };
}

function explainElsewhere(node: TreeNode, text: string): string {
  const found = text.slice(node.from, node.to);
  if (found === "") return "Something is missing here.";
  const operandBefore = node.prevSibling !== null || node.parent?.name === "VectorSelector";
  const word = /^[\w"'`({]/.test(found);
  return operandBefore && word ? `An operator is missing before "${found}".` : `"${found}" cannot stand here.`;
}
