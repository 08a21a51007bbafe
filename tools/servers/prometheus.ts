import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { searchPath } from "../terraform/search-path";

export interface Server {
  /** Where its web interface and API are. */
  readonly url: string;
  /** Stops it, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs a program until the shell's input ends, and then stops it: when the tests are killed, their end of the pipe closes, and the
 * program goes too.
 */
export const untilInputEnds =
  'exec 3<&0; "$@" </dev/null 3<&- & server=$!; cat <&3 >/dev/null; kill "$server" 2>/dev/null; wait "$server"';

/**
 * Asks again and again until the answer is there.
 * @throws Error with what there was instead, when the time is over.
 */
export async function eventually<T>(
  seconds: number,
  ask: () => Promise<T | undefined>,
  instead: () => string,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${instead()}`);
    await sleep(100);
  }
}

/**
 * Starts a server of the Prometheus project on a free port of this machine alone. They all say in the same words where they listen.
 * @param cwd Folder that it runs in. Default: this one.
 * @throws Error with its log, when it does not get ready.
 */
export async function startServer(program: string, args: readonly string[], cwd?: string): Promise<Server> {
  const command = [program, "--web.listen-address=127.0.0.1:0", ...args];
  const shell = searchPath("sh", process.env["PATH"]) ?? "/bin/sh";
  const child = spawn(shell, ["-c", untilInputEnds, "sh", ...command], { cwd, stdio: ["pipe", "ignore", "pipe"] });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const url = await eventually(
      30,
      async () => {
        const [, address] = /Listening on"?.*? address=(\S+)/.exec(log) ?? [];
        const ready = address !== undefined && (await fetch(`http://${address}/-/ready`)).ok;
        return ready ? `http://${address}` : undefined;
      },
      () => log,
    );
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Starts a Prometheus on a free port of this machine alone. `options`: more of its command line.
 * @throws Error with its log, when it does not get ready.
 */
export const startPrometheus = (
  program: string,
  configFile: string,
  dataFolder: string,
  options: readonly string[] = [],
): Promise<Server> =>
  startServer(program, [`--config.file=${configFile}`, `--storage.tsdb.path=${dataFolder}`, ...options]);
