import type { PrometheusRule, PrometheusRuleGroup, RecordingRule } from "../constructs/prometheus/rule-group";
import { formatDuration, parseDuration, parseNumber } from "../languages/promql/durations";
import { childrenOf, parseTree, type TreeNode } from "../languages/promql/syntax-tree";

/** The shortest time that a scaled rule knows: Prometheus is asked to scrape and to evaluate no more often. */
export const shortest = 1;

/** So many seconds on a clock that goes `factor` times faster; not less than a second, and nothing stays nothing. */
export const scaledSeconds = (seconds: number, factor: number): number =>
  seconds === 0 ? 0 : Math.max(shortest, Math.round((seconds / factor) * 1000) / 1000);

/** A part of a text, and what stands there instead. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const secondsAt = (text: string, { from, to }: TreeNode): number => parseNumber(text.slice(from, to));

/** The range of what a function reads, below parentheses and offsets. */
function rangeOf(node: TreeNode | null): TreeNode | null {
  if (node === null) return null;
  return node.name === "MatrixSelector" || node.name === "SubqueryExpr"
    ? node.getChild("DurationExpr")
    : rangeOf(node.getChild("Expr"));
}

/** Functions that count over their whole range, so that a shorter one holds less. */
const countsOverRange: ReadonlySet<string> = new Set(["increase", "delta"]);

/** What becomes of a function whose meaning is bound to seconds, beside its range. */
function editsOfCall(text: string, call: TreeNode, factor: number): readonly Edit[] {
  const name = call.firstChild === null ? "" : text.slice(call.firstChild.from, call.firstChild.to);
  const [first, second] = call.getChild("FunctionCallBody")?.getChildren("Expr") ?? [];
  const range = rangeOf(first ?? null);
  if (range === null) return [];
  const seconds = secondsAt(text, range);
  const times = Math.round((seconds / scaledSeconds(seconds, factor)) * 1000) / 1000;
  if (countsOverRange.has(name) && times !== 1) {
    return [
      { from: call.from, to: call.from, text: "(" },
      { from: call.to, to: call.to, text: ` * ${times})` },
    ];
  }
  if (name !== "predict_linear" || second === undefined) return [];
  return [{ from: second.from, to: second.to, text: String(secondsAt(text, second) / times) }];
}

function editsOf(text: string, node: TreeNode, factor: number): readonly Edit[] {
  const { from, to } = node;
  if (node.name === "NumberDurationLiteralInDurationContext")
    return [{ from, to, text: formatDuration(scaledSeconds(secondsAt(text, node), factor)) }];
  const own = node.name === "FunctionCall" ? editsOfCall(text, node, factor) : [];
  return [...own, ...childrenOf(node).flatMap((child) => editsOf(text, child, factor))];
}

/**
 * A PromQL expression on a clock that goes `factor` times faster: every range, step and offset is so much shorter. What counts over its range
 * counts as much as it would over the whole one, and a forecast looks so much less far ahead; rates per second, levels and quantiles are
 * what they are on any clock, as is `time()`.
 */
export function scaledPromql(text: string, factor: number): string {
  const edits = [...editsOf(text, parseTree(text).topNode, factor)].sort(
    (left, right) => right.from - left.from || right.to - left.to,
  );
  return edits.reduce((now, { from, to, text: instead }) => now.slice(0, from) + instead + now.slice(to), text);
}

const scaledText = (duration: string, factor: number): string =>
  formatDuration(scaledSeconds(parseDuration(duration) ?? 0, factor));

function scaledRule(rule: PrometheusRule | RecordingRule, factor: number): PrometheusRule | RecordingRule {
  const expr = scaledPromql(rule.expr, factor);
  if ("record" in rule) return { ...rule, expr };
  const { for: holds, keep_firing_for: keeps } = rule;
  return {
    ...rule,
    expr,
    ...(holds === undefined ? {} : { for: scaledText(holds, factor) }),
    ...(keeps === undefined ? {} : { keep_firing_for: scaledText(keeps, factor) }),
  };
}

/**
 * The rules that are deployed, on a clock that goes `factor` times faster, so that an hour can be waited for. They are the deployed rules in
 * all but their durations; those are proven by the unit tests of promtool, whose clock can be turned.
 */
export const scaledGroups = (groups: readonly PrometheusRuleGroup[], factor: number): readonly PrometheusRuleGroup[] =>
  groups.map((group) => ({
    ...group,
    interval: scaledText(group.interval, factor),
    rules: group.rules.map((rule) => scaledRule(rule, factor)),
  }));
