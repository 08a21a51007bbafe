import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { projectRoot } from "../settings";

/** What a step came to. */
interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const jestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/** Checks of the code itself, each of which passes or fails as one. */
const staticChecks: readonly { readonly title: string; readonly command: readonly string[] }[] = [
  { title: "types (tsc)", command: ["tsc", "--pretty", "false"] },
  { title: "lint and format (biome)", command: ["biome", "ci", "--log-level=warn", "."] },
  { title: "dead code (knip)", command: ["knip", "--no-progress"] },
];

/** Runs a program of node_modules in the project's folder, with its output where ours goes. */
function run([program = "", ...args]: readonly string[], environment: NodeJS.ProcessEnv = process.env): boolean {
  const { status } = spawnSync(join(projectRoot, "node_modules", ".bin", program), args, {
    cwd: projectRoot,
    stdio: "inherit",
    env: environment,
  });
  return status === 0;
}

function runStatic(): Outcome {
  const results = staticChecks.map(({ title, command }) => {
    const ok = run(command);
    console.log(`${ok ? "ok  " : "FAIL"} ${title}`);
    return ok;
  });
  const passed = results.filter((ok) => ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** Runs jest. Snapshots are compared and never written: a missing one fails too (`--ci`). */
function runJest(args: readonly string[]): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "estate-test-"));
  // Servers that refuse to run as root run as nobody, whose data is below: it may pass through, and read nothing.
  chmodSync(folder, 0o711);
  const report = join(folder, "report.json");
  try {
    // Whatever a test leaves in the temporary folder goes with this one; CDKTF leaves a folder for every app.
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    const ok = run(["jest", "--ci", "--json", `--outputFile=${report}`, ...args], {
      ...process.env,
      TMPDIR: temporary,
    });
    const parsed = jestReport.safeParse(JSON.parse(readFileSync(report, "utf8")));
    if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 };
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = parsed.data;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // A test that did not run proved nothing; where it counts, that is a failure.
    const missing = process.env["CI"] === "true" ? numPendingTests : 0;
    return {
      passed: numPassedTests,
      failed: ok ? failed + missing : Math.max(1, failed + missing),
      skipped: numPendingTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function addTest(program: Command): void {
  program
    .command("test")
    .summary("the whole test suite")
    .description(
      "Check types, lint and dead code, then run every test: unit, snapshot and end to end.\n" +
        "The last line counts them. Snapshots are never updated by this command.",
    )
    .argument(
      "[jest...]",
      "arguments for jest (after --), such as -- --selectProjects unit; the static checks are then left out",
    )
    .action((args: readonly string[]) => {
      const outcomes = [...(args.length === 0 ? [runStatic()] : []), runJest(args)];
      const total = (key: keyof Outcome): number => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
      const skipped = total("skipped");
      console.log(
        `\n${total("passed")} passed, ${total("failed")} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`,
      );
      if (total("failed") > 0) process.exitCode = 1;
    });
}
