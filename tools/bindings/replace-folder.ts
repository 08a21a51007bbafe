import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf } from "../../model/caught";

/**
 * Makes `folder` hold exactly `files` (text by path below it, `/` between folders). Everything is written to a hidden
 * sibling first, on the same disk, and then moved into place: a failure leaves the folder as it was.
 *
 * @throws the system's error, when the disk refuses.
 */
export async function replaceFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(join(dirname(folder), ".bindings-"));
  const fresh = join(staging, "new");
  const former = join(staging, "old");
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(fresh, path)), { recursive: true });
      await writeFile(join(fresh, path), text);
    }
    const existed = await moved(folder, former);
    try {
      await rename(fresh, folder);
    } catch (error) {
      if (existed) await rename(former, folder);
      throw error;
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * The first file below `folder`, in path order, that does not begin with `mark`: somebody else's, which replacing the
 * folder would destroy. Undefined when there is none, as in a folder that does not exist.
 */
export async function foreignFile(folder: string, mark: string): Promise<string | undefined> {
  const paths = await readdir(folder, { recursive: true, withFileTypes: true }).then(
    (entries) => entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)),
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    },
  );
  for (const path of paths.sort()) {
    if (!(await readFile(path, "utf8")).startsWith(mark)) return path;
  }
  return undefined;
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
