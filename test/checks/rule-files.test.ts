import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkRuleFile } from "../../checks/rule-files";
import { allRules } from "../../checks/rules";

const fixtures = join(__dirname, "..", "fixtures", "rules");

const found = (source: string, scrapeSeconds?: number) =>
  checkRuleFile(source, "x.yaml", scrapeSeconds === undefined ? {} : { scrapeSeconds }).findings;

const ids = (source: string): readonly string[] => found(source).map(({ id }) => id);

/** A file of one group with one rule, which begins in line 4. */
const one = (...lines: readonly string[]): string =>
  `groups:\n  - name: g\n    rules:\n      - ${lines.join("\n        ")}\n`;

describe("rules as the field writes them are left in peace", () => {
  test.each(readdirSync(fixtures))("%s", (name) => {
    const { findings, rules } = checkRuleFile(readFileSync(join(fixtures, name), "utf8"), name, {});
    expect(findings).toEqual([]);
    expect(rules).toBeGreaterThan(5);
  });
});

describe("a finding in a rule file", () => {
  test("has its group, rule, field, and the line that the mistake is in", () => {
    const source = one(
      "alert: High",
      "expr: |",
      "  sum by (job) (",
      "    rate(up[5m]",
      "  ) > 1",
      "labels:",
      "  a: '{{ $x }}'",
    );
    expect(found(source)).toMatchObject([
      { id: "promql/syntax", where: { file: "x.yaml", group: "g", rule: "High", field: "expr", line: 8 } },
      { id: "template/syntax", where: { group: "g", rule: "High", field: "labels.a", line: 10 } },
    ]);
  });

  test("of an expression that is folded or quoted has the line where it begins", () => {
    expect(found(one("alert: A", "expr: >", "  up", "  > = 5"))[0]?.where.line).toBe(6);
    expect(found(one("alert: A", 'expr: "up >', '  = 5"'))[0]?.where.line).toBe(5);
  });

  test("comes in the order of the lines, whatever found it", () => {
    const source = one("alert: A", "expr: topk(3, x) > 1", "four: 5m", "annotations:", "  a: '{{ $x }}'");
    expect(ids(source)).toEqual(["promql/fragile-topk", "rule-file/unknown-key", "template/syntax"]);
  });

  test("is an error where Prometheus refuses the file, and a warning where it does not do what is meant", () => {
    const level = (...lines: readonly string[]) => found(one(...lines)).map((finding) => finding.level);
    expect(level("alert: A", "expr: up >")).toEqual(["error"]);
    expect(level("alert: A", "expr: rate(sum(x_total)) > 1")).toEqual(["error"]);
    expect(level("alert: A", "expr: up[5m]")).toEqual(["error"]);
    expect(level("record: a", "expr: '\"text\"'")).toEqual(["error"]);
    expect(level("alert: A", "expr: rate(sum(x_total)[5m:]) > 1")).toEqual(["warning"]);
    expect(level("alert: A", "expr: mad_over_time(x[5m]) > 1")).toEqual(["warning"]);
    expect(level("record: a-b", "expr: up")).toEqual(["warning"]);
  });

  test("is of a rule in the list, with a fix", () => {
    const known = allRules.map(({ id }) => id);
    const all = found(`${one("alert: A", "expr: topk(3, x_total) > 5", "labels: {a-b: '{{ $value }}'}")}    foo: 1\n`);
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter(({ id, fix }) => !known.includes(id) || fix === "")).toEqual([]);
  });
});

