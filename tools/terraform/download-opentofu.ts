import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { reasonOf } from "../../model/caught";
import { fail, ok, type Result } from "../../model/result";
import { archiveUrl, type OpenTofuRelease } from "./opentofu-release";

export interface Download {
  readonly release: OpenTofuRelease;
  /** Such as `linux_amd64`. */
  readonly platform: string;
  /** Where the releases are: `releasesUrl`, or a mirror. */
  readonly baseUrl: string;
  /** Folder of this release in the cache; the program becomes `tofu` in it. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Told after every piece: bytes so far, and of all, where the server says. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** fetch() says only that it failed; why is its cause. */
const causeOf = (caught: unknown): string =>
  reasonOf(typeof caught === "object" && caught !== null && "cause" in caught ? (caught.cause ?? caught) : caught);

/** The archive's bytes, whatever they are. */
async function fetchArchive(url: string, { signal, onProgress }: Download): Promise<Result<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(url, signal === undefined ? {} : { signal });
  } catch (error) {
    return fail(`cannot download ${url}: ${causeOf(error)}`);
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    return fail(`cannot download ${url}: HTTP ${response.status}`);
  }
  const stated = response.headers.get("content-length");
  const total = stated === null ? undefined : Number(stated);
  const pieces: Uint8Array[] = [];
  let received = 0;
  try {
    for await (const piece of response.body) {
      pieces.push(piece);
      received += piece.byteLength;
      onProgress?.(received, total);
    }
  } catch (error) {
    const of = total === undefined ? "" : ` of ${megabytes(total)}`;
    return fail(`the download of ${url} broke off after ${megabytes(received)}${of}: ${causeOf(error)}`);
  }
  return ok(Buffer.concat(pieces));
}

/** The program of an archive whose digest was found right. */
function programOf(archive: Uint8Array, url: string): Result<Uint8Array> {
  try {
    const program = unzipSync(archive, { filter: ({ name }) => name === "tofu" })["tofu"];
    return program === undefined ? fail(`${url} holds no tofu`) : ok(program);
  } catch (error) {
    return fail(`cannot unpack ${url}: ${causeOf(error)}`);
  }
}

/** Writes the program beside its place and renames it there, so that nobody ever sees half of it. */
function install(folder: string, program: Uint8Array): Result<string> {
  let staging: string | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    staging = mkdtempSync(join(folder, ".download-"));
    const staged = join(staging, "tofu");
    writeFileSync(staged, program);
    chmodSync(staged, 0o755);
    renameSync(staged, join(folder, "tofu"));
    return ok(join(folder, "tofu"));
  } catch (error) {
    return fail(`cannot keep OpenTofu in ${folder}: ${causeOf(error)}`);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Downloads a release, and returns the path of its program. Only an archive with the digest that this repository names is
 * unpacked. Fails, leaving nothing behind, when the server refuses, the transfer breaks off, the archive is another one, the
 * platform has no release, or the disk refuses.
 */
export async function downloadOpenTofu(download: Download): Promise<Result<string>> {
  const { release, platform, baseUrl, folder } = download;
  const expected = release.sha256[platform];
  if (expected === undefined) return fail(`there is no OpenTofu ${release.version} for ${platform} to download`);
  const url = archiveUrl(baseUrl, release.version, platform);
  const archive = await fetchArchive(url, download);
  if (!archive.ok) return archive;
  const found = createHash("sha256").update(archive.value).digest("hex");
  if (found !== expected)
    return fail(`${url} is not the archive that was released: its SHA-256 is ${found} and must be ${expected}`);
  const program = programOf(archive.value, url);
  return program.ok ? install(folder, program.value) : program;
}
