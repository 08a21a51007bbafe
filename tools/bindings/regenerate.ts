import { readFile } from "node:fs/promises";
import { codeOf, reasonOf } from "../../model/caught";
import { failed, type Outcome } from "./outcome";
import { GENERATED, render } from "./render";
import { foreignFile, replaceFolder } from "./replace-folder";
import type { ProviderInUse } from "./resources-in-use";
import { select } from "./select";

/** What to generate, from what, and where to. */
export interface Request {
  readonly provider: ProviderInUse;
  /** Path of the schema file, the output of `terraform providers schema -json`. */
  readonly schemaFile: string;
  /** The folder to replace. */
  readonly folder: string;
  /** The provider's version, `MAJOR.MINOR.PATCH`; default: the schema file's, else the provider's assumed one. */
  readonly version?: string | undefined;
}

/** What was generated. */
export interface Generated {
  readonly files: number;
  /** Size of all files together. */
  readonly bytes: number;
  readonly version: string;
  /** Whether the version was assumed, for neither the request nor the file named any. */
  readonly assumed: boolean;
}

/** Regenerates a provider's folder. On any error, each a line that names the file, the folder stays as it was. */
export async function regenerate(request: Request): Promise<Outcome<Generated>> {
  const { provider, schemaFile, folder, version } = request;
  const text = await readText(schemaFile);
  if (!text.ok) return text;
  const selected = select(text.value, provider, version);
  if (!selected.ok) return failed(...selected.errors.map((error) => `${schemaFile}: ${error}`));
  try {
    const foreign = await foreignFile(folder, GENERATED);
    if (foreign !== undefined) {
      return failed(`${foreign}: not a generated file; move it away, for its folder is replaced`);
    }
    const files = await render(selected.value, provider);
    await replaceFolder(folder, files);
    const bytes = [...files.values()].reduce((sum, file) => sum + Buffer.byteLength(file), 0);
    return {
      ok: true,
      value: { files: files.size, bytes, version: selected.value.version, assumed: selected.value.assumed },
    };
  } catch (error) {
    return failed(`${folder}: ${reasonOf(error)}`);
  }
}

async function readText(path: string): Promise<Outcome<string>> {
  try {
    return { ok: true, value: await readFile(path, "utf8") };
  } catch (error) {
    switch (codeOf(error)) {
      case "ENOENT":
        return failed(`${path}: no such file`);
      case "EISDIR":
        return failed(`${path}: a folder, not a file`);
      default:
        return failed(`${path}: ${reasonOf(error)}`);
    }
  }
}
