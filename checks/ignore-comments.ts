import type { Suppression } from "./suppressions";

/** A suppression in a comment of a rule file. */
export interface IgnoreComment extends Suppression {
  /** From 1. */
  readonly line: number;
}

const COMMENT = /(?:^|\s)#\s*estate:ignore(?:\s+(\S+))?(?:\s+(\S.*?))?\s*$/;

/** A line with nothing but a comment, or nothing at all. */
const IS_REMARK = /^\s*(?:#.*)?$/;

/**
 * The comments `# estate:ignore CHECK REASON` of a rule file, by the index of the rule that each belongs to: the one that it is
 * in, or the one that it stands right above. `starts`: the first line of each rule.
 */
export function ignoredIn(source: string, starts: readonly number[]): ReadonlyMap<number, readonly IgnoreComment[]> {
  const ignored = new Map<number, readonly IgnoreComment[]>();
  if (!source.includes("estate:ignore")) return ignored;
  const lines = source.split("\n");
  const indexOfStart = new Map(starts.map((line, index) => [line, index]));
  for (const [index, text] of lines.entries()) {
    const match = COMMENT.exec(text);
    if (match === null) continue;
    const line = index + 1;
    const rule = ruleAt(lines, line, indexOfStart);
    const [, id = "", reason = ""] = match;
    if (rule !== undefined) ignored.set(rule, [...(ignored.get(rule) ?? []), { id, reason, line }]);
  }
  return ignored;
}

function ruleAt(lines: readonly string[], line: number, indexOfStart: ReadonlyMap<number, number>): number | undefined {
  let next = line;
  while (next <= lines.length && IS_REMARK.test(lines[next - 1] ?? "")) next += 1;
  const below = indexOfStart.get(next);
  if (below !== undefined) return below;
  for (let above = line; above > 0; above -= 1) {
    const index = indexOfStart.get(above);
    if (index !== undefined) return index;
  }
  // Above the first group, say: what comes next.
  for (let after = next; after <= lines.length; after += 1) {
    const index = indexOfStart.get(after);
    if (index !== undefined) return index;
  }
  return undefined;
}
