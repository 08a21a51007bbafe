import type { Command } from "commander";
import { checkCatalog } from "../../checks/check-catalog";
import { allRules } from "../../checks/rules";
import type { Catalog } from "../../model/catalog";
import type { Finding } from "../../model/finding";
import { findingsText, relativeTo } from "../findings-text";
import { loadCatalog } from "../load-catalog";
import type { Settings } from "../settings";
import { textTable } from "../text-table";
import { UserError } from "../user-error";

/** The catalog, or, where the file itself fails, that as the one finding of the document. */
function loadedOrTold(file: string): Catalog | undefined {
  try {
    return loadCatalog(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const found: Finding = {
      id: "catalog/does-not-load",
      level: "error",
      where: { file },
      message: error.message,
      fix: "npx tsc names the line",
    };
    console.log(JSON.stringify({ findings: [relativeTo(process.cwd(), found)] }));
    process.exitCode = 1;
    return undefined;
  }
}

export function addCheck(program: Command, settings: () => Settings): void {
  program
    .command("check")
    .summary("find everything that is wrong with the catalog")
    .description("Check the catalog and every value made from it. Exit code 1 when there is an error.")
    .option("--catalog <file>", "the catalog to check; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--rules", "list every rule and why it is one, and check nothing")
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action((options: { readonly catalog?: string; readonly json?: boolean; readonly rules?: boolean }) => {
      if (options.rules === true) {
        console.log(
          textTable(
            ["rule", "why"],
            allRules.map(({ id, reason }) => [id, reason]),
          ),
        );
        return;
      }
      const file = options.catalog ?? settings().catalog;
      const catalog = options.json === true ? loadedOrTold(file) : loadCatalog(file);
      if (catalog === undefined) return;
      const findings = checkCatalog(catalog).map((found) => relativeTo(process.cwd(), found));
      if (findings.some(({ level }) => level === "error")) process.exitCode = 1;
      if (options.json === true) console.log(JSON.stringify({ findings }));
      else if (findings.length > 0) console.error(findingsText(findings));
      else {
        const { services, environments } = catalog;
        console.log(`nothing to mend: ${services.length} services in ${environments.length} environments`);
      }
    });
}
