import { Command } from "commander";
import { reportAndExit } from "./report-error";
import type { Settings } from "./settings";

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

type AddCommand = (program: Command, settings: () => Settings) => void;

/** The commands. Each brings packages of its own, so only the one that is asked for is loaded: half a second for some. */
const commands = new Map<string, () => AddCommand>([
  ["synth", () => load<typeof import("./commands/synth")>(require("./commands/synth")).addSynth],
  ["check", () => load<typeof import("./commands/check")>(require("./commands/check")).addCheck],
  ["list", () => load<typeof import("./commands/list")>(require("./commands/list")).addList],
  ["runbooks", () => load<typeof import("./commands/runbooks")>(require("./commands/runbooks")).addRunbooks],
  ["prove", () => load<typeof import("./commands/prove")>(require("./commands/prove")).addProve],
  ["simulate", () => load<typeof import("./commands/simulate")>(require("./commands/simulate")).addSimulate],
  ["conform", () => load<typeof import("./commands/conform")>(require("./commands/conform")).addConform],
  ["demo", () => load<typeof import("./commands/demo")>(require("./commands/demo")).addDemo],
  ["plan", () => load<typeof import("./commands/plan")>(require("./commands/plan")).addPlan],
  ["deploy", () => load<typeof import("./commands/deploy")>(require("./commands/deploy")).addDeploy],
  ["test", () => load<typeof import("./commands/test")>(require("./commands/test")).addTest],
]);

/** Gives what `require` loaded its type, which the compiler does not know of a call at run time. */
function load<Module>(loaded: Module): Module {
  return loaded;
}

/** Read when a command asks for them: what holds them against their shape takes as long to load as Node itself. */
const settings = (): Settings => load<typeof import("./settings")>(require("./settings")).settingsOf(process.env);

/** Runs a command line; whatever does not begin with a known command, as help does, needs them all. */
async function run([first = ""]: readonly string[]): Promise<void> {
  const asked = commands.get(first);
  for (const command of asked === undefined ? commands.values() : [asked]) command()(program, settings);
  await program.parseAsync();
}

run(process.argv.slice(2)).catch(reportAndExit);
