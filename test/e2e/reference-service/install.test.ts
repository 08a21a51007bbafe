import { spawn } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { installReference } from "../../../tools/demo/reference-service";
import { scratchFolder, write } from "../support/folders";
import { findOnPath } from "../support/path";
import { projectRoot, run } from "../support/process";

/* The packages of the reference service are installed once, whoever wants them at the same time; npm is one of the test's. */

const scratch = scratchFolder("install");
let count = 0;
let home: string;
let lock: string;
let env: Readonly<Record<string, string>>;

beforeEach(() => {
  count += 1;
  const base = join(scratch, String(count));
  home = join(base, "example");
  lock = join(base, "cache", "install.lock");
  write(join(home, "package-lock.json"), "{}");
  // As npm ci does, which empties the folder first; a second one at the same time would be seen.
  const npm = `#!/bin/sh
echo "$@" >>'${join(base, "npm.log")}'
mkdir '${join(base, "busy")}' || exit 9
sleep 0.5
mkdir -p node_modules
echo '{}' >node_modules/.package-lock.json
rmdir '${join(base, "busy")}'
[ ! -e '${join(base, "fail")}' ] || { rm -r node_modules; echo 'npm error: no network' >&2; exit 1; }
`;
  write(join(base, "bin", "npm"), npm, 0o755);
  env = { PATH: `${join(base, "bin")}${delimiter}${process.env["PATH"]}` };
});

const installs = (): readonly string[] => {
  const log = join(home, "..", "npm.log");
  return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
};
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Installs in a process of its own. */
const another = () => {
  const script = `require(process.argv[1]).installReference(undefined, JSON.parse(process.argv[2])).catch((error) => { console.error(error); process.exitCode = 1; })`;
  return run(process.execPath, [
    ...["--require", join(projectRoot, "tools", "typescript.cjs"), "-e", script],
    ...[join(projectRoot, "tools", "demo", "reference-service.ts"), JSON.stringify({ folder: home, lock, env })],
  ]);
};

/** The number of a process that has ended. */
const deadProcess = (): Promise<number> =>
  new Promise((done, fail) => {
    const child = spawn(findOnPath("true"), []);
    child.once("error", fail).once("close", () => done(child.pid ?? 0));
  });

describe("the packages of the reference service", () => {
  test("are installed once by two processes that want them at once, and the other one waits", async () => {
    const both = await Promise.all([another(), another()]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(installs()).toEqual([expect.stringMatching(/^ci --ignore-scripts /)]);
    const said = both.map(({ stderr }) => stderr).sort((a) => (a.startsWith("fetching") ? -1 : 1));
    expect(said[0]).toMatch(/^fetching the packages of .* from npm into its node_modules\n$/);
    // The other one came while it went on, or so late that there was nothing left to do.
    expect(said[1]).toMatch(/^(waiting for process \d+, which installs the packages of .*\n)?$/);
    expect(isThere(lock)).toBe(false);
  });

  test("are installed once by two in one process", async () => {
    const said: string[] = [];
    const options = { folder: home, lock, env };
    await Promise.all([1, 2].map(() => installReference((what) => said.push(what), options)));
    expect(installs()).toHaveLength(1);
    expect(said).toEqual([
      expect.stringMatching(/^fetching /),
      expect.stringMatching(`^waiting for process ${process.pid}, `),
    ]);
  });

  test("are installed though one that installed was killed", async () => {
    mkdirSync(join(lock, ".."));
    symlinkSync(String(await deadProcess()), lock);
    const said: string[] = [];
    await Promise.all([1, 2, 3].map(() => installReference((what) => said.push(what), { folder: home, lock, env })));
    expect(installs()).toHaveLength(1);
    expect(said.filter((what) => what.startsWith("fetching"))).toHaveLength(1);
    expect(isThere(lock)).toBe(false);
  });

  test("fail with what npm says, and leave no lock", async () => {
    write(join(home, "..", "fail"), "");
    await expect(installReference(() => undefined, { folder: home, lock, env })).rejects.toThrow(
      "npm ci failed: npm error: no network",
    );
    expect(isThere(lock)).toBe(false);
  });

  test("are left alone where they are there", async () => {
    write(join(home, "node_modules", ".package-lock.json"), "{}");
    const said: string[] = [];
    await installReference((what) => said.push(what), { folder: home, lock, env });
    expect({ said, installs: installs() }).toEqual({ said: [], installs: [] });
  });
});
