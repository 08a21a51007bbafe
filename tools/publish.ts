import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { types } from "node:util";
import { UserError } from "./user-error";

/** Folders of the output that are all ours: what a new synthesis does not write there is gone after it. */
const owned = ["stacks", "artifacts"];

/** What Terraform itself keeps in a stack's folder; it survives every synthesis. */
const isTerraforms = (path: string): boolean =>
  /^stacks[\\/][^\\/]+[\\/](?:\.terraform|terraform\.tfstate|plan$)/.test(path);

/** Errors of the operating system, by what Node says of them (Node.js documentation, Errors, "Class: SystemError"). */
const isDisks = (error: unknown): error is Error => types.isNativeError(error) && "code" in error && "syscall" in error;

/** Every file below a folder that is not Terraform's, relative to it. */
function filesBelow(folder: string, prefix = ""): readonly string[] {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name);
    if (isTerraforms(path)) return [];
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

/** Removes the folders that hold nothing, leafs first. */
function removeEmptyFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== ".terraform") removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/**
 * Moves every staged file into its place and what was there before out of it; when a move is refused, takes all of them back.
 * Moves within one disk need no space.
 */
function moveIntoPlace(staging: string, replaced: string, outdir: string): void {
  const moved: { readonly from: string; readonly to: string }[] = [];
  const move = (from: string, to: string): void => {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    moved.push({ from, to });
  };
  const moveAway = (file: string): void => move(join(outdir, file), join(replaced, file));
  try {
    const staged = filesBelow(staging);
    for (const file of staged) {
      if (existsSync(join(outdir, file))) moveAway(file);
      move(join(staging, file), join(outdir, file));
    }
    const fresh = new Set(staged);
    for (const folder of owned) for (const file of filesBelow(outdir, folder)) if (!fresh.has(file)) moveAway(file);
  } catch (error) {
    for (const { from, to } of moved.reverse()) renameSync(to, from);
    throw error;
  } finally {
    for (const folder of owned) removeEmptyFolders(join(outdir, folder));
  }
}

/**
 * Lets `write` fill a folder, and makes its files the output only when all of them are on disk: whatever fails before leaves
 * the previous output as it was, and nothing half-written beside it.
 * @throws UserError when the disk refuses: no permission, no space, no folder.
 */
export function publish<T>(outdir: string, write: (staging: string) => T): T {
  let made: string | undefined;
  let work: string;
  try {
    made = mkdirSync(outdir, { recursive: true });
    work = mkdtempSync(join(outdir, ".staging-"));
  } catch (error) {
    if (!isDisks(error)) throw error;
    throw new UserError(`cannot write to the output folder ${outdir}: ${error.message}`);
  }
  try {
    const staging = join(work, "new");
    mkdirSync(staging);
    const result = write(staging);
    moveIntoPlace(staging, join(work, "old"), outdir);
    return result;
  } catch (error) {
    if (!isDisks(error)) throw error;
    throw new UserError(
      `cannot write to the output folder ${outdir}: ${error.message}; the previous output is untouched`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
    // Only what was made here and stayed empty goes: without an output there was nothing before either.
    if (made !== undefined) removeEmptyFolders(made);
  }
}
