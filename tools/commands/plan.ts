import type { Command } from "commander";

/** Exit code of a command that is known but not there yet. */
const notYet = 2;

export function addPlan(program: Command): void {
  program
    .command("plan")
    .summary("what Terraform would change (not available yet)")
    .description("Plan the stacks with the real Terraform. This command is not available yet.")
    .argument("[stacks...]", "names or globs of the stacks to plan")
    .action(() => {
      console.error(
        "estate plan is not available yet; until then: ./estate synth, then terraform plan in cdktf.out/stacks/<stack>",
      );
      process.exitCode = notYet;
    });
}
