import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { conditionsPage } from "./docs/conditions-page";
import { packsPage } from "./docs/packs-page";
import { projectRoot } from "./settings";

/* `npm run docs`: writes the pages of docs/ that the code itself answers. */
const pages: Readonly<Record<string, () => string>> = { "conditions.md": conditionsPage, "packs.md": packsPage };
for (const [name, page] of Object.entries(pages)) writeFileSync(join(projectRoot, "docs", name), page());
