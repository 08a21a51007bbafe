import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fail, ok, type Result } from "../../model/result";

export interface ProgramRun {
  /** What it is called in messages, `terraform plan`. */
  readonly title: string;
  /** Path of the program. */
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
export interface ProgramExit {
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
 * Runs a program. The arguments go to it as they are, never through a shell. It has a process group of its own, so that an
 * interrupt at the terminal reaches it once, from here: at a second one terraform would give up at once and might lose state.
 *
 * Fails when it cannot be started, or was ended by a signal; any exit code is a value.
 */
export function runProgram(run: ProgramRun): Promise<Result<ProgramExit>> {
  const { title, binary, args, folder, environment, interrupt, kill, onLine, live = false } = run;
  if (interrupt.aborted) return Promise.resolve(fail(`${title} was not started: interrupted`));
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
    const settle = (result: Result<ProgramExit>) => {
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
      if (signal !== null || code === null) {
        // What it started would outlive it, such as the processes of real providers.
        onKill();
        settle(fail(interrupt.aborted ? `${title} was interrupted` : `${title} was ended by ${signal}`));
      } else settle(ok({ code, stdout: stdout.join(""), stderr: stderr.join("") }));
    });
  });
}
