import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Command } from "commander";
import { checkCatalog } from "../../checks/check-catalog";
import { queryable } from "../../incidents/page-queries";
import { type Pages, type RunbookReport, runbookPages, runbookReport } from "../../incidents/runbooks";
import { counted, findingsText, relativeTo } from "../findings-text";
import { loadCatalog } from "../load-catalog";
import { projectRoot, type Settings } from "../settings";
import { UserError } from "../user-error";

interface RunbooksOptions {
  readonly catalog?: string;
  readonly folder: string;
  readonly write?: boolean;
  readonly json?: boolean;
}

function pagesIn(folder: string): Pages {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  return new Map(names.sort().map((name) => [name.replaceAll("\\", "/"), readFileSync(join(folder, name), "utf8")]));
}

/** The report on a folder of runbooks. */
function reportOn(catalogFile: string, folder: string): RunbookReport {
  const catalog = loadCatalog(catalogFile);
  const errors = checkCatalog(catalog).filter(({ level }) => level === "error");
  if (errors.length > 0) throw new UserError(findingsText(errors.map((found) => relativeTo(process.cwd(), found))));
  const read = (path: string): string | undefined => {
    const target = join(folder, path);
    return existsSync(target) ? readFileSync(target, "utf8") : undefined;
  };
  return runbookReport(runbookPages(catalog), pagesIn(folder), read, queryable(catalog));
}

function writePages(folder: string, pages: Pages): void {
  for (const [name, page] of pages) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
    console.log(relative(process.cwd(), path));
  }
}

export function addRunbooks(program: Command, settings: () => Settings): void {
  program
    .command("runbooks")
    .summary("hold the runbooks against the alerts that lead to them")
    .description(
      "Hold the runbooks against the alerts that lead to them: every alert has its page, its facts are those of the catalog, no link\n" +
        "is dead, every query finds what is declared, no page is left over. Exit code 1 when something is wrong. With --write pages that are missing are begun, and the facts\n" +
        "of the others are brought up to date; what people wrote below them stays.",
    )
    .option("--catalog <file>", "the catalog to read; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--folder <folder>", "where the pages are", join(projectRoot, "docs", "runbooks"))
    .option("--write", "write what is missing or out of date")
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action(({ catalog, folder, write, json }: RunbooksOptions) => {
      const file = catalog ?? settings().catalog;
      let report = reportOn(file, folder);
      if (write === true) {
        if (json !== true) writePages(folder, report.changed);
        report = reportOn(file, folder);
      }
      const { problems, alerts, unreviewed } = report;
      if (json === true) console.log(JSON.stringify({ alerts, unreviewed, problems }));
      else {
        for (const { page, message, fix } of problems)
          console.error(`${relative(process.cwd(), join(folder, page))}: ${message}; ${fix}`);
        console.log(
          `${counted(alerts, "alert")}, ${counted(problems.length, "problem")}; ${counted(unreviewed, "page")} not reviewed by anybody`,
        );
      }
      if (problems.length > 0) process.exitCode = 1;
    });
}
