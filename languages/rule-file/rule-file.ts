import type { Diagnostic } from "../diagnostic";

/** A text of a rule, and where it is in the source. */
export interface PlacedText {
  readonly text: string;
  /** Offset in the source of its first line. */
  readonly start: number;
  /** Its lines are the source's. */
  readonly literal: boolean;
}

/** A rule of a Prometheus rule file, as far as it could be read. */
export interface FileRule {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly group: string;
  readonly expr: PlacedText;
  readonly labels: ReadonlyMap<string, PlacedText>;
  readonly annotations: ReadonlyMap<string, PlacedText>;
  /** Offset in the source where the rule begins. */
  readonly start: number;
}

/** A group of rules; absent fields are Prometheus' defaults. */
export interface FileGroup {
  readonly name: string;
  readonly intervalSeconds?: number;
  readonly rules: readonly FileRule[];
  readonly start: number;
}

/** What is wrong with the form of a rule file; the ids of the checks, without their family. */
export type FileCheck =
  | "yaml"
  | "empty"
  | "documents"
  | "shape"
  | "unknown-key"
  | "missing"
  | "both"
  | "not-allowed"
  | "duplicate-group"
  | "duplicate-rule"
  | "name"
  | "quoted-name"
  | "duration";

/** Something wrong with the form of a rule file. Its offset counts in the source. */
export interface FileProblem extends Diagnostic {
  readonly check: FileCheck;
  readonly group?: string;
  readonly rule?: string;
  readonly field?: string;
}

/** A rule file, as far as it could be read, and everything wrong with its form. */
export interface RuleFile {
  readonly groups: readonly FileGroup[];
  readonly problems: readonly FileProblem[];
}
