import { spawn } from "node:child_process";
import { existsSync, statSync, utimesSync } from "node:fs";
import { join, relative } from "node:path";
import { type ServerProcess, startProcess } from "../servers/process";
import { projectRoot } from "../settings";
import { exclusively } from "./exclusively";

/** Folder of the reference service. */
export const referenceFolder = join(projectRoot, "examples", "reference-service");

/** Catalog that declares it. */
export const referenceCatalog = join(referenceFolder, "catalog.ts");

const installLock = join(projectRoot, ".cache", "reference-service-install.lock");

/** Where the packages are installed, and how; the reference service's, unless a test says otherwise. */
export interface InstallOptions {
  /** Folder with the lock file. Default: that of the reference service. */
  readonly folder?: string;
  /** Lock that one installer holds at a time; not in `node_modules`, which `npm ci` empties. Default: one in `.cache`. */
  readonly lock?: string;
  /** Variables of npm on top of the inherited ones. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether the packages of a folder are those of its lock file: npm's own record of them is the newer one. */
function isInstalled(folder: string): boolean {
  const lockFile = join(folder, "package-lock.json");
  const record = join(folder, "node_modules", ".package-lock.json");
  return existsSync(record) && statSync(record).mtimeMs >= statSync(lockFile).mtimeMs;
}

const npmCi = (folder: string, env: Readonly<Record<string, string>>): Promise<void> =>
  new Promise((done, fail) => {
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const child = spawn("npm", args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    child.once("error", (error) => fail(new Error(`npm ci cannot be run: ${error.message}`)));
    child.once("close", (status) => (status === 0 ? done() : fail(new Error(`npm ci failed: ${log.trim()}`))));
  });

/**
 * Installs the packages of the reference service by its own lock file, unless they are there; nothing else of the product needs them. Of
 * several that would at once one does, and the others wait for it.
 * @param say Told what is fetched, before it is, and who is waited for.
 * @throws Error with what npm says, when it fails.
 */
export async function installReference(
  say: (what: string) => void = (what) => process.stderr.write(`${what}\n`),
  { folder = referenceFolder, lock = installLock, env = {} }: InstallOptions = {},
): Promise<void> {
  if (isInstalled(folder)) return;
  const waited = (holder: string): void =>
    say(`waiting for process ${holder}, which installs the packages of ${relative(projectRoot, folder)}`);
  await exclusively(lock, waited, async () => {
    // The one that was waited for has done it.
    if (isInstalled(folder)) return;
    say(`fetching the packages of ${relative(projectRoot, folder)} from npm into its node_modules`);
    await npmCi(folder, env);
    const now = new Date();
    utimesSync(join(folder, "node_modules", ".package-lock.json"), now, now);
  });
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
): Promise<ServerProcess> =>
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
