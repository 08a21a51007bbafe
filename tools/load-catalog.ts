import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import type { Catalog } from "../model/catalog";
import { UserError } from "./user-error";

const isCatalog = (value: unknown): value is Catalog =>
  typeof value === "object" &&
  value !== null &&
  "services" in value &&
  Array.isArray(value.services) &&
  "environments" in value;

/** The innermost file of a stack trace that is the user's own: neither Node's nor a package's. */
function fileOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const files = [...stack.matchAll(/(?:\(|at )((?:file:\/\/)?\/[^():\s]+|[A-Za-z]:\\[^():]+):\d+:\d+/g)].map(
    ([, file = ""]) => file,
  );
  return files.find((file) => !file.includes("node_modules") && !file.startsWith("node:"));
}

/**
 * Loads the catalog that a file exports by default.
 * @throws UserError when there is none, or when the file itself fails: with the file and the reason, never a stack trace.
 */
export function loadCatalog(file: string): Catalog {
  const path = resolve(file);
  if (!existsSync(path)) throw new UserError(`${file}: no such catalog`);
  const load = createRequire(__filename);
  let loaded: unknown;
  try {
    loaded = load(path);
  } catch (error) {
    const at = relative(process.cwd(), fileOf(error) ?? path);
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new UserError(`${at}: the catalog does not load: ${reason}\n  fix: npx tsc names the line`);
  }
  const value = typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : undefined;
  if (!isCatalog(value))
    throw new UserError(`${file}: it must export a catalog by default: export default catalog({ … })`);
  return value;
}
