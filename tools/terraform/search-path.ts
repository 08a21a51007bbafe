import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** Whether there is a file at a path that we may run. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Finds a program as a shell would: a name in the folders of `PATH`, anything with a slash as a path.
 * Undefined when there is none.
 */
export function searchPath(program: string, path: string | undefined): string | undefined {
  if (program.includes("/")) return isExecutable(program) ? resolve(program) : undefined;
  return (path ?? "")
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, program))
    .find(isExecutable);
}
