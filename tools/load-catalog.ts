import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { types } from "node:util";
import { z } from "zod";
import type { Catalog } from "../model/catalog";
import { projectRoot } from "./settings";
import { UserError } from "./user-error";

const outline = z.object({
  organization: z.string(),
  environments: z.array(z.unknown()),
  teams: z.array(z.unknown()),
  services: z.array(z.unknown()),
  onCall: z.object({}),
  file: z.string(),
});

/** Whether a value came out of `catalog({ … })`; what is in it is for the checks to judge. */
const isCatalog = (value: unknown): value is Catalog => outline.safeParse(value).success;

/** Rooms of this project whose files run when a catalog loads, without being what a user wrote. */
const machinery = ["checks", "constructs", "languages", "model", "node_modules", "providers", "stacks", "tools"].map(
  (room) => `${resolve(projectRoot, room)}${sep}`,
);

const isUsers = (file: string): boolean =>
  !file.split(sep).includes("node_modules") && !machinery.some((room) => file.startsWith(room));

const toPath = (file: string): string => (file.startsWith("file:") ? fileURLToPath(file) : file);

/** The innermost line of a stack trace in a file of the user's own, as `file:line`. */
function lineOf({ stack = "" }: Error): string | undefined {
  const frames = [...stack.matchAll(/^\s+at (?:.*? \()?((?:file:\/\/)?\/.*?|[A-Za-z]:\\.*?):(\d+):\d+\)?$/gm)];
  for (const [, file = "", line] of frames) {
    const path = toPath(file);
    if (isUsers(path)) return `${relative(process.cwd(), path)}:${line}`;
  }
  return undefined;
}

/** The first error that the transpiler names in the text of its own: `file:line:column: ERROR: reason`. */
function syntaxErrorOf({ message }: Error): { readonly at: string; readonly reason: string } | undefined {
  const [, file, line, reason] = /^(.+):(\d+):\d+: ERROR: (.+)$/m.exec(message) ?? [];
  return file === undefined || reason === undefined
    ? undefined
    : { at: `${relative(process.cwd(), file)}:${line}`, reason };
}

/** Node appends to some messages the modules that required each other; they say what `at` says. */
const withoutRequireStack = (message: string): string => message.split("\nRequire stack:")[0] ?? message;

function explained(error: unknown, path: string): { readonly at: string; readonly reason: string } {
  const fallback = relative(process.cwd(), path);
  if (!types.isNativeError(error)) return { at: fallback, reason: String(error) };
  return (
    syntaxErrorOf(error) ?? {
      at: lineOf(error) ?? fallback,
      reason: `${error.name === "Error" ? "" : `${error.name}: `}${withoutRequireStack(error.message)}`,
    }
  );
}

/**
 * Loads the catalog that a file exports by default.
 * @throws UserError when there is none, or when the file itself fails: with the file, the line where there is one, and the
 * reason, never a stack trace.
 */
export function loadCatalog(file: string): Catalog {
  const path = resolve(file);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UserError(`no such catalog: ${path}`);
  const load = createRequire(__filename);
  let loaded: unknown;
  const limit = Error.stackTraceLimit;
  try {
    // The user's own line is to be in the trace, however far inside packages something fails.
    Error.stackTraceLimit = 100;
    loaded = load(path);
  } catch (error) {
    const { at, reason } = explained(error, path);
    throw new UserError(`${at}: the catalog does not load: ${reason}; npx tsc names the line`);
  } finally {
    Error.stackTraceLimit = limit;
  }
  const value = typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : undefined;
  if (!isCatalog(value))
    throw new UserError(`${file}: it must export a catalog by default: export default catalog({ … })`);
  return value;
}
