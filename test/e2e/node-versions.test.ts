import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { z } from "zod";
import { bytesOf, copyProject, largeFolder, scratchFolder } from "./support/folders";
import { nodeFolder } from "./support/node-versions";
import { findOnPath } from "./support/path";
import { estate, projectRoot, type Ran, run } from "./support/process";

/** The lines of Node.js that are supported, each in the version that this is proven with. */
const supported = ["20.20.2", "22.23.3", "24.21.0"] as const;

const lineOf = (version: string): string => version.replace(/^v/, "").split(".")[0] ?? "";

/** The line that runs this test has installed and runs this very checkout; the others are left to prove. */
const versions = supported
  .filter((version) => lineOf(version) !== lineOf(process.version))
  .map((version) => ({ version, folder: nodeFolder(version) }));

jest.setTimeout(600_000);
/** The command of cdktf.json that makes the stacks. */
const { app: cdktfApp } = z
  .object({ app: z.string() })
  .parse(JSON.parse(readFileSync(join(projectRoot, "cdktf.json"), "utf8")));

const scratch = scratchFolder("node-versions", largeFolder);

/** The real estate, as the Node.js of this test makes it. */
const here = join(scratch, "here");

interface Project {
  readonly folder: string;
  /** All that is on the PATH: this Node.js and its npm, a shell, and nothing that compiles. */
  readonly env: Readonly<Record<string, string>>;
}

function projectFor(version: string, nodeHome: string): Project {
  const folder = copyProject(join(scratch, version));
  const bin = join(scratch, `bin-${version}`);
  mkdirSync(bin);
  for (const name of ["npm", "sh", "dirname", "readlink", "touch", "find", "ln", "mkdir", "rm", "rmdir", "sleep"])
    symlinkSync(findOnPath(name), join(bin, name));
  return { folder, env: { PATH: `${nodeHome}:${bin}`, npm_config_prefer_offline: "true" } };
}

const projects = new Map<string, Project>();
const firstRuns = new Map<string, Promise<Ran>>();
beforeAll(async () => {
  const { status, stderr } = await estate(["synth", "--out", here]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const { version, folder } of versions) {
    if (folder === undefined) continue;
    const project = projectFor(version, folder);
    projects.set(version, project);
    // Side by side, for each waits much for its disk.
    firstRuns.set(version, run(join(project.folder, "estate"), ["synth"], { cwd: scratch, env: project.env }));
  }
});

describe.each(versions)("Node.js $version", ({ version, folder }) => {
  const proven = folder === undefined ? test.skip : test;
  const where = folder === undefined ? " (not run: npm has none for this machine)" : "";

  proven(`installs from a clean clone, without a compiler, and synthesizes the same bytes${where}`, async () => {
    const { folder: home = "" } = projects.get(version) ?? {};
    const ran = await firstRuns.get(version);
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringContaining("(npm ci)") });
    expect(ran?.stdout).toMatch(/\d+ resources in /);
    expect(bytesOf(join(home, "cdktf.out"))).toEqual(bytesOf(here));
  });

  proven(`is the one that ran, and runs the app as cdktf does${where}`, async () => {
    const { folder: cwd = "", env = {} } = projects.get(version) ?? {};
    expect((await run("node", ["--version"], { cwd, env })).stdout).toBe(`v${version}\n`);
    const out = join(scratch, `app-${version}`);
    const [program = "", ...app] = cdktfApp.split(" ");
    const { status, stderr } = await run(program, app, { cwd, env: { ...env, CDKTF_OUTDIR: out } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(bytesOf(out)).toEqual(bytesOf(here));
  });
});
