import { didYouMean } from "../../model/suggest";
import { parseDuration } from "../promql/durations";
import type { FileCheck, FileProblem, PlacedText } from "./rule-file";
import { entriesOf, type YamlNode, type YamlScalar } from "./yaml";

/** Where in a rule file something is being read. */
export interface Context {
  readonly problems: FileProblem[];
  readonly group?: string;
  readonly rule?: string;
}

/** Take down a problem with what is read. */
export function report(
  { problems, group, rule }: Context,
  check: FileCheck,
  message: string,
  { start, field }: { readonly start: number; readonly field?: string | undefined },
): void {
  problems.push({
    check,
    message,
    offset: start,
    length: 0,
    ...(group === undefined ? {} : { group }),
    ...(rule === undefined ? {} : { rule }),
    ...(field === undefined ? {} : { field }),
  });
}

/** Null in YAML, which Go takes for a field that is not there (YAML 1.2, 10.3.2 "Tag Resolution"). */
export const isNull = (node: YamlNode): boolean =>
  node.kind === "scalar" && node.plain && /^(?:~|null|Null|NULL)?$/.test(node.text);

const KINDS = { map: "a mapping", list: "a list", scalar: "a text" } as const;

/** The fields of a mapping by name; what is no mapping, stands twice, or is not known, is told. */
export function fieldsOf(
  context: Context,
  node: YamlNode,
  what: string,
  known: readonly string[],
): ReadonlyMap<string, YamlNode> {
  const fields = new Map<string, YamlNode>();
  if (node.kind !== "map") {
    report(context, "shape", `${what} must be a mapping, not ${KINDS[node.kind]}.`, node);
    return fields;
  }
  for (const { key, value } of entriesOf(node)) {
    const name = key.kind === "scalar" ? key.text : "";
    if (!known.includes(name))
      report(context, "unknown-key", `${what} has no field "${name}".${hintFor(name, known)}`, key);
    else if (fields.has(name)) report(context, "shape", `"${name}" stands twice.`, { start: key.start, field: name });
    else fields.set(name, value);
  }
  return fields;
}

/** Fields of programs that read more than Prometheus does, and what they are in it. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["partial_response_strategy", " It is Thanos'; Prometheus refuses it."],
  ["source_tenants", " It is Mimir's; Prometheus refuses it."],
  ["tenant", " It is VictoriaMetrics'; Prometheus refuses it."],
]);

const hintFor = (name: string, known: readonly string[]): string => ELSEWHERE.get(name) ?? didYouMean(name, known);

/** The items of a list; nothing for a field that is not there. */
export function itemsOf(context: Context, node: YamlNode | undefined, field: string): readonly YamlNode[] {
  if (node === undefined || isNull(node)) return [];
  if (node.kind === "list") return node.items;
  report(context, "shape", `"${field}" must be a list, not ${KINDS[node.kind]}.`, { start: node.start, field });
  return [];
}

/** The text of a field; undefined where there is none or where it is something else. */
export function textOf(context: Context, node: YamlNode | undefined, field: string): YamlScalar | undefined {
  if (node === undefined || isNull(node)) return undefined;
  if (node.kind === "scalar") return node;
  report(context, "shape", `"${field}" must be a text, not ${KINDS[node.kind]}.`, { start: node.start, field });
  return undefined;
}

/** The seconds of a duration field (Prometheus: configuration, "<duration>"). */
export function durationOf(context: Context, node: YamlNode | undefined, field: string): number | undefined {
  const scalar = textOf(context, node, field);
  if (scalar === undefined) return undefined;
  const seconds = scalar.text === "0" ? 0 : parseDuration(scalar.text);
  if (seconds === undefined)
    report(context, "duration", `"${scalar.text}" is no duration; write one like 30s, 5m or 1h30m.`, {
      ...scalar,
      field,
    });
  // In nanoseconds and 64 bits, as Go counts.
  else if (seconds > 9_223_372_036)
    report(context, "duration", `"${scalar.text}" is too long; Prometheus counts up to 292 years.`, {
      ...scalar,
      field,
    });
  return seconds;
}

const NUMBER = /^[-+]?(?:(?:\d[\d_]*(?:\.[\d_]*)?|\.\d+)(?:e[-+]?\d+)?|0x[\da-f_]+|0o[0-7_]+|0b[01_]+)$/i;

/** A number, not in quotes; Go cuts its decimals off. */
export function checkNumber(context: Context, node: YamlNode | undefined, field: string): void {
  if (node === undefined || isNull(node)) return;
  if (node.kind !== "scalar" || !node.plain || !NUMBER.test(node.text))
    report(context, "shape", `"${field}" must be a number.`, { start: node.start, field });
}

/** A mapping of names to texts, as labels and annotations are. */
export function textsOf(context: Context, node: YamlNode | undefined, field: string): ReadonlyMap<string, PlacedText> {
  const texts = new Map<string, PlacedText>();
  if (node === undefined || isNull(node)) return texts;
  if (node.kind !== "map") {
    report(context, "shape", `"${field}" must be a mapping of names to texts, not ${KINDS[node.kind]}.`, {
      start: node.start,
      field,
    });
    return texts;
  }
  for (const { key, value } of entriesOf(node)) {
    const name = key.kind === "scalar" ? key.text : "";
    const at = { start: key.start, field: `${field}.${name}` };
    if (texts.has(name)) report(context, "shape", `"${name}" stands twice.`, at);
    else if (value.kind !== "scalar")
      report(context, "shape", `"${name}" must be a text, not ${KINDS[value.kind]}.`, at);
    else texts.set(name, { text: isNull(value) ? "" : value.text, start: value.start, literal: value.literal });
    checkLabelName(context, name, at);
  }
  return texts;
}

const CLASSIC_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Names of labels and annotations: any text but none since Prometheus 3, the classic alphabet before (data model, "Metric names and labels"). */
function checkLabelName(context: Context, name: string, at: { readonly start: number; readonly field: string }): void {
  if (CLASSIC_LABEL.test(name)) {
    if (name === "__name__" && at.field.startsWith("labels"))
      report(context, "name", `"__name__" is the series' name, not a label of a rule; use record.`, at);
    return;
  }
  if (name === "") report(context, "name", "A label must have a name.", at);
  else
    report(
      context,
      "quoted-name",
      `"${name}" is a name only since Prometheus 3, and must be quoted wherever it is used.`,
      at,
    );
}
