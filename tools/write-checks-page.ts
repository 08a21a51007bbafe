import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allRules } from "../checks/rules";
import { withTables } from "./checks-page";
import { projectRoot } from "./settings";

/* `npm run checks-page`: writes the tables of docs/checks.md from the rules themselves. */

const page = join(projectRoot, "docs", "checks.md");
writeFileSync(page, withTables(readFileSync(page, "utf8"), allRules));
