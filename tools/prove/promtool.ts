import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Suite, SuiteRun } from "../../proof/suite";
import { failedChecks } from "../../proof/unit-test-file";
import { debianProgram } from "../servers/debian";
import type { Interruption } from "../terraform/interruption";
import { runProgram } from "../terraform/run-program";
import { inOrder } from "../terraform/schedule";
import { UserError } from "../user-error";

/** The program that decides, and of which Prometheus it is. */
export interface Promtool {
  readonly path: string;
  /** As it says it, such as `2.53.3`. */
  readonly version: string;
}

/**
 * Prometheus' own tool: Debian's, unpacked into `.cache` where there is apt, else the one on the PATH.
 * @throws UserError when there is none.
 */
export function findPromtool(onFetch: (what: string) => void): Promtool {
  const path = debianProgram({ program: "promtool", package: "promtool" }, onFetch);
  if (path === undefined) {
    throw new UserError(
      "there is no promtool: Debian's package cannot be had here, and none is on the PATH\n  fix: install Prometheus (https://prometheus.io/download), whose archive holds promtool",
    );
  }
  const { stdout, stderr } = spawnSync(path, ["--version"], { encoding: "utf8" });
  const [, version] = /version (\d+\.\d+\.\d+)/.exec(`${stdout}${stderr}`) ?? [];
  if (version === undefined) throw new UserError(`${path} does not say its version; it is no promtool`);
  return { path, version };
}

/** The last lines of what a program said. */
const tail = (text: string): string => text.trim().split("\n").slice(-3).join(" ").trim();

/** A part of a suite's tests, which one process decides. */
interface Part {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly folder: string;
  readonly tests: readonly string[];
  readonly weight: number;
}

/** More than this many samples and checks, in characters, are not left to one process, so that no processor waits for another one. */
const heaviestPart = 200_000;

/** A suite's tests in parts, each of several tests: most take less long than a process takes to start. */
function partsOf({ name, files, tests }: Suite, folder: string): readonly Part[] {
  const weights = new Map(files.map((file) => [file.name, file.content.length]));
  const parts: Part[] = [];
  for (const test of tests) {
    const weight = weights.get(test) ?? 0;
    const last = parts.at(-1);
    if (last !== undefined && last.weight + weight <= heaviestPart)
      parts.splice(-1, 1, { ...last, tests: [...last.tests, test], weight: last.weight + weight });
    else parts.push({ name: `${name} ${parts.length}`, dependsOn: [], folder, tests: [test], weight });
  }
  return parts;
}

/** What is wrong with a whole file, such as a rule that promtool cannot load: a failure that names no check. */
const fileProblem = (printed: string): string | undefined =>
  printed
    .split(/^ *FAILED:/m)
    .slice(1)
    .find((failure) => failedChecks(failure).length === 0);

async function runPart({ folder, tests }: Part, promtool: Promtool, interruption: Interruption): Promise<SuiteRun> {
  const ran = await runProgram({
    title: "promtool",
    binary: promtool.path,
    args: ["test", "rules", ...tests],
    folder,
    // One process per processor; it lives shortly, and memory is cheaper than collecting it (Go, package runtime, "Environment Variables").
    environment: { ...process.env, GOMAXPROCS: "1", GOGC: "400" },
    interrupt: interruption.interrupt,
    kill: interruption.kill,
  });
  if (!ran.ok) return { failed: [], error: ran.error };
  const { code, stdout, stderr } = ran.value;
  const failed = failedChecks(`${stdout}\n${stderr}`);
  const unsaid = code === 0 ? undefined : failed.length === 0 ? stderr || stdout : fileProblem(stderr);
  return unsaid === undefined ? { failed } : { failed, error: `promtool: ${tail(unsaid)}` };
}

/** Has promtool decide all suites, as many at once as there are processors; the largest first, so that none is waited for. */
export async function runSuites(
  suites: readonly Suite[],
  promtool: Promtool,
  root: string,
  interruption: Interruption,
): Promise<readonly SuiteRun[]> {
  const parts = suites.map((suite) => {
    const folder = join(root, suite.name);
    mkdirSync(folder, { recursive: true });
    for (const { name, content } of suite.files) writeFileSync(join(folder, name), content);
    return partsOf(suite, folder);
  });
  const tasks = parts.flat().sort((left, right) => right.weight - left.weight);
  const outcomes = await inOrder(tasks, {
    limit: availableParallelism(),
    run: (part) => runPart(part, promtool, interruption),
    succeeded: () => true,
  });
  const runs = new Map(
    outcomes.flatMap((outcome, index) => {
      const task = tasks[index];
      return outcome.kind === "done" && task !== undefined ? [[task.name, outcome.result] as const] : [];
    }),
  );
  return parts.map((own) => {
    const done = own.map(({ name }): SuiteRun => runs.get(name) ?? { failed: [], error: "it was not run" });
    const error = done.find((run) => run.error !== undefined)?.error;
    return { failed: done.flatMap(({ failed }) => failed), ...(error === undefined ? {} : { error }) };
  });
}
