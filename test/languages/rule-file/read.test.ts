import { describe, expect, test } from "@jest/globals";
import { readRuleFile } from "../../../languages/rule-file/read";

const checks = (source: string): readonly string[] => readRuleFile(source).problems.map(({ check }) => check);

const withRules = (...rules: readonly string[]): string =>
  `groups:\n- name: g\n  rules:\n${rules.map((rule) => `  - ${rule.replaceAll("\n", "\n    ")}\n`).join("")}`;

describe("the form of a rule file", () => {
  test.each<readonly [what: string, source: string, check: string]>([
    ["an empty file", "", "empty"],
    ["a file of remarks", "# nothing\n", "empty"],
    ["no YAML", "groups: [\n", "yaml"],
    ["a template of Helm", "groups: {{ .Values.groups }}\n", "shape"],
    ["YAML of another version", "%YAML 1.2\n---\ngroups: []\n", "yaml"],
    ["an alias of nothing", withRules("alert: *nothing\nexpr: up"), "yaml"],
    ["a second document", "groups: []\n---\ngroups: []\n", "documents"],
    ["a list at the top", "- a\n", "shape"],
    ["an unknown field at the top", "group: []\n", "unknown-key"],
    ["groups that are no list", "groups: {a: b}\n", "shape"],
    ["an unknown field of a group", "groups:\n- name: g\n  intervall: 1m\n", "unknown-key"],
    ["an unknown field of a rule", withRules("alert: A\nexpr: up\nfour: 5m"), "unknown-key"],
    ["a field that stands twice", withRules("alert: A\nexpr: up\nexpr: down"), "shape"],
    ["a group without a name", "groups:\n- rules: []\n", "missing"],
    ["a rule without a name", withRules("expr: up"), "missing"],
    ["a rule without an expression", withRules("alert: A"), "missing"],
    ["an expression of nothing", withRules("alert: A\nexpr: ~"), "missing"],
    ["a rule that alerts and records", withRules("alert: A\nrecord: b\nexpr: up"), "both"],
    ["a recording rule that waits", withRules("record: a\nexpr: up\nfor: 5m"), "not-allowed"],
    ["a recording rule that keeps firing", withRules("record: a\nexpr: up\nkeep_firing_for: 5m"), "not-allowed"],
    ["a recording rule with annotations", withRules("record: a\nexpr: up\nannotations: {a: b}"), "not-allowed"],
    ["two groups of one name", "groups:\n- name: g\n- name: g\n", "duplicate-group"],
    ["two rules with the same labels", withRules("alert: A\nexpr: up", "alert: A\nexpr: down"), "duplicate-rule"],
    ["a query as a name", withRules('record: a{b="c"}\nexpr: up'), "name"],
    ["a name with a dash", withRules("record: a-b\nexpr: up"), "quoted-name"],
    ["a label name with a dash", withRules("alert: A\nexpr: up\nlabels: {a-b: c}"), "quoted-name"],
    ["the name as a label", withRules("alert: A\nexpr: up\nlabels: {__name__: c}"), "name"],
    ["labels that are no mapping", withRules("alert: A\nexpr: up\nlabels: [a]"), "shape"],
    ["a label that is no text", withRules("alert: A\nexpr: up\nlabels: {a: [b]}"), "shape"],
    ["a limit that is no number", "groups:\n- name: g\n  limit: many\n", "shape"],
    ["a limit in quotes", 'groups:\n- name: g\n  limit: "5"\n', "shape"],
    ...["5 minutes", "300", "-5m", "1.5h", "5M", "''", "300y"].map(
      (text) => [`a wait of ${text}`, withRules(`alert: A\nexpr: up\nfor: ${text}`), "duration"] as const,
    ),
    ["an interval without a unit", "groups:\n- name: g\n  interval: 30\n", "duration"],
    ["an offset without a unit", "groups:\n- name: g\n  query_offset: 30\n", "duration"],
  ])("%s", (_what, source, check) => {
    expect(checks(source)).toEqual([check]);
  });

  test.each<readonly [what: string, source: string]>([
    ["no group", "groups: []\n"],
    ["a group without rules", "groups:\n- name: g\n  rules:\n"],
    [
      "all of Prometheus 3",
      "groups:\n- name: g\n  interval: 1m\n  query_offset: 30s\n  limit: 5\n  labels: {a: b}\n  rules: []\n",
    ],
    [
      "an alert with everything",
      withRules("alert: A b\nexpr: up\nfor: 0s\nkeep_firing_for: 1h30m\nlabels: {a: 1}\nannotations: {b: true}"),
    ],
    ["a recording rule", withRules("record: a:b\nexpr: 5\nlabels: {a: ~}")],
    ["an expression over lines", withRules("alert: A\nexpr: |\n  up\n  > 5")],
    ["anchors and merges", withRules("&a\nalert: A\nexpr: up", "<<: *a\nalert: B")],
    ["JSON", '{"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up"}]}]}'],
    [
      "namesakes with other labels",
      withRules("alert: A\nexpr: up\nlabels: {a: b}", "alert: A\nexpr: up\nlabels: {a: c}"),
    ],
    ["lines of Windows", "groups:\r\n- name: g\r\n  rules: []\r\n"],
    ["a mark of its encoding", "\ufeffgroups: []\n"],
  ])("%s is right", (_what, source) => {
    expect(readRuleFile(source).problems).toEqual([]);
  });

  test("the rules of a resource of the Prometheus Operator are read, in any of its documents", () => {
    const resource = (name: string): string =>
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: ${name}}\nspec:\n  groups:\n  - name: ${name}\n    rules:\n    - {alert: A, expr: up}\n`;
    const { groups, problems } = readRuleFile(`${resource("a")}---\n${resource("b")}`);
    expect(groups.map(({ name, rules }) => [name, rules.length])).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
    expect(problems.map(({ check }) => check)).toEqual(["duplicate-rule"]);
  });

  test("one mistake hides no other, and each has its place", () => {
    const source = withRules("alert: A\nexpr: up\nfour: 5m", "record: b\nexpr: up\nfor: 5m");
    expect(readRuleFile(source).problems).toMatchObject([
      { check: "unknown-key", group: "g", rule: "A", message: expect.stringMatching(/Did you mean "for"\?/) },
      { check: "not-allowed", group: "g", rule: "b", field: "for" },
    ]);
    expect(readRuleFile(source).problems.map(({ offset }) => source.slice(offset, offset + 4))).toEqual([
      "four",
      "5m\n",
    ]);
  });
});
