import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadCatalog } from "./load-catalog";
import { projectRoot, settingsOf } from "./settings";
import { estateFiles } from "./snapshots/estate-files";
import { synthesize } from "./synthesize";

/* `npm run snapshots`: writes what the shipped catalog comes to into test/snapshot/estate, for people to read the difference. */
const scratch = mkdtempSync(join(tmpdir(), "estate-snapshots-"));
try {
  synthesize(loadCatalog(settingsOf({}).catalog), { outdir: scratch, stacks: [] });
  const folder = join(projectRoot, "test", "snapshot", "estate");
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of estateFiles(scratch)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
