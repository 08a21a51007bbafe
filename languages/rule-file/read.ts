import { type Context, checkNumber, durationOf, fieldsOf, isNull, itemsOf, report, textOf, textsOf } from "./fields";
import type { FileGroup, FileProblem, FileRule, RuleFile } from "./rule-file";
import { readYaml, type YamlNode } from "./yaml";

const GROUP = ["name", "interval", "query_offset", "limit", "labels", "rules"];
const RULE = ["record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"];

/**
 * Read a Prometheus rule file, of version 2 or 3, or the same within a `PrometheusRule` of the Prometheus Operator, and hold its
 * form to what Prometheus demands. What is wrong is told, and the rest is read all the same.
 * Sources: Prometheus, Recording rules, "<rule_group>" and "<rule>"; Alerting rules; package rulefmt.
 */
export function readRuleFile(source: string): RuleFile {
  const problems: FileProblem[] = [];
  const yaml = readYaml(source);
  if (!yaml.ok) return { groups: [], problems: [{ check: "yaml", ...yaml.diagnostic }] };
  const groups = yaml.documents.flatMap((document, index) => readDocument({ problems }, document, index));
  if (yaml.documents.every(isNull)) report({ problems }, "empty", "The file is empty.", { start: 0 });
  checkDuplicates(groups, problems);
  return { groups, problems };
}

function readDocument(context: Context, document: YamlNode, index: number): readonly FileGroup[] {
  const resource = specOf(document);
  if (index > 0 && resource === undefined) {
    if (index === 1)
      report(context, "documents", "Prometheus reads the first document only, and nothing behind this ---.", document);
    return [];
  }
  if (resource === undefined && isNull(document)) return [];
  const fields = fieldsOf(context, resource ?? document, "A rule file", ["groups"]);
  return itemsOf(context, fields.get("groups"), "groups").flatMap((group) => readGroup(context, group));
}

/** The `spec` of a resource of the Prometheus Operator, which is a rule file. */
function specOf(document: YamlNode): YamlNode | undefined {
  if (document.kind !== "map") return undefined;
  const field = (name: string): YamlNode | undefined =>
    document.entries.find(({ key }) => key.kind === "scalar" && key.text === name)?.value;
  const kind = field("kind");
  return kind?.kind === "scalar" && kind.text === "PrometheusRule" ? field("spec") : undefined;
}

function readGroup({ problems }: Context, node: YamlNode): readonly FileGroup[] {
  if (isNull(node)) {
    report({ problems }, "missing", "This group is empty; every group has a name.", node);
    return [];
  }
  const named =
    node.kind === "map" ? node.entries.find(({ key }) => key.kind === "scalar" && key.text === "name") : undefined;
  const given = named?.value.kind === "scalar" && !isNull(named.value) ? named.value.text : "";
  const context: Context = { problems, ...(given === "" ? {} : { group: given }) };
  const fields = fieldsOf(context, node, "A rule group", GROUP);
  if (node.kind !== "map") return [];
  textOf(context, fields.get("name"), "name");
  if (given === "") report(context, "missing", "This group has no name.", { start: node.start, field: "name" });
  const intervalSeconds = durationOf(context, fields.get("interval"), "interval");
  durationOf(context, fields.get("query_offset"), "query_offset");
  checkNumber(context, fields.get("limit"), "limit");
  textsOf(context, fields.get("labels"), "labels");
  const rules = itemsOf(context, fields.get("rules"), "rules").flatMap((rule) => readRule(context, rule, given));
  return [{ name: given, rules, start: node.start, ...(intervalSeconds === undefined ? {} : { intervalSeconds }) }];
}

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

