import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fail, type Result } from "../../model/result";
import { UserError } from "../user-error";
import { chooseBinary } from "./choose-binary";
import { downloadOpenTofu } from "./download-opentofu";
import type { Interruption } from "./interruption";
import { type OpenTofuRelease, pinnedRelease, platformName } from "./opentofu-release";
import { runProgram } from "./run-program";
import { searchPath } from "./search-path";
import { statusLine } from "./status-line";
import { parseVersion, type TerraformVersion } from "./version";

/** The program that makes the plans. */
export interface Terraform extends TerraformVersion {
  readonly path: string;
}

export interface FindTerraform {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the cache, `.cache` of the project. */
  readonly cacheDir: string;
  /** Where OpenTofu's releases are. */
  readonly releases: string;
  /** Download without asking. */
  readonly yes: boolean;
  readonly interruption: Interruption;
  readonly release?: OpenTofuRelease;
}

const howToGetOne =
  "there is no terraform: put Terraform or OpenTofu 1.10 or newer on the PATH, name one in TERRAFORM_BINARY_NAME, or let --yes download OpenTofu";

/** Asks what nobody but a person at a terminal can answer; anything but yes is no. */
export async function confirm(question: string, interrupt: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // At a prompt the terminal gives Ctrl-C as a key.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: interrupt });
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}

/** Asks a program for its version. */
async function versionOf(
  path: string,
  { environment, interruption }: FindTerraform,
): Promise<Result<TerraformVersion>> {
  const run = await runProgram({
    title: `${path} version`,
    binary: path,
    args: ["version"],
    folder: process.cwd(),
    // It has no need of credentials, and `TF_CLI_ARGS` could make it say something else.
    environment: {
      PATH: environment["PATH"],
      HOME: environment["HOME"],
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: "/dev/null",
    },
    ...interruption,
  });
  if (!run.ok) return run;
  const { code, stdout, stderr } = run.value;
  const [reason = ""] = stderr.trim().split("\n");
  return code === 0 ? parseVersion(path, stdout) : fail(`"${path} version" failed: ${reason || `exit code ${code}`}`);
}

async function download(find: FindTerraform, release: OpenTofuRelease, folder: string): Promise<string> {
  const { interruption, releases } = find;
  const title = `downloading OpenTofu ${release.version}`;
  const line = process.stderr.isTTY ? statusLine(process.stderr) : undefined;
  if (line === undefined) process.stderr.write(`${title}\n`);
  else line.show(title);
  const downloaded = await downloadOpenTofu({
    release,
    platform: platformName(process.platform, process.arch),
    baseUrl: releases,
    folder,
    signal: interruption.interrupt,
    onProgress: (received, total) =>
      line?.show(total === undefined ? title : `${title}, ${Math.floor((100 * received) / total)}%`),
  }).finally(() => line?.stop());
  if (!downloaded.ok) throw new UserError(`${downloaded.error}\n  fix: run it again, or ${howToGetOne.slice(23)}`);
  return downloaded.value;
}

/**
 * Finds the terraform to run, downloading one where there is none and the user agrees.
 * @throws UserError when there is none, it is too old, or it is no terraform.
 */
export async function findTerraform(find: FindTerraform): Promise<Terraform> {
  const { environment, cacheDir, yes, interruption, release = pinnedRelease } = find;
  const folder = join(cacheDir, "opentofu", release.version);
  const cached = searchPath(join(folder, "tofu"), undefined);
  const choice = chooseBinary({
    named: environment["TERRAFORM_BINARY_NAME"],
    search: (program) => searchPath(program, environment["PATH"]),
    cached,
  });
  if (choice.kind === "misnamed")
    throw new UserError(`TERRAFORM_BINARY_NAME is ${JSON.stringify(choice.name)}, and there is no such program`);
  if (choice.kind === "found") {
    const version = await versionOf(choice.path, find);
    if (version.ok) return { path: choice.path, ...version.value };
    // A download that no longer runs is downloaded again; any other program is the user's to mend.
    if (choice.path !== cached) throw new UserError(version.error);
    console.error(`the downloaded OpenTofu does not run and is downloaded again: ${version.error}`);
  } else {
    const platform = platformName(process.platform, process.arch);
    if (release.sha256[platform] === undefined) throw new UserError(howToGetOne.replace(/, or let.*/, ""));
    const agreed =
      yes ||
      (process.stdin.isTTY &&
        (await confirm(
          `There is no terraform on the PATH. Download OpenTofu ${release.version} (30 MB) into ${folder}?`,
          interruption.interrupt,
        )));
    if (!agreed) throw new UserError(howToGetOne);
  }
  const path = await download(find, release, folder);
  const version = await versionOf(path, find);
  if (!version.ok) throw new UserError(version.error);
  return { path, ...version.value };
}
