import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { conditionsPage } from "./docs/conditions-page";
import { projectRoot } from "./settings";

/* `npm run docs`: writes the pages of docs/ that the code itself answers. */
writeFileSync(join(projectRoot, "docs", "conditions.md"), conditionsPage());
