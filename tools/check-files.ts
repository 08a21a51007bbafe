import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { types } from "node:util";
import { aboutFile, checkRuleFile, type RuleFileOptions } from "../checks/rule-files";
import type { Finding } from "../model/finding";

/** What is wrong with some rule files, and how many rules they have. */
interface CheckedFiles {
  readonly findings: readonly Finding[];
  readonly rules: number;
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: "this is a folder; name the files in it, as in rules/*.yaml",
  ENOENT: "there is no such file",
  EACCES: "nobody may read this file but its owner",
};

/** Why a file cannot be read, in words. */
function reasonOf(error: unknown): string {
  const code = types.isNativeError(error) && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? `this file cannot be read (${code === "" ? String(error) : code})`;
}

/** Checks Prometheus rule files; one that cannot be read is a finding like any other. */
export function checkFiles(files: readonly string[], options: RuleFileOptions): CheckedFiles {
  const findings: Finding[] = [];
  let rules = 0;
  for (const file of new Set(files)) {
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch (error) {
      findings.push(aboutFile("unreadable", file, reasonOf(error)));
      continue;
    }
    if (!isUtf8(bytes)) {
      findings.push(aboutFile("yaml", file, "this file is no text in UTF-8"));
      continue;
    }
    const checked = checkRuleFile(bytes.toString("utf8"), file, options);
    rules += checked.rules;
    for (const found of checked.findings) findings.push(found);
  }
  return { findings, rules };
}
