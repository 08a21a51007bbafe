import { spawn } from "node:child_process";
import { existsSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { startProcess } from "../servers/process";
import type { Server } from "../servers/prometheus";
import { projectRoot } from "../settings";

/** Folder of the reference service. */
export const referenceFolder = join(projectRoot, "examples", "reference-service");

/** Catalog that declares it. */
export const referenceCatalog = join(referenceFolder, "catalog.ts");

/**
 * Installs the packages of the reference service by its own lock file, unless they are there; nothing else of the product needs them.
 * `onFetch` is told what is fetched, before it is.
 * @throws Error with what npm says, when it fails.
 */
export async function installReference(onFetch: (what: string) => void): Promise<void> {
  const lock = join(referenceFolder, "package-lock.json");
  const installed = join(referenceFolder, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  onFetch("fetching the packages of examples/reference-service from npm into its node_modules");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await new Promise<void>((done, fail) => {
    const child = spawn("npm", args, { cwd: referenceFolder, stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    child.once("error", fail);
    child.once("close", (status) => (status === 0 ? done() : fail(new Error(`npm ci failed: ${log.trim()}`))));
  });
  const now = new Date();
  utimesSync(installed, now, now);
}

export interface ReferenceOptions {
  /** URL of a PostgreSQL. */
  readonly database: string;
  /** URL of a Redis. */
  readonly redis: string;
  /** Its settings beside those two, as environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told what it logs. Default: nobody. */
  readonly onLog?: (text: string) => void;
}

/**
 * Starts the service's API or its worker on a free port of this machine alone.
 * @throws Error with its log, when it does not get ready.
 */
export const startReference = (
  program: "api" | "worker",
  { database, redis, env, onLog }: ReferenceOptions,
): Promise<Server> =>
  startProcess(
    [
      process.execPath,
      "--require",
      join(projectRoot, "tools", "typescript.cjs"),
      join(referenceFolder, "src", `${program}.ts`),
    ],
    {
      env: { DATABASE_URL: database, REDIS_URL: redis, ENVIRONMENT: "prod", APP_VERSION: "1.0.0", PORT: "0", ...env },
      ...(onLog === undefined ? {} : { onOutput: onLog }),
      url: (log) => /listening on (\S+)/.exec(log)?.[1],
    },
  );
