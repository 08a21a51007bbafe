import { join } from "node:path";
import { z } from "zod";
import { releasesUrl } from "./terraform/opentofu-release";
import { UserError } from "./user-error";

/** Folder of this project; what is not given as a path is below it, whatever the working directory. */
export const projectRoot = join(__dirname, "..");

/** What environment variables may set; a command's own option goes before its variable. */
export interface Settings {
  /** `ESTATE_CATALOG`: path of the catalog. Default: the one of this project. */
  readonly catalog: string;
  /** `CDKTF_OUTDIR`: folder to synthesize to, as CDKTF has it. Default: `cdktf.out` of this project. */
  readonly outdir: string;
  /** `ESTATE_STACKS`: globs of the stacks to build, separated by commas. Default: all. */
  readonly stacks: readonly string[];
  /** `ESTATE_OPENTOFU_URL`: where to download OpenTofu from, a mirror of its releases. Default: GitHub. */
  readonly openTofuUrl: string;
}

const path = z.string().refine((value) => value.trim() !== "" && !value.includes("\0"), "must be a path");
const globs = z.string().regex(/^[\w.*?{},[\]!-]+$/, "must be stack names or globs, separated by commas");

const variables = z.object({
  ESTATE_CATALOG: path.default(join(projectRoot, "catalog", "catalog.ts")),
  CDKTF_OUTDIR: path.default(join(projectRoot, "cdktf.out")),
  ESTATE_STACKS: globs.optional(),
  ESTATE_OPENTOFU_URL: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).default(releasesUrl),
});

/**
 * Reads the settings of an environment.
 * @throws UserError with every variable of the wrong form.
 */
export function settingsOf(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = variables.safeParse(environment);
  if (!parsed.success) {
    throw new UserError(
      parsed.error.issues
        .map(
          ({ path: [name = ""], message }) =>
            `environment variable ${String(name)}: ${message}; it is ${JSON.stringify(environment[String(name)])}`,
        )
        .join("\n"),
    );
  }
  const { ESTATE_CATALOG, CDKTF_OUTDIR, ESTATE_STACKS, ESTATE_OPENTOFU_URL } = parsed.data;
  return {
    catalog: ESTATE_CATALOG,
    outdir: CDKTF_OUTDIR,
    // A comma in braces is the glob's own.
    stacks: ESTATE_STACKS?.match(/(?:\{[^{}]*\}|[^,])+/g) ?? [],
    openTofuUrl: ESTATE_OPENTOFU_URL,
  };
}
