import { tmpdir } from "node:os";
import { codeOf, reasonOf } from "../../model/caught";
import { type TemporaryFolder, temporaryFolder } from "../../offline/temporary-folder";
import { UserError } from "../user-error";

function madeIn(root: string): TemporaryFolder {
  try {
    return temporaryFolder(root, "plan");
  } catch (error) {
    throw new UserError(
      `cannot make a temporary folder: ${reasonOf(error)}\n  fix: make room there, or set TMPDIR to another folder`,
    );
  }
}

/** What systems call a disk that takes nothing more (errno(3)). */
const refusals: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EROFS"]);

/**
 * Does work in a folder of its own, which is gone afterwards whatever happens: the two plans of one checkout share nothing.
 * A folder that a killed process left is removed by the next call.
 * @throws UserError when there is no place for one, or no more place in it.
 */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>, root: string = tmpdir()): Promise<T> {
  const folder = madeIn(root);
  try {
    return await work(folder.path);
  } catch (error) {
    if (!refusals.has(codeOf(error) ?? "")) throw error;
    throw new UserError(
      `cannot write to ${folder.path}: ${reasonOf(error)}\n  fix: make room there, or set TMPDIR to another folder`,
    );
  } finally {
    folder.remove();
  }
}