function readRule(outer: Context, node: YamlNode, group: string): readonly FileRule[] {
  if (node.kind !== "map") {
    if (isNull(node))
      report(outer, "missing", 'This rule is empty; every rule has "alert" or "record", and "expr".', node);
    else fieldsOf(outer, node, "A rule", RULE);
    return [];
  }
  const name = nameIn(node, "alert") ?? nameIn(node, "record");
  const context: Context = { ...outer, ...(name === undefined ? {} : { rule: name }) };
  const fields = fieldsOf(context, node, "A rule", RULE);
  const alert = textOf(context, fields.get("alert"), "alert")?.text ?? "";
  const record = textOf(context, fields.get("record"), "record");
  const expr = textOf(context, fields.get("expr"), "expr");
  const start = { start: node.start };
  const recorded = record?.text ?? "";
  if (alert !== "" && recorded !== "")
    report(context, "both", 'A rule has either "alert" or "record", not both.', start);
  if (alert === "" && recorded === "") report(context, "missing", 'This rule has neither "alert" nor "record".', start);
  if (expr === undefined || expr.text === "")
    report(context, "missing", 'This rule has no "expr".', { ...start, field: "expr" });
  const holds = durationOf(context, fields.get("for"), "for");
  const keeps = durationOf(context, fields.get("keep_firing_for"), "keep_firing_for");
  const labels = textsOf(context, fields.get("labels"), "labels");
  const annotations = textsOf(context, fields.get("annotations"), "annotations");
  if (recorded !== "" && record !== undefined) {
    checkRecord(context, recorded, record.start);
    const notAllowed = { for: (holds ?? 0) > 0, keep_firing_for: (keeps ?? 0) > 0, annotations: annotations.size > 0 };
    for (const [field, found] of Object.entries(notAllowed)) {
      const at = fields.get(field)?.start ?? node.start;
      if (found) report(context, "not-allowed", `A recording rule has no "${field}".`, { start: at, field });
    }
  }
  if (expr === undefined || expr.text === "" || (alert === "") === (recorded === "")) return [];
  const kind = alert === "" ? "record" : "alert";
  return [{ kind, name: alert || recorded, group, expr, labels, annotations, ...start }];
}

function nameIn(node: YamlNode, field: string): string | undefined {
  if (node.kind !== "map") return undefined;
  const value = node.entries.find(({ key }) => key.kind === "scalar" && key.text === field)?.value;
  return value?.kind === "scalar" && value.text !== "" && !isNull(value) ? value.text : undefined;
}

function checkRecord(context: Context, name: string, start: number): void {
  const at = { start, field: "record" };
  if (METRIC_NAME.test(name)) return;
  if (/[{}]/.test(name))
    report(
      context,
      "name",
      `"${name}" is no name of a series; labels are set in "labels", and what is computed in "expr".`,
      at,
    );
  else
    report(
      context,
      "quoted-name",
      `"${name}" is a name only since Prometheus 3, and must be written {"${name}"} wherever it is queried.`,
      at,
    );
}

/** Groups of one name, which Prometheus refuses, and rules of one name and labels, of which each hides the other. */
function checkDuplicates(groups: readonly FileGroup[], problems: FileProblem[]): void {
  const names = new Set<string>();
  const rules = new Map<string, FileRule[]>();
  for (const { name, start, rules: inGroup } of groups) {
    if (name !== "" && names.has(name))
      report({ problems, group: name }, "duplicate-group", `A group "${name}" is there already.`, {
        start,
        field: "name",
      });
    names.add(name);
    for (const rule of inGroup) {
      const namesakes = rules.get(rule.name);
      if (namesakes === undefined) {
        rules.set(rule.name, [rule]);
        continue;
      }
      if (namesakes.some((other) => isTwin(other, rule)))
        report(
          { problems, group: name, rule: rule.name },
          "duplicate-rule",
          `A rule "${rule.name}" with the same labels is there already; nobody can tell the two apart.`,
          rule,
        );
      namesakes.push(rule);
    }
  }
}

function isTwin(one: FileRule, other: FileRule): boolean {
  if (one.kind !== other.kind || one.labels.size !== other.labels.size) return false;
  return [...one.labels].every(([label, { text }]) => other.labels.get(label)?.text === text);
}
