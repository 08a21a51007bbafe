import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../user-error";

const prefix = "estate-plan-";

/** Whether a process runs, whoever it belongs to. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Removes what killed runs left. */
function sweep(root: string): void {
  for (const name of readdirSync(root)) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-/.exec(name.slice(prefix.length)) ?? []) : [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(root, name), { recursive: true, force: true });
    } catch {
      // Another user's, or another run was faster.
    }
  }
}

/**
 * Does work in a folder of its own, which is gone afterwards whatever happens: the two plans of one checkout share nothing.
 * A folder that a killed process left is removed by the next call.
 * @throws UserError when there is no place for one.
 */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>, root: string = tmpdir()): Promise<T> {
  let folder: string;
  try {
    sweep(root);
    folder = mkdtempSync(join(root, `${prefix}${process.pid}-`));
  } catch (error) {
    throw new UserError(
      `cannot make a temporary folder: ${error instanceof Error ? error.message : String(error)}\n  fix: make room there, or set TMPDIR to another folder`,
    );
  }
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A second signal or a defect may end the process before `finally` runs.
  process.once("exit", remove);
  try {
    return await work(folder);
  } finally {
    process.off("exit", remove);
    remove();
  }
}
