import { loadCatalog } from "./tools/load-catalog";
import { reportAndExit } from "./tools/report-error";
import { settingsOf } from "./tools/settings";
import { synthesize } from "./tools/synthesize";

/*
 * The app that `cdktf` runs (see cdktf.json): catalog in, stacks out. `./estate synth` makes the same bytes without the CDKTF
 * command line.
 */
try {
  const { catalog, outdir, stacks } = settingsOf(process.env);
  synthesize(loadCatalog(catalog), { outdir, stacks });
} catch (error) {
  reportAndExit(error);
}
