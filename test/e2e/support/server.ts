import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { eventually, type Server, untilInputEnds } from "../../../tools/servers/prometheus";
import { findOnPath } from "./path";

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

export interface ServerOptions {
  /** Variables on top of the inherited ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** User and group that it runs as; only root may say. Default: this process' own. */
  readonly user?: number;
  /** Where it is once it is ready; undefined while it is not. Told what it logged. */
  readonly url: (log: string) => string | undefined | Promise<string | undefined>;
}

/** The address that Prometheus' own programs log, for those that were told to take any port. */
export function loggedAddress(log: string): string | undefined {
  const [, address] = /Listening on"? address=(\S+)/.exec(log) ?? [];
  return address === undefined ? undefined : `http://${address}`;
}

/**
 * Starts a program that serves until it is stopped, or until the tests are killed.
 * @throws Error with its log, when it does not get ready.
 */
export async function startServer(command: readonly string[], { env, user, url }: ServerOptions): Promise<Server> {
  const child = spawn(findOnPath("sh"), ["-c", untilInputEnds, "sh", ...command], {
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...env },
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
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
    return {
      url: await eventually(
        30,
        async () => url(log),
        () => log,
      ),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
