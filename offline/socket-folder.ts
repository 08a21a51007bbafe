import { tmpdir } from "node:os";
import { join } from "node:path";
import { reasonOf } from "../model/caught";
import { fail, ok, type Result } from "../model/result";
import { exemplaryPath, type TemporaryFolder, temporaryFolder } from "./temporary-folder";

/** A socket's path may have at most this many bytes: 104 with the closing NUL on macOS, 108 on Linux (unix(4), unix(7)). */
const longestSocketPath = 103;

/**
 * Makes a folder for sockets, in `root` or, when a socket's path would be too long there, in `/tmp`.
 * @param longestName Characters of the longest name of a socket in it.
 * @returns an error when neither can be written to, or both are too long.
 */
export function socketFolder(longestName: number, root: string = tmpdir()): Result<TemporaryFolder> {
  const problems: string[] = [];
  for (const candidate of new Set([root, "/tmp"])) {
    const longest = join(exemplaryPath(candidate, "offline"), "x".repeat(longestName));
    if (Buffer.byteLength(longest) > longestSocketPath) {
      problems.push(`${candidate}: a socket's path would have more than ${longestSocketPath} bytes`);
      continue;
    }
    try {
      return ok(temporaryFolder(candidate, "offline"));
    } catch (error) {
      problems.push(`${candidate}: ${reasonOf(error)}`);
    }
  }
  return fail(`no folder for sockets (${problems.join("; ")}); set TMPDIR to a writable folder with a short path`);
}
