import pc from "picocolors";
import { findingsText, relativeTo } from "./findings-text";
import { UserError } from "./user-error";

/**
 * Tells an error to the user on stderr and sets exit code 1: a user's mistake in its own words, anything else as the defect
 * of ours that it is, with the trace that a report of it needs.
 */
export function reportAndExit(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof UserError) {
    if (error.findings.length > 0)
      console.error(findingsText(error.findings.map((found) => relativeTo(process.cwd(), found))));
    console.error(`${pc.red("error:")} ${error.message}`);
    return;
  }
  console.error(`${pc.red("this is a defect of estate, not of your catalog; please report it:")}`);
  console.error(error);
}
