import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** Folder of this project. */
export const projectRoot = resolve(__dirname, "../../..");

/** The catalog of one service in two environments, for what does not need the real one. */
export const exampleCatalogFile = require.resolve("../../support/example-catalog");

export interface Ran {
  /** Exit code; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working directory. Default: this project's folder. */
  readonly cwd?: string;
  /** Variables on top of the inherited ones; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What decides how this test runs must not decide what the programs under test do. */
const ours = /^(ESTATE_|CDKTF_|JEST_|npm_|FORCE_COLOR$|NODE_OPTIONS$|NODE_ENV$|CI$)/;

const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

/** Runs a program to its end, without a shell between. */
export const run = (program: string, args: readonly string[], { cwd = projectRoot, env = {} }: RunOptions = {}) =>
  new Promise<Ran>((done, fail) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...inherited, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      texts.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      texts.stderr += text;
    });
    child.on("error", fail);
    child.on("close", (status) => done({ status: status ?? undefined, ...texts }));
  });

/** Runs the launcher of this project as a user does. */
export const estate = (args: readonly string[], options?: RunOptions): Promise<Ran> =>
  run(resolve(projectRoot, "estate"), args, options);
