import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import pc from "picocolors";
import type { Finding, Where } from "../model/finding";

/** The place with its file as seen from a folder, as people type it. */
export function relativePlace(folder: string, where: Where): Where {
  const { file } = where;
  if (file === undefined || file === "") return where;
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return { ...where, file: isAbsolute(path) ? relative(folder, path) : path };
}

/** The finding with its file as seen from a folder. */
export const relativeTo = (folder: string, found: Finding): Finding => ({
  ...found,
  where: relativePlace(folder, found.where),
});

/** The place within its file: the service, the alert, the field; before them the line, where it is known. */
export const placeText = ({ service, group, rule, field, line }: Where): string =>
  [line === undefined ? undefined : `line ${line}`, service, group, rule, field]
    .filter((part) => part !== undefined && part !== "")
    .join(" › ");

/** A number of things, in words: `1 file`, `2 files`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Findings for people: by file, each with its place, what is wrong and the fix; the last line counts them. */
export function findingsText(findings: readonly Finding[]): string {
  const byFile = new Map<string, Finding[]>();
  for (const found of findings) {
    const file = found.where.file ?? "";
    const inFile = byFile.get(file);
    if (inFile === undefined) byFile.set(file, [found]);
    else inFile.push(found);
  }
  const blocks = [...byFile].map(([file, inFile]) =>
    [
      pc.bold(file === "" ? "the catalog" : file),
      ...inFile.map(({ id, level, where, message, fix }) =>
        [
          `  ${level === "error" ? pc.red("error") : pc.yellow("warning")}  ${[placeText(where), message].filter((part) => part !== "").join(": ")}  ${pc.dim(id)}`,
          `         ${pc.dim("fix:")} ${fix}`,
        ].join("\n"),
      ),
    ].join("\n"),
  );
  const errors = findings.filter(({ level }) => level === "error").length;
  return `${blocks.join("\n\n")}\n\n${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}`;
}
