import { fail, ok, type Result } from "./result";

const isUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

/**
 * URL of an alert's runbook: as it is written, or, where a page's name is written, that page below the catalog's `runbooks`.
 * An error when it is neither, or the catalog does not say where its runbooks are.
 */
export function runbookUrl(runbook: string, runbooks: string | undefined): Result<string> {
  if (isUrl(runbook)) return ok(runbook);
  if (!/^[\w-]+(\/[\w-]+)*$/.test(runbook))
    return fail(`the runbook "${runbook}" is neither a URL nor the name of a page`);
  if (runbooks === undefined || !isUrl(runbooks)) {
    return fail(
      `the runbook "${runbook}" is the name of a page, but the catalog has no URL in \`runbooks\` to find it below`,
    );
  }
  return ok(`${runbooks.replace(/\/+$/, "")}/${runbook}`);
}
