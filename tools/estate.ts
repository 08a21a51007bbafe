import { Command } from "commander";
import { addCheck } from "./commands/check";
import { addDeploy } from "./commands/deploy";
import { addList } from "./commands/list";
import { addPlan } from "./commands/plan";
import { addSynth } from "./commands/synth";
import { addTest } from "./commands/test";
import { reportAndExit } from "./report-error";
import { settingsOf } from "./settings";

const program = new Command("estate")
  .description("An observability estate as code: one typed catalog of services, teams and environments, to Terraform.")
  .showHelpAfterError("(--help tells what is known)")
  .addHelpText(
    "after",
    "\nEnvironment variables:\n" +
      "  ESTATE_CATALOG  path of the catalog (catalog/catalog.ts)\n" +
      "  ESTATE_STACKS   globs of the stacks to build, separated by commas (all)\n" +
      "  CDKTF_OUTDIR    folder to synthesize to (cdktf.out)\n" +
      "  TERRAFORM_BINARY_NAME  the terraform to run, a name or a path (terraform, else tofu)\n" +
      "  ESTATE_OPENTOFU_URL    mirror to download OpenTofu from (its releases on GitHub)",
  );

const settings = () => settingsOf(process.env);
addSynth(program, settings);
addCheck(program, settings);
addList(program, settings);
addPlan(program, settings);
addDeploy(program, settings);
addTest(program);

program.parseAsync().catch(reportAndExit);
