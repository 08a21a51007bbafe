import type { FileCheck } from "../languages/rule-file/rule-file";
import { familyOf } from "./promql-rules";
import type { Rule } from "./rule";

export type FileRuleName = FileCheck | "unreadable";

const checks = {
  both: [
    "error",
    "error",
    "A rule either alerts or records; Prometheus refuses a file where one does both.",
    "make two rules of it",
  ],
  documents: [
    "error",
    "error",
    "Prometheus reads the first document of a file only: the rules behind it do not exist, without any error to see.",
    "put all groups into one list, or each document into a file of its own",
  ],
  "duplicate-group": [
    "error",
    "error",
    "Prometheus refuses a file with two groups of one name.",
    "rename one of the groups, or merge them",
  ],
  "duplicate-rule": [
    "warning",
    "warning",
    "Two rules of one name with the same labels are one to everybody who reads or routes them, and recorded samples collide.",
    "rename one of them, give it a label of its own, or take it out",
  ],
  duration: [
    "error",
    "error",
    "A duration that does not parse is refused by Prometheus, and with it the whole rule file.",
    "write a duration such as 30s, 5m or 1h30m",
  ],
  empty: [
    "error",
    "error",
    "An empty file watches nothing.",
    "write groups: with a list of rule groups, or delete the file",
  ],
  missing: [
    "error",
    "error",
    "Prometheus refuses a group without a name, and a rule without a name or an expression.",
    "add what is missing",
  ],
  name: [
    "error",
    "error",
    "A name that Prometheus does not allow is refused, and with it the whole rule file.",
    "use letters, digits and underscores, and a letter first",
  ],
  "not-allowed": [
    "error",
    "error",
    "A recording rule records at every evaluation: it waits for nothing and tells nobody.",
    "take the field out, or make it an alerting rule",
  ],
  shape: [
    "error",
    "error",
    "A field of the wrong type is refused by Prometheus, and with it the whole rule file.",
    "give the field the type that it has in Prometheus' documentation of rules",
  ],
  "unknown-key": [
    "error",
    "error",
    "Prometheus refuses a file with a field that it does not know.",
    "correct the name, or take the field out",
  ],
  unreadable: [
    "error",
    "error",
    "A file that cannot be read is not checked.",
    "name a rule file that is there and can be read",
  ],
  "quoted-name": [
    "warning",
    "warning",
    "Prometheus 2 refuses the file, and since Prometheus 3 the name must be quoted in each query; mostly it is a slip.",
    "use letters, digits, underscores and, in the name of a series, colons",
  ],
  yaml: ["error", "error", "What is no YAML is refused by Prometheus.", "correct the YAML at this line"],
} as const satisfies Readonly<Record<FileRuleName, readonly [Rule["level"], Rule["level"], string, string]>>;

/** The rule of a check of a rule file's form. */
export const fileRule = familyOf<FileRuleName>("rule-file", checks);

const isName = (name: string): name is FileRuleName => Object.hasOwn(checks, name);

/** Every rule of this family. */
export const rules: readonly Rule[] = Object.keys(checks).filter(isName).map(fileRule);
