import type { Finding } from "../model/finding";

/** A mistake or a condition of the user's, told in words: the command line prints it without a stack trace and exits 1. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Findings to print instead of the message, where there are any. */
  readonly findings: readonly Finding[];

  constructor(message: string, findings: readonly Finding[] = []) {
    super(message);
    this.findings = findings;
  }
}
