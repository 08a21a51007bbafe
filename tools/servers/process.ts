import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { searchPath } from "../terraform/search-path";
import { eventually, type Server, untilInputEnds } from "./prometheus";

/** A port of this machine that nobody listens on, for programs that do not say which one they took. */
export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address !== null ? done(address.port) : fail()));
    });
  });

export interface ProcessOptions {
  /** Variables on top of the inherited ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** User and group that it runs as; only root may say. Default: this process' own. */
  readonly user?: number;
  /** Told what it writes to standard output. Default: nobody. */
  readonly onOutput?: (text: string) => void;
  /** Where it is once it is ready; undefined while it is not. Told what it logged. */
  readonly url: (log: string) => string | undefined | Promise<string | undefined>;
}

/** A program that serves, with the group of processes that it is. */
export interface ServerProcess extends Server {
  /** Number of the group; undefined where the system gave none. */
  readonly group: number | undefined;
}

/** How long a program that is told to end may take; then it is killed, and whatever it started. */
const patienceMilliseconds = 10_000;

/**
 * Starts a program that serves until it is stopped, or until this process ends, however it does. It is in a group of its own, so
 * that a Ctrl-C is this process' alone to answer.
 * @throws Error with its log, when it does not get ready.
 */
export async function startProcess(
  command: readonly string[],
  { env, user, onOutput, url }: ProcessOptions,
): Promise<ServerProcess> {
  const shell = searchPath("sh", process.env["PATH"]) ?? "/bin/sh";
  const child = spawn(shell, ["-c", untilInputEnds, "sh", ...command], {
    stdio: ["pipe", onOutput === undefined ? "ignore" : "pipe", "pipe"],
    env: { ...process.env, ...env },
    detached: true,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => onOutput?.(text));
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    const late = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, patienceMilliseconds);
    await ended;
    clearTimeout(late);
  };
  try {
    const gone = () => (child.exitCode === null ? undefined : "");
    const found = await eventually(
      30,
      async () => gone() ?? (await url(log)),
      () => log,
    );
    if (found === "") throw new Error(`it ended at once: ${log.trim()}`);
    return { url: found, stop, group: child.pid };
  } catch (error) {
    await stop();
    throw error;
  }
}
