import type { TextSpan } from "../promql/query";

/** One value in a pipeline. */
export type Operand = TextSpan &
  (
    | { readonly kind: "function"; readonly name: string }
    /** `.`, `.Labels.x`: fields of what the template is at. */
    | { readonly kind: "field"; readonly path: readonly string[] }
    /** `$labels.x`: a variable, without its dollar, and its fields. */
    | { readonly kind: "variable"; readonly name: string; readonly path: readonly string[] }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "number"; readonly integer: boolean }
    | { readonly kind: "constant" }
    | { readonly kind: "pipeline"; readonly pipeline: Pipeline; readonly path: readonly string[] }
  );

/** A value, or a function with its arguments. */
export interface Command {
  readonly operands: readonly [Operand, ...(readonly Operand[])];
}

/** Commands that each take the result of the one before as their last argument. */
export interface Pipeline {
  readonly commands: readonly Command[];
}

/** A part of a template that is computed. */
export interface TemplateNode extends TextSpan {
  /** What is printed, decides, or is gone over. */
  readonly pipeline: Pipeline;
  readonly use: "print" | "if" | "with" | "range" | "template" | "assign";
  /** Whether `.` still is the alert itself: not within `range`, `with` or a template of its own. */
  readonly atRoot: boolean;
}

/** A template that parses: its texts, and everything computed in it. */
export interface Template {
  readonly nodes: readonly TemplateNode[];
  /** What stands outside of braces. */
  readonly texts: readonly (TextSpan & { readonly text: string })[];
}
