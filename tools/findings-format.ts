import type { Finding } from "../model/finding";
import { never } from "../model/result";
import { findingsText, placeText } from "./findings-text";

/** The forms that findings are printed in. */
export const formats = ["text", "json", "github"] as const;
export type Format = (typeof formats)[number];

/** The page that tells why each check is one, at the family of the finding. */
const docsOf = ({ id }: Finding): string => `docs/checks.md#${id.split("/")[0]}`;

/** The document of `--json`: the findings, each with the page that explains it. */
export const findingsJson = (findings: readonly Finding[]): string =>
  JSON.stringify({ findings: findings.map((found) => ({ ...found, docs: docsOf(found) })) });

/** Characters that end a workflow command's message or property (GitHub: actions toolkit, `command.ts`). */
const escapeMessage = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string => escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** A finding as an annotation of a pull request (GitHub: workflow commands, "Setting an error message"). */
export function githubAnnotation(found: Finding): string {
  const { id, level, where, message, fix } = found;
  const properties = [
    ["file", where.file],
    ["line", where.line === undefined ? undefined : String(where.line)],
    ["title", id],
  ].flatMap(([name, value]) => (value === undefined || value === "" ? [] : [`${name}=${escapeProperty(value)}`]));
  const { line: _line, ...place } = where;
  const text = [placeText(place), message].filter((part) => part !== "").join(": ");
  return `::${level} ${properties.join(",")}::${escapeMessage(`${text}\nfix: ${fix} (${docsOf(found)})`)}`;
}

/** Print findings: for people on stderr, for programs on stdout. `sound`: what is told when there are none. */
export function printFindings(findings: readonly Finding[], format: Format, sound: string): void {
  switch (format) {
    case "json":
      console.log(findingsJson(findings));
      return;
    case "github":
      if (findings.length > 0) console.log(findings.map(githubAnnotation).join("\n"));
      else console.log(sound);
      return;
    case "text":
      if (findings.length === 0) console.log(sound);
      else console.error(`${findingsText(findings)}\nwhy each is one: docs/checks.md`);
      return;
    default:
      never(format);
  }
}
