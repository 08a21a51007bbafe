import type { AlertRule } from "../../model/alert-rule";
import { conditionText } from "../../model/condition-text";

const spans = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** Seconds in the largest unit that leaves none over: 300 is `5m`, 90 is `90s`. */
export function durationText(seconds: number): string {
  const [unit, size] = spans.find(([, length]) => seconds >= length && seconds % length === 0) ?? ["s", 1];
  return `${seconds / size}${unit}`;
}

/** An alert in one line of Markdown: its name leads to its runbook. */
function watchedBy({ name, runbook, severity, condition, forSeconds }: AlertRule): string {
  return `- [${name}](${runbook}) (${severity})${condition.kind === "raw" ? "" : ` ${conditionText(condition)}`}${forSeconds > 0 ? ` for ${durationText(forSeconds)}` : ""}`;
}

/** What a panel says when one points at its title: its own description, then the alerts that watch what it draws. */
export function describe(description: string | undefined, watching: readonly AlertRule[]): string | undefined {
  const lines = [...new Set(watching)].map(watchedBy);
  const parts = [description, lines.length === 0 ? undefined : ["Watched by:", ...lines].join("\n")];
  const told = parts.filter((part) => part !== undefined && part !== "");
  return told.length === 0 ? undefined : told.join("\n\n");
}
