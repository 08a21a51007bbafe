import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { afterAll } from "@jest/globals";
import { projectRoot } from "./process";

/** Folder for what is too large for a system's temporary folder, which is memory on some. */
export const largeFolder = join(projectRoot, ".cache", "tmp");

/** A folder for what the tests of a file write; it is gone after them. */
export function scratchFolder(name: string, above = tmpdir()): string {
  mkdirSync(above, { recursive: true });
  const folder = realpathSync(mkdtempSync(join(above, `estate-${name}-`)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file, with the folders above it; returns its path. */
export function write(path: string, text: string, mode = 0o644): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  return path;
}

/** Every file below a folder, hidden ones too, in the order of their paths. */
export const pathsOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** The bytes of every file below a folder, as digests that a failing test can print. */
export const bytesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pathsOf(folder).map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex"),
    ]),
  );

/** What a clean clone does not have. */
const notCloned = [/^\.git$/, /^\.cache$/, /^node_modules$/, /^cdktf\.out$/, /^terraform\..*\.tfstate/];

/** Copies this project as a clone would have it; returns the folder. */
export function copyProject(folder: string): string {
  for (const name of readdirSync(projectRoot)) {
    if (notCloned.some((pattern) => pattern.test(name))) continue;
    cpSync(join(projectRoot, name), join(folder, name), {
      recursive: true,
      preserveTimestamps: true,
      // The packages of an example are its own.
      filter: (path) => basename(path) !== "node_modules",
    });
  }
  return folder;
}