describe("labels that a text shows and the expression does not keep", () => {
  const withSummary = (expr: string, summary: string) =>
    ids(one("alert: A", `expr: ${expr}`, "annotations:", `  a: "${summary}"`));

  test.each([
    ["sum(x) > 1", "{{ $labels.job }}"],
    ["sum by (job) (x) > 1", "{{ $labels.instance }} of {{ $labels.job }}"],
    ["sum without (pod) (x) > 1", "{{ .Labels.pod }}"],
    ["absent(up{job='a'})", "{{ $labels.instance }}"],
    ["a > on (job) b", "{{ $labels.instance }}"],
    ["vector(1)", "{{ $labels.job }}"],
  ])("%s and %s", (expr, summary) => {
    expect(withSummary(expr, summary)).toEqual(["template/dropped-label"]);
  });

  test.each([
    ["x > 1", "{{ $labels.job }}"],
    ["sum by (job) (x) > 1", "{{ $labels.job }}"],
    ["sum without (pod) (x) > 1", "{{ $labels.job }}"],
    ["absent(up{job='a'})", "{{ $labels.job }}"],
    ["a > on (job) group_left (team) sum by (job, team) (b)", "{{ $labels.instance }} {{ $labels.team }}"],
    ["sum(x) > 1 or sum by (job) (y) > 1", "{{ $labels.job }}"],
    ["sum(x) > 1", "{{ if $labels.job }}{{ $labels.job }}{{ end }}{{ $externalLabels.job }}"],
    ["count_values('version', build) > 1", "{{ $labels.version }}"],
  ])("%s keeps what %s shows", (expr, summary) => {
    expect(withSummary(expr, summary)).toEqual([]);
  });

  test("are told once for each rule, however many texts show them", () => {
    expect(
      ids(one("alert: A", "expr: sum(x) > 1", "annotations: {a: '{{ $labels.b }}', c: '{{ $labels.b }}'}")),
    ).toEqual(["template/dropped-label"]);
  });
});

describe("a rule is let off a check by a comment", () => {
  const fragile = (...lines: readonly string[]) => one("alert: A", ...lines, "expr: topk(3, x) > 1");

  test("within it, at the end of a line, or right above it", () => {
    expect(ids(fragile("# estate:ignore promql/fragile-topk three are enough"))).toEqual([]);
    expect(ids(fragile("for: 5m # estate:ignore promql/fragile-topk three are enough"))).toEqual([]);
    const above = fragile().replace(
      "      - alert",
      "      # estate:ignore promql/fragile-topk it is meant\n      # more\n      - alert",
    );
    expect(ids(above)).toEqual([]);
  });

  test("but no other rule is", () => {
    const two = `${fragile("# estate:ignore promql/fragile-topk three are enough")}      - alert: B\n        expr: topk(3, x) > 1\n`;
    expect(found(two).map(({ id, where }) => [id, where.rule])).toEqual([["promql/fragile-topk", "B"]]);
  });

  test.each([
    ["# estate:ignore promql/fragile-topk", ["suppress/no-reason", "promql/fragile-topk"]],
    ["# estate:ignore promql/fragile-topc it is meant", ["suppress/unknown", "promql/fragile-topk"]],
    ["# estate:ignore", ["suppress/unknown", "promql/fragile-topk"]],
    ["# estate:ignore promql/needless-regex it is meant", ["suppress/unused", "promql/fragile-topk"]],
    ["# estate:ignore promql/syntax it is meant", ["suppress/unknown", "promql/fragile-topk"]],
  ])("%s does not do", (comment, expected) => {
    expect(ids(fragile(comment))).toEqual(expected);
    expect(found(fragile(comment))[0]?.where.line).toBe(5);
  });
});

describe("ranges are judged where it is known how often samples come", () => {
  const source = (range: string): string => one("alert: A", `expr: rate(x[${range}]) > 1`);

  test("by the interval that is given", () => {
    expect(found(source("1m"), 30).map(({ id }) => id)).toEqual(["promql/short-range"]);
    expect(found(source("2m"), 30)).toEqual([]);
    expect(found(source("1s"))).toEqual([]);
  });

  test("by the interval of the group that records the series", () => {
    const recorded = (range: string): string =>
      `groups:\n- name: g\n  interval: 5m\n  rules:\n  - record: a:b\n    expr: sum(x)\n  - alert: A\n    expr: deriv(a:b[${range}]) > 1\n`;
    expect(ids(recorded("10m"))).toEqual(["promql/short-range"]);
    expect(ids(recorded("20m"))).toEqual([]);
  });
});
