import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, ok, type Result } from "../model/result";

/** A socket's path may have at most this many bytes: 104 with the closing NUL on macOS, 108 on Linux (unix(4), unix(7)). */
const longestSocketPath = 103;

const prefix = "estate-offline-";

/** `mkdtemp` puts this many characters behind a name. */
const randomLength = 6;

const nameOf = (pid: number): string => `${prefix}${pid}-`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not permitted to signal it: there is such a process.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const entriesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Removes the folders of runs that were killed before they could. */
function sweep(root: string): void {
  for (const name of entriesOf(root)) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(root, name);
    try {
      const { uid } = lstatSync(path);
      if (uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run was faster.
    }
  }
}

/**
 * Makes a folder for sockets, in `root` or, when a socket's path would be too long there, in `/tmp`. First removes what killed
 * runs of this user left there.
 * @param longestName Characters of the longest name of a socket in it.
 * @returns an error when neither can be written to, or both are too long.
 */
export function socketFolder(longestName: number, root: string = tmpdir()): Result<string> {
  const problems: string[] = [];
  for (const candidate of new Set([root, "/tmp"])) {
    const longest = join(candidate, `${nameOf(process.pid)}${"x".repeat(randomLength)}`, "x".repeat(longestName));
    if (Buffer.byteLength(longest) > longestSocketPath) {
      problems.push(`${candidate}: a socket's path would have more than ${longestSocketPath} bytes`);
      continue;
    }
    sweep(candidate);
    try {
      return ok(mkdtempSync(join(candidate, nameOf(process.pid))));
    } catch (error) {
      problems.push(`${candidate}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return fail(`no folder for sockets (${problems.join("; ")}); set TMPDIR to a writable folder with a short path`);
}
