import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packsPage } from "../alerts/page";

/* `npm run packs`: writes the page of the packs anew. */
writeFileSync(join(__dirname, "..", "docs", "packs.md"), packsPage());
