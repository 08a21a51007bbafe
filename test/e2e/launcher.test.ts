import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { scratchFolder, write } from "./support/folders";
import { findOnPath } from "./support/path";
import { projectRoot, type Ran, run } from "./support/process";

jest.setTimeout(30_000);
const scratch = scratchFolder("launcher");

/** A project of which only the launcher is real: its command line prints what it is given. */
const home = join(scratch, "project");
/** All that is on the PATH: what the launcher needs of the system, and the node and npm of the test. */
const bin = join(scratch, "bin");
/** What the test's npm was asked for, a line for each run. */
const asked = join(scratch, "npm.log");

const program = (name: string, script: string): string => write(join(bin, name), `#!/bin/sh\n${script}\n`, 0o755);
const fakeNode = (version: string): string => program("node", `echo ${version}`);
const realNode = (): void => symlinkSync(process.execPath, join(bin, "node"));
const packageLock = join(home, "package-lock.json");
const installed = join(home, "node_modules", ".package-lock.json");

/** Records its arguments, and installs as npm ci does: what was there before is gone. Its tsx takes TypeScript as it is. */
const fakeNpm = `echo "$@" >>'${asked}'
rm -rf '${home}/node_modules'
mkdir -p '${home}/node_modules/tsx'
echo 'require.extensions[".ts"] = require.extensions[".js"];' >'${home}/node_modules/tsx/cjs.js'
echo '{}' >'${installed}'`;

beforeEach(() => {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  for (const name of ["dirname", "find", "ln", "mkdir", "readlink", "rm", "rmdir", "sleep", "touch"])
    symlinkSync(findOnPath(name), join(bin, name));
  mkdirSync(home);
  copyFileSync(join(projectRoot, "estate"), join(home, "estate"));
  write(packageLock, "{}");
  mkdirSync(join(home, "tools"));
  copyFileSync(join(projectRoot, "tools", "typescript.cjs"), join(home, "tools", "typescript.cjs"));
  write(join(home, "tools", "estate.ts"), "console.log(JSON.stringify(process.argv.slice(2)));");
});

const launch = (args: readonly string[] = [], launcher = join(home, "estate"), cwd = scratch): Promise<Ran> =>
  run(launcher, args, { cwd, env: { PATH: bin } });

const installs = (): readonly string[] => (existsSync(asked) ? readFileSync(asked, "utf8").trim().split("\n") : []);

const setTime = (path: string, iso: string): void => utimesSync(path, new Date(iso), new Date(iso));

describe("without what it needs the launcher says so in one sentence", () => {
  test("no node", async () => {
    expect(await launch()).toEqual({
      status: 1,
      stdout: "",
      stderr: "estate needs Node.js 20 or newer, and there is no node on the PATH: https://nodejs.org\n",
    });
  });

  test.each(["v18.20.8", "v19.9.0", "v9.0.0", "v0.12.18", "nonsense"])("node is %s", async (version) => {
    fakeNode(version);
    program("npm", fakeNpm);
    expect(await launch()).toEqual({
      status: 1,
      stdout: "",
      stderr: `estate needs Node.js 20 or newer; this is ${version}: https://nodejs.org\n`,
    });
    expect(installs()).toEqual([]);
  });

  test("no npm to install with", async () => {
    realNode();
    expect(await launch()).toEqual({
      status: 1,
      stdout: "",
      stderr: "estate needs npm to install its packages, and there is no npm on the PATH: https://nodejs.org\n",
    });
  });

  test("an install that fails", async () => {
    realNode();
    program("npm", `${fakeNpm}\nrm '${installed}'\necho 'npm error no network' >&2; exit 7`);
    const { status, stdout, stderr } = await launch();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/\(npm ci\)\nnpm error no network\nestate: npm ci failed; nothing was run\n$/);
    expect((await launch()).status).toBe(1);
    expect(installs()).toHaveLength(2);
  });
});

describe("the launcher installs the packages of the lock file", () => {
  const install = `--prefix ${home} ci --ignore-scripts --no-audit --no-fund --loglevel=error`;
  beforeEach(() => {
    realNode();
    program("npm", fakeNpm);
  });

  test("when there are none, says so on stderr, and goes on", async () => {
    expect(await launch(["synth", "--json"])).toEqual({
      status: 0,
      stdout: '["synth","--json"]\n',
      stderr: "estate: installing the packages of package-lock.json into node_modules (npm ci)\n",
    });
    expect(installs()).toEqual([install]);
  });

  test("when the lock file is newer than they are, once", async () => {
    await launch();
    setTime(packageLock, "2020-01-01T00:00:00Z");
    setTime(installed, "2019-12-31T00:00:00Z");
    expect((await launch()).status).toBe(0);
    expect(installs()).toEqual([install, install]);
    expect(await launch()).toEqual({ status: 0, stdout: "[]\n", stderr: "" });
    expect(installs()).toHaveLength(2);
  });

  test("when an earlier install did not end", async () => {
    write(join(home, "node_modules", "tsx", "package.json"), "{}");
    expect((await launch()).status).toBe(0);
    expect(installs()).toEqual([install]);
  });

  test("and not when they are there already", async () => {
    await launch();
    setTime(packageLock, "2019-12-31T00:00:00Z");
    setTime(installed, "2020-01-01T00:00:00Z");
    expect(await launch()).toEqual({ status: 0, stdout: "[]\n", stderr: "" });
    expect(installs()).toHaveLength(1);
  });
});

