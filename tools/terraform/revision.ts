import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { projectRoot } from "../settings";
import { UserError } from "../user-error";
import type { Interruption } from "./interruption";
import { runProgram } from "./run-program";
import { readSynthesized, type SynthesizedFile } from "./synthesized";

export interface RevisionToSynthesize {
  /** As the user typed it: `main`, `HEAD~1`, a hash. */
  readonly revision: string;
  /** The catalog, a path in this checkout or outside. */
  readonly catalog: string;
  /** An empty folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interruption: Interruption;
  readonly note: (text: string) => void;
}

/** The estate of a revision. */
export interface SynthesizedRevision {
  readonly revision: string;
  /** Its hash. */
  readonly commit: string;
  readonly stacks: readonly SynthesizedFile[];
}

/** Variables that would make git work on another repository than ours; hooks set them. */
const gitVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"];

/** Lines of what npm says that tell what is wrong. */
const mostOfNpm = 10;

const sameText = (a: string, b: string): boolean =>
  existsSync(a) && existsSync(b) && readFileSync(a, "utf8") === readFileSync(b, "utf8");

/**
 * Synthesizes the estate of a git revision with that revision's own code, in a tree of its own; neither the working tree nor
 * the repository's index or list of worktrees is touched.
 * @throws UserError when there is no such revision, or it does not synthesize.
 */
export async function synthesizeRevision(wanted: RevisionToSynthesize): Promise<SynthesizedRevision> {
  const { revision, catalog, folder, environment, interruption, note } = wanted;
  const plainEnvironment = { ...environment, ...Object.fromEntries(gitVariables.map((name) => [name, undefined])) };
  const run = async (
    title: string,
    args: readonly string[],
    options: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
  ) => {
    const [binary = "", ...rest] = args;
    const result = await runProgram({
      title,
      binary,
      args: rest,
      folder: options.cwd ?? projectRoot,
      environment: { ...plainEnvironment, ...options.env },
      ...interruption,
    });
    if (!result.ok) throw new UserError(`--against ${revision}: ${result.error}`);
    return result.value;
  };
  const must = async (what: string, ...call: Parameters<typeof run>): Promise<string> => {
    const { code, stdout, stderr } = await run(...call);
    // npm explains its own usage at length; findings end with their count.
    const lines = stderr.trim().split("\n");
    const told = call[0] === "npm ci" ? lines.slice(0, mostOfNpm) : lines;
    if (code !== 0) throw new UserError(`--against ${revision}: ${what}\n${told.join("\n")}`);
    return stdout.trim();
  };

  const commit = await must("there is no such revision", "git rev-parse", [
    "git",
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  const prefix = await must("this is no git checkout", "git rev-parse", ["git", "rev-parse", "--show-prefix"]);
  const top = await must("this is no git checkout", "git rev-parse", ["git", "rev-parse", "--show-toplevel"]);

  // A tree out of an index of its own: unlike `git worktree`, nothing of it stays in the repository if we are killed.
  note(`checking out ${revision}`);
  const tree = join(folder, "tree");
  mkdirSync(tree, { recursive: true });
  const env = { GIT_INDEX_FILE: join(folder, "index") };
  await must("it cannot be read", "git read-tree", ["git", "read-tree", commit], { env });
  await must(
    "it cannot be checked out",
    "git checkout-index",
    ["git", "checkout-index", "--all", `--prefix=${tree}/`],
    {
      env,
      cwd: top,
    },
  );

  const root = join(tree, prefix);
  if (!existsSync(join(root, "main.ts"))) throw new UserError(`--against ${revision}: it has no main.ts to synthesize`);
  const modules = join(root, "node_modules");
  if (sameText(join(root, "package-lock.json"), join(projectRoot, "package-lock.json")))
    symlinkSync(join(projectRoot, "node_modules"), modules, "dir");
  else {
    note(`installing the packages of ${revision} (npm ci)`);
    await must(
      "its packages cannot be installed",
      "npm ci",
      ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
      {
        cwd: root,
      },
    );
  }

  note(`synthesizing ${revision}`);
  const outdir = join(folder, "out");
  const within = relative(projectRoot, catalog);
  const inCheckout = !within.startsWith("..") && !isAbsolute(within);
  await must(
    "it does not synthesize",
    "synth",
    [process.execPath, "--require", join(modules, "tsx", "dist", "cjs", "index.cjs"), "main.ts"],
    {
      cwd: root,
      env: { CDKTF_OUTDIR: outdir, ESTATE_CATALOG: inCheckout ? join(root, within) : catalog, ESTATE_STACKS: "*" },
    },
  );
  return { revision, commit, stacks: readSynthesized(outdir) };
}
