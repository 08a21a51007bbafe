import type { SampleInterval } from "../languages/promql/check-ranges";
import { NO_CONTRACT } from "../languages/promql/contract";
import { readRuleFile } from "../languages/rule-file/read";
import type { FileProblem, FileRule, PlacedText } from "../languages/rule-file/rule-file";
import type { Finding, Where } from "../model/finding";
import { checkExpression, checkTemplates, type Issue } from "./expression";
import { ignoredIn } from "./ignore-comments";
import { lineFinder, lineOf } from "./lines";
import type { Rule } from "./rule";
import { fileRule } from "./rule-file-rules";
import { suppressed } from "./suppressions";

/** What is known beside the files. */
export interface RuleFileOptions {
  /** Seconds between two scrapes. Default: not known, so that no range is too short. */
  readonly scrapeSeconds?: number;
}

/** What is wrong with one rule file, and how many rules it has. */
export interface CheckedRuleFile {
  readonly findings: readonly Finding[];
  readonly rules: number;
}

/** An issue, and the text of the rule that it is in. */
interface PlacedIssue extends Issue {
  readonly field: string;
  readonly placed: PlacedText;
}

const inFile = (rule: Rule, refused: boolean, where: Where, message: string): Finding => ({
  id: rule.id,
  level: refused ? "error" : (rule.inFiles ?? rule.level),
  where,
  message,
  fix: rule.fix ?? "",
});

/** A finding about a file as a whole. */
export const aboutFile = (check: "unreadable" | "yaml", file: string, message: string): Finding =>
  inFile(fileRule(check), true, { file }, message);

/**
 * Everything that is wrong with the text of a Prometheus rule file, with the line of each. Nothing is known of the series that
 * exist, so that only what is wrong whatever they are, or what their names promise, is told. An error is what Prometheus refuses
 * or fails on at each evaluation; a warning is what it does, though hardly as meant.
 */
export function checkRuleFile(source: string, file: string, { scrapeSeconds }: RuleFileOptions): CheckedRuleFile {
  const { groups, problems } = readRuleFile(source);
  const find = lineFinder(source);
  const rules = groups.flatMap((group) => group.rules);
  const intervals = new Map(
    groups.flatMap(({ intervalSeconds, rules: inGroup }) =>
      intervalSeconds === undefined
        ? []
        : inGroup.flatMap(({ kind, name }) => (kind === "record" ? [[name, intervalSeconds] as const] : [])),
    ),
  );
  const intervalOf: SampleInterval = (metric) => intervals.get(metric) ?? scrapeSeconds;
  const ignored = ignoredIn(
    source,
    rules.map(({ start }) => find(start)),
  );
  const found = rules.flatMap((rule, index) => {
    const { issues, problems: wrong } = suppressed(issuesOf(rule, intervalOf), ignored.get(index) ?? []);
    const where = { file, group: rule.group, rule: rule.name };
    return [
      ...issues.map(({ rule: broken, refused, message, offset, field, placed }) =>
        inFile(
          broken,
          refused,
          { ...where, field, line: lineOf(placed, offset, find) },
          field === "expr" ? `${message} (at character ${offset + 1})` : message,
        ),
      ),
      ...wrong.map(({ rule: broken, message, suppression: { line } }) =>
        inFile(broken, false, { ...where, line }, message),
      ),
    ];
  });
  const findings = [...problems.map((wrong) => ofForm(wrong, file, find(wrong.offset))), ...found];
  return { findings: findings.sort((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0)), rules: rules.length };
}

function ofForm({ check, message, group, rule, field }: FileProblem, file: string, line: number): Finding {
  const where: Where = {
    file,
    ...(group === undefined ? {} : { group }),
    ...(rule === undefined ? {} : { rule }),
    ...(field === undefined ? {} : { field }),
    line,
  };
  return inFile(fileRule(check), false, where, message.replace(/\.$/, ""));
}

function issuesOf(rule: FileRule, intervalOf: SampleInterval): readonly PlacedIssue[] {
  const { issues, query } = checkExpression(rule.expr.text, { as: rule.kind, contract: NO_CONTRACT, intervalOf });
  const ofExpr = issues.map((issue) => ({ ...issue, field: "expr", placed: rule.expr }));
  // Only alerts have templates: a recording rule's label is a text as it is.
  if (rule.kind === "record") return ofExpr;
  const texts = [
    ...[...rule.labels].map(([name, placed]) => ({
      field: `labels.${name}`,
      placed,
      text: placed.text,
      inLabel: true,
    })),
    ...[...rule.annotations].map(([name, placed]) => ({
      field: `annotations.${name}`,
      placed,
      text: placed.text,
      inLabel: false,
    })),
  ];
  return [
    ...ofExpr,
    ...checkTemplates(texts, query, NO_CONTRACT).map(({ of: { field, placed }, ...issue }) => ({
      ...issue,
      field,
      placed,
    })),
  ];
}