describe("several launchers at once", () => {
  const lock = join(home, ".cache", "install.lock");
  const holders = (): readonly string[] =>
    // Beside it, newer versions of Node keep what they compiled.
    readdirSync(join(home, ".cache")).filter((name) => name.startsWith("install.lock"));
  beforeEach(() => realNode());

  test("install once, and all of them run", async () => {
    // An npm that takes its time, and would trip over another.
    program(
      "npm",
      `[ -e '${scratch}/busy' ] && { echo 'two at once' >&2; exit 9; }\n: >'${scratch}/busy'\nsleep 1\n${fakeNpm}\nrm '${scratch}/busy'`,
    );
    const runs = await Promise.all(["a", "b", "c", "d"].map((name) => launch([name])));
    expect(runs.map(({ status, stdout }) => [status, stdout])).toEqual(
      ["a", "b", "c", "d"].map((name) => [0, `["${name}"]\n`]),
    );
    expect(installs()).toHaveLength(1);
    const said = runs.map(({ stderr }) => stderr).join("");
    expect(said.match(/installing the packages of/g)).toHaveLength(1);
    expect(said.match(/waiting for another estate \(process \d+\), which installs/g)?.length).toBeLessThanOrEqual(3);
    expect(holders()).toEqual([]);
  });

  test("when the one that installs fails, the next one tries", async () => {
    program("npm", `sleep 1\n[ -e '${scratch}/second' ] || { : >'${scratch}/second'; exit 7; }\n${fakeNpm}`);
    const runs = await Promise.all([launch(["a"]), launch(["b"])]);
    expect(runs.map(({ status }) => status).sort()).toEqual([0, 1]);
    expect(installs()).toHaveLength(1);
    expect(holders()).toEqual([]);
  });

  test.each([2, 6])("%i are not kept by one that was killed", async (count) => {
    program("npm", fakeNpm);
    mkdirSync(dirname(lock), { recursive: true });
    // No process has this number: Linux ends at 4,194,304.
    symlinkSync("4194305", lock);
    const runs = await Promise.all(Array.from({ length: count }, () => launch()));
    expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 0));
    expect(installs()).toHaveLength(1);
    expect(holders()).toEqual([]);
  });

  test("are not kept by one that was killed while it took the lock of another", async () => {
    program("npm", fakeNpm);
    mkdirSync(`${lock}.breaking`, { recursive: true });
    setTime(`${lock}.breaking`, "2019-12-31T00:00:00Z");
    symlinkSync("4194305", lock);
    expect((await launch()).status).toBe(0);
    expect(holders()).toEqual([]);
  });

  test("one that is interrupted while it installs leaves no lock", async () => {
    program("npm", `: >'${scratch}/started'\nsleep 1\nexit 1`);
    const launched = spawn(join(home, "estate"), [], { env: { PATH: bin }, stdio: "ignore" });
    const ended = new Promise<number | null>((done) => launched.once("exit", (code) => done(code)));
    while (!existsSync(join(scratch, "started"))) await new Promise((done) => setTimeout(done, 10));
    expect(readlinkSync(lock)).toBe(`${launched.pid}`);
    launched.kill("SIGTERM");
    expect(await ended).toBe(143);
    expect(holders()).toEqual([]);
  });

  test("a folder that cannot be written to is told", async () => {
    program("npm", fakeNpm);
    write(join(home, ".cache"), "");
    expect(await launch()).toMatchObject({
      status: 1,
      stderr: `estate: cannot make ${home}/.cache/install.lock; nothing was installed\n`,
    });
    expect(installs()).toEqual([]);
  });
});

describe("the launcher", () => {
  beforeEach(() => {
    realNode();
    program("npm", fakeNpm);
  });

  test("hands every argument on as it is", async () => {
    const args = ["synth", "a b", "*", "$HOME", "", "'", '"', "--", "-x"];
    expect((await launch(args)).stdout).toBe(`${JSON.stringify(args)}\n`);
  });

  test("ends as the command does", async () => {
    write(join(home, "tools", "estate.ts"), "process.exitCode = 2;");
    expect((await launch()).status).toBe(2);
  });

  test("is found through links, relative ones too, from any folder", async () => {
    const links = join(scratch, "links");
    mkdirSync(links);
    symlinkSync("../project/estate", join(links, "near"));
    symlinkSync(join(links, "near"), join(scratch, "far"));
    for (const launcher of [join(scratch, "far"), join(links, "near"), "./far", "links/near"])
      expect((await launch(["list"], launcher)).stdout).toBe('["list"]\n');
    expect(installs()).toHaveLength(1);
    expect(installs()[0]).toContain(`--prefix ${home} `);
  });

  test("is not led astray by CDPATH", async () => {
    const { status, stdout } = await run(findOnPath("sh"), ["project/estate"], {
      cwd: dirname(home),
      env: { PATH: bin, CDPATH: `${dirname(home)}:/` },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "[]\n" });
  });
});
