import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { searchPath } from "../terraform/search-path";
import { debianFolder, debianProgram } from "./debian";
import { freePort, startProcess } from "./process";
import type { Server } from "./prometheus";

/** Folder of PostgreSQL's programs, of the newest that is installed: Debian keeps them beside the PATH. Undefined where there is none. */
export function postgresFolder(): string | undefined {
  const versions = "/usr/lib/postgresql";
  const [newest] = [...(existsSync(versions) ? readdirSync(versions) : [])].sort((a, b) => Number(b) - Number(a));
  if (newest !== undefined) return join(versions, newest, "bin");
  const initdb = searchPath("initdb", process.env["PATH"]);
  return initdb === undefined ? undefined : join(initdb, "..");
}

/**
 * Starts a PostgreSQL on this machine alone that trusts everybody and keeps nothing for long; one that was stopped goes on with its data.
 * @param programs Folder of its programs.
 * @param data Folder of its data; where it is not there yet, it is made.
 * @throws Error with its log, when it does not get ready.
 */
export async function startPostgres(programs: string, data: string, port?: number): Promise<Server> {
  const chosen = port ?? (await freePort());
  // PostgreSQL refuses to run as root; 65534 is nobody, everywhere.
  const user = process.getuid?.() === 0 ? 65_534 : undefined;
  const isNew = !existsSync(join(data, "PG_VERSION"));
  if (isNew) mkdirSync(data, { recursive: true, mode: 0o700 });
  if (isNew && user !== undefined) chownSync(data, user, user);
  const settings = [
    `port=${chosen}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    // Debian's own link to a certificate is not everybody's to read.
    "ssl=off",
  ];
  const program = (name: string): string => join(programs, name);
  return startProcess(
    [
      "sh",
      "-c",
      // A stop must not wait for clients that stay: SIGTERM would, SIGINT ends their connections.
      '{ [ -e "$4/PG_VERSION" ] || "$1" -D "$4" -A trust -U postgres --no-sync >&2; } && shift && { "$@" & server=$!; trap \'kill -INT "$server"\' TERM; wait "$server"; wait "$server"; }',
      "sh",
      program("initdb"),
      program("postgres"),
      "-D",
      data,
      ...settings.flatMap((setting) => ["-c", setting]),
    ],
    {
      ...(user === undefined ? {} : { user }),
      url: (log) =>
        log.includes("ready to accept connections") ? `postgresql://postgres@127.0.0.1:${chosen}/postgres` : undefined,
    },
  );
}

/** Libraries that Debian's Redis needs, of the release that it is taken from: they run wherever that release's C library is or a newer one. */
const redisLibraries = ["libjemalloc2", "liblzf1", "liblua5.1-0", "lua-cjson", "lua-bitop", "libatomic1"] as const;

/** A Redis that runs here: of this machine, else of Debian, unpacked. */
export interface RedisProgram {
  readonly path: string;
  readonly libraries: readonly string[];
}

/** Undefined where none can be had. */
export function redisProgram(onFetch: (what: string) => void = () => undefined): RedisProgram | undefined {
  const own = searchPath("redis-server", process.env["PATH"]);
  if (own !== undefined) return { path: own, libraries: [] };
  const path = debianProgram({ program: "redis-check-rdb", package: "redis-tools", release: "bookworm" }, onFetch);
  if (path === undefined) return undefined;
  const libraries = redisLibraries.map((name) => join(debianFolder(name, "bookworm") ?? "", "lib", "x86_64-linux-gnu"));
  return { path, libraries };
}

/**
 * Starts a Redis on this machine alone that keeps nothing.
 * @param home A folder of its own.
 * @throws Error with its log, when it does not get ready.
 */
export async function startRedis({ path, libraries }: RedisProgram, home: string): Promise<Server> {
  const port = await freePort();
  mkdirSync(home, { recursive: true });
  // The program decides by its own name what it is.
  const script = 'cp "$1" "$2/redis-server" && cd "$2" && shift 2 && exec ./redis-server "$@" >&2';
  return startProcess(
    [
      ...["sh", "-c", script, "sh", path, home],
      ...["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory", "64mb"],
    ],
    {
      ...(libraries.length === 0 ? {} : { env: { LD_LIBRARY_PATH: libraries.join(":") } }),
      url: (log) => (/Ready to accept connections/.test(log) ? `redis://127.0.0.1:${port}` : undefined),
    },
  );
}
