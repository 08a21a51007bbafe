import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalSvg } from "./pictures/terminal-svg";
import { projectRoot } from "./settings";

/*
 * `npm run pictures`: draws the pictures of the README from what the commands really print. With `--out FOLDER` they go there
 * instead of docs/images, so that a test can compare them.
 */

/** Runs the command line as a user does; colours are left to the picture. */
function printed(command: readonly string[], environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const output = execFileSync(join(projectRoot, "estate"), command, {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...environment },
  });
  return [`$ ./estate ${command.join(" ")}`, ...output.trimEnd().split("\n")];
}

const scratch = mkdtempSync(join(tmpdir(), "estate-pictures-"));
try {
  const synth = printed(["synth"], { CDKTF_OUTDIR: join(scratch, "cdktf.out") }).map((line) =>
    // Where it was written and how long it took differ by machine; the picture shows neither.
    line.replace(/^.*: (\d+ resources) in [\d.]+ s$/, "cdktf.out: $1"),
  );
  const folder = process.argv[2] === "--out" ? (process.argv[3] ?? ".") : join(projectRoot, "docs", "images");
  writeFileSync(
    join(folder, "synth.svg"),
    terminalSvg("one catalog, four stacks", [...synth, "", ...printed(["list"])]),
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
