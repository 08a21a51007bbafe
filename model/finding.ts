/** Where in the catalog a finding is; only the parts that are known. */
export interface Where {
  /** Path of the file; relative to the working directory once it is printed. */
  readonly file?: string;
  readonly service?: string;
  /** Rule group, of an alert. */
  readonly group?: string;
  /** Name of the alert, query, dashboard or metric. */
  readonly rule?: string;
  /** The field to change, such as `for` or `runtime.logGroup`. */
  readonly field?: string;
  /** Line of the file, from 1; of a file that is read as text. */
  readonly line?: number;
}

/** One thing that a check found. */
export interface Finding {
  /** Family and rule, such as `alert/no-runbook`. */
  readonly id: string;
  readonly level: "error" | "warning";
  readonly where: Where;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly fix: string;
}
