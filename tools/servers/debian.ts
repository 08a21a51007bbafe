import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "../settings";
import { searchPath } from "../terraform/search-path";

const onPath = (program: string): string | undefined => searchPath(program, process.env["PATH"]);

/**
 * The Debian release that servers are taken from: newer than the stable one of many machines, so that its Prometheus is near to the ones in
 * use, and one that does not change any more.
 */
const usualRelease = "trixie";
type Release = "bookworm" | "trixie" | "sid";

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const cacheOf = (release: Release): string => join(projectRoot, ".cache", "debian", release);

const run = (program: string, args: readonly string[], cwd: string) =>
  spawnSync(program, args, { cwd, encoding: "utf8", timeout: 120_000, stdio: ["ignore", "pipe", "pipe"] });

/** The Debian mirror that this machine uses. */
function mirror(cache: string): string {
  const { stdout } = run(
    "apt-get",
    ["indextargets", "--format", "$(ORIGIN) $(REPO_URI)", "Created-By: Packages"],
    cache,
  );
  const [, own] = /^Debian (https?:\/\/\S+\/debian)\/?$/m.exec(stdout ?? "") ?? [];
  return own ?? "http://deb.debian.org/debian";
}

/**
 * Settings by which apt keeps to folders of ours, for any user: it reads and changes nothing of the machine's but its mirror and its proxy
 * (apt.conf(5), "Directories").
 */
function privateApt(release: Release): readonly string[] {
  const cache = cacheOf(release);
  const home = join(cache, "apt");
  for (const folder of ["lists/partial", "archives/partial"]) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, "status"), "");
  writeFileSync(join(home, "sources.list"), `deb [signed-by=${keyring}] ${mirror(cache)} ${release} main\n`);
  return [
    "--quiet",
    ...[
      `Dir::Etc::SourceList=${join(home, "sources.list")}`,
      `Dir::Etc::SourceParts=${join(home, "none")}`,
      `Dir::State=${home}`,
      `Dir::State::Lists=${join(home, "lists")}`,
      `Dir::State::Status=${join(home, "status")}`,
      `Dir::Cache=${home}`,
      `Dir::Cache::Archives=${join(home, "archives")}`,
      "APT::Sandbox::User=root",
      "Acquire::Languages=none",
    ].flatMap((setting) => ["-o", setting]),
  ];
}

/** Seconds that another process may take to fetch the lists before we give up. */
const patienceSeconds = 60;

const sleep = (seconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
};

/**
 * Downloads a package into a folder. Without lists, or with old ones, that fails at first, and they are fetched; while another process
 * does so, apt refuses us, by the name of its lock in any language, and the package is asked for again.
 */
function download(name: string, apt: readonly string[], folder: string): boolean {
  for (let waited = 0; waited <= patienceSeconds; waited++) {
    if (run("apt-get", ["download", ...apt, name], folder).status === 0) return true;
    const { status, stderr } = run("apt-get", ["update", ...apt], folder);
    if (status === 0) return run("apt-get", ["download", ...apt, name], folder).status === 0;
    if (!stderr.includes("lists/lock")) return false;
    sleep(1);
  }
  return false;
}

/** Gives what was unpacked its place, unless another process was faster. */
function place(unpacked: string, home: string): void {
  try {
    renameSync(unpacked, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}

/** Unpacks a package into a folder of its own, unless it is there; false when it cannot be had. */
function unpack(name: string, release: Release, onFetch: (what: string) => void): boolean {
  const cache = cacheOf(release);
  const home = join(cache, name);
  if (existsSync(home)) return true;
  if (!existsSync(keyring) || onPath("apt-get") === undefined || onPath("dpkg-deb") === undefined) return false;
  onFetch(`fetching ${name} of Debian ${release} into ${relative(process.cwd(), cache) || "."}`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, ".unpacking-"));
  try {
    if (!download(name, privateApt(release), work)) return false;
    const [archive] = readdirSync(work).filter((file) => file.endsWith(".deb"));
    if (archive === undefined || run("dpkg-deb", ["--extract", archive, "unpacked"], work).status !== 0) return false;
    place(join(work, "unpacked"), home);
    return true;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A program, and the Debian package that it is in. */
export interface DebianProgram {
  readonly program: string;
  readonly package: string;
  /** Default: `trixie`. An older one, where the newer program needs a newer C library than many machines have. */
  readonly release?: Release;
}

/**
 * Path of a program of Debian's: unpacked, not installed, below `.cache/debian` of this checkout, which needs no root, starts nothing and
 * changes nothing on the machine. Where there is no apt or no network, the one on the PATH; undefined when there is none either.
 * `onFetch` is told what is fetched, before it is.
 */
export function debianProgram(
  { program, package: name, release = usualRelease }: DebianProgram,
  onFetch: (what: string) => void = () => undefined,
): string | undefined {
  const path = join(cacheOf(release), name, "usr", "bin", program);
  return unpack(name, release, onFetch) && existsSync(path) ? path : onPath(program);
}

/** Folder of what a package has below `/usr`, unpacked; undefined when it cannot be had. */
export const debianFolder = (name: string, release: Release = usualRelease): string | undefined =>
  unpack(name, release, () => undefined) ? join(cacheOf(release), name, "usr") : undefined;
