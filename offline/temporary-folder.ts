import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "../model/caught";

/*
 * Folders that a process needs for as long as it runs. Each is named after its process, so that the next run can tell which of them killed
 * runs left.
 */

/** What the folders are for; part of their names. */
export type Purpose = "plan" | "offline";

/** A folder of this process. */
export interface TemporaryFolder {
  readonly path: string;
  /** Removes it with all that is in it; a second call does nothing. */
  readonly remove: () => void;
}

/** `mkdtemp` puts this many characters behind a name. */
const randomLength = 6;

const prefixOf = (purpose: Purpose): string => `estate-${purpose}-`;

const nameOf = (purpose: Purpose): string => `${prefixOf(purpose)}${process.pid}-`;

/** A path as long as that of a folder to be made in `root`. */
export const exemplaryPath = (root: string, purpose: Purpose): string =>
  join(root, `${nameOf(purpose)}${"x".repeat(randomLength)}`);

/** Whether a process runs, whoever it belongs to: one of another user cannot be signalled, and is alive all the same. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Making a folder there will tell why.
    return [];
  }
}

/** Removes the folders of runs of this user that were killed before they could. */
function sweep(root: string, prefix: string): void {
  for (const name of entriesOf(root)) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-/.exec(name.slice(prefix.length)) ?? []) : [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(root, name);
    try {
      if (lstatSync(path).uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run was faster.
    }
  }
}

/**
 * Makes a folder in `root`, after removing what killed runs left there. It is removed when this process ends, if not before: by
 * `process.exit()`, or an error that nobody caught.
 * @throws Error when `root` is no folder, cannot be written to, or is full.
 */
export function temporaryFolder(root: string, purpose: Purpose): TemporaryFolder {
  sweep(root, prefixOf(purpose));
  const path = mkdtempSync(join(root, nameOf(purpose)));
  const remove = (): void => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.once("exit", remove);
  return { path, remove };
}
