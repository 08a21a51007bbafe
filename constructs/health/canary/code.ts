import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";

const name = "health-canary";

/** What the runtime calls: the file's name without its ending, and the function. */
export const handler = `${name}.handler`;

/** The code of a canary, as CloudWatch Synthetics takes it. */
export interface CanaryCode {
  /** The archive, in base64. */
  readonly archive: string;
  /** Of the archive, 16 hexadecimal digits: enough to tell one version from the next. */
  readonly hash: string;
}

/**
 * A script in the folder where Synthetics looks for it. The same bytes on every machine: ZIP has local times, so that midday of a day on the
 * local calendar is the same everywhere; the script is stored as it is, so that another version of the compressor changes nothing;
 * its lines end as Unix has it, and everybody may read it.
 * Source: Amazon CloudWatch User Guide, "Writing a Node.js canary script", "Packaging your Node.js canary files".
 */
export const canaryArchive = (script: string): Uint8Array =>
  zipSync(
    {
      [`nodejs/node_modules/${name}.js`]: [
        strToU8(script.replaceAll("\r\n", "\n")),
        { level: 0, mtime: new Date(1980, 0, 1, 12), os: 3, attrs: (0o100644 << 16) >>> 0 },
      ],
    },
    { level: 0 },
  );

/** The code that every canary runs; what differs between them are its variables. */
export function canaryCode(): CanaryCode {
  const archive = canaryArchive(readFileSync(join(__dirname, `${name}.js`), "utf8"));
  return {
    archive: Buffer.from(archive).toString("base64"),
    hash: createHash("sha256").update(archive).digest("hex").slice(0, 16),
  };
}
