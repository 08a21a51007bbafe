import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "./user-error";

/** Folders of the output that are all ours: what a new synthesis does not write there is gone after it. */
const owned = ["stacks", "artifacts"];

/** What Terraform itself keeps in a stack's folder; it survives every synthesis. */
const isTerraforms = (name: string): boolean =>
  name.startsWith(".terraform") || name.startsWith("terraform.tfstate") || name === "plan";

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Every file below a folder, relative to it. */
function filesBelow(folder: string, prefix = ""): readonly string[] {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    if (isTerraforms(entry.name)) return [];
    const path = join(prefix, entry.name);
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

/** Removes the folders that hold nothing, leafs first. */
function removeEmptyFolders(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !isTerraforms(entry.name)) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Moves every staged file into its place, then removes what was not staged. Renames within one disk need no space. */
function moveIntoPlace(staging: string, outdir: string): void {
  const staged = filesBelow(staging);
  for (const file of staged) {
    mkdirSync(dirname(join(outdir, file)), { recursive: true });
    renameSync(join(staging, file), join(outdir, file));
  }
  const fresh = new Set(staged);
  for (const folder of owned) {
    for (const file of filesBelow(outdir, folder)) if (!fresh.has(file)) rmSync(join(outdir, file));
    removeEmptyFolders(join(outdir, folder));
  }
}

/**
 * Lets `write` fill a folder, and makes its files the output only when all of them are on disk: whatever fails before leaves
 * the previous output as it was, and nothing half-written beside it.
 * @throws UserError when the disk refuses: no permission, no space, no folder.
 */
export function publish<T>(outdir: string, write: (staging: string) => T): T {
  let staging: string;
  try {
    mkdirSync(outdir, { recursive: true });
    staging = mkdtempSync(join(outdir, ".staging-"));
  } catch (error) {
    throw new UserError(`cannot write to the output folder ${outdir}: ${reasonOf(error)}`);
  }
  try {
    const result = write(staging);
    moveIntoPlace(staging, outdir);
    return result;
  } catch (error) {
    if (error instanceof Error && "code" in error && "syscall" in error) {
      throw new UserError(
        `cannot write to the output folder ${outdir}: ${error.message}; the previous output is untouched`,
      );
    }
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
