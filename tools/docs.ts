import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allRules } from "../checks/rules";
import { withPracticeTables } from "../incidents/practice-tables";
import { withTables } from "./docs/checks-page";
import { conditionsPage } from "./docs/conditions-page";
import { packsPage } from "./docs/packs-page";
import { loadCatalog } from "./load-catalog";
import { projectRoot, settingsOf } from "./settings";

/* `npm run docs`: writes what the code itself answers in docs/: whole pages, and the tables of one. */
const pages: Readonly<Record<string, (written: string) => string>> = {
  "checks.md": (written) => withTables(written, allRules),
  "conditions.md": conditionsPage,
  "incidents.md": (written) => withPracticeTables(written, loadCatalog(settingsOf({}).catalog)),
  "packs.md": packsPage,
};
for (const [name, page] of Object.entries(pages)) {
  const path = join(projectRoot, "docs", name);
  writeFileSync(path, page(readFileSync(path, "utf8")));
}
