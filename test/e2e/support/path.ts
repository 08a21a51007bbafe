import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where a program is on the PATH; undefined when it is not. */
export const onPath = (program: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable);

/** Where a program that every system has is on the PATH. */
export function findOnPath(program: string): string {
  const path = onPath(program);
  if (path === undefined) throw new Error(`there is no ${program} on the PATH`);
  return path;
}
