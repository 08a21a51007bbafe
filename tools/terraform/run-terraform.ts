import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fail, ok, type Result } from "../../model/result";

export interface TerraformRun {
  /** Path of terraform or tofu. */
  readonly binary: string;
  readonly args: readonly string[];
  /** Folder to run in. */
  readonly folder: string;
  /** The child's whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Once aborted, the child is interrupted and waited for. */
  readonly interrupt: AbortSignal;
  /** Once aborted, the child is killed. */
  readonly kill: AbortSignal;
  /** Told every line of stdout as it comes. */
  readonly onLine?: (line: string) => void;
  /** Gives the child our own terminal instead of reading what it prints. */
  readonly live?: boolean;
}

/** How a child ended. */
export interface TerraformExit {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Signals a child and whatever it started. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * Runs terraform. The arguments go to it as they are, never through a shell. It has a process group of its own, so that an
 * interrupt at the terminal reaches it once, from here: at a second one terraform gives up at once and may lose state.
 *
 * Fails when it cannot be started, or was ended by a signal; any exit code is a value.
 */
export function runTerraform(run: TerraformRun): Promise<Result<TerraformExit>> {
  const { binary, args, folder, environment, interrupt, kill, onLine, live = false } = run;
  const command = `terraform ${args[0] ?? ""}`;
  if (interrupt.aborted) return Promise.resolve(fail(`${command} was not started: interrupted`));
  return new Promise((resolve) => {
    const child = spawn(binary, [...args], {
      cwd: folder,
      env: { ...environment },
      stdio: live ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const { pid } = child;
    const onInterrupt = () => pid !== undefined && signalGroup(pid, "SIGINT");
    const onKill = () => pid !== undefined && signalGroup(pid, "SIGKILL");
    interrupt.addEventListener("abort", onInterrupt);
    kill.addEventListener("abort", onKill);
    const settle = (result: Result<TerraformExit>) => {
      interrupt.removeEventListener("abort", onInterrupt);
      kill.removeEventListener("abort", onKill);
      resolve(result);
    };

    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stderr?.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
    if (child.stdout !== null) {
      if (onLine === undefined) child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
      else createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", onLine);
    }
    child.on("error", (error) => settle(fail(`cannot run ${binary}: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (signal !== null || code === null)
        settle(fail(interrupt.aborted ? `${command} was interrupted` : `${command} was ended by ${signal}`));
      else settle(ok({ code, stdout: stdout.join(""), stderr: stderr.join("") }));
    });
  });
}
