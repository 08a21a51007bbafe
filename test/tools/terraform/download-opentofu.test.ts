import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { strToU8, zipSync } from "fflate";
import { type Download, downloadOpenTofu } from "../../../tools/terraform/download-opentofu";
import { archiveUrl, pinnedRelease, platformName } from "../../../tools/terraform/opentofu-release";

const program = "#!/bin/sh\necho OpenTofu v1.2.3\n";
const archive = Buffer.from(zipSync({ LICENSE: strToU8("free"), tofu: strToU8(program) }));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let server: Server | undefined;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "opentofu-test-"));
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Serves every request with one answer; returns the address. */
async function serving(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

const downloadFrom = (baseUrl: string, options: Partial<Download> = {}) =>
  downloadOpenTofu({
    release: { version: "1.2.3", sha256: { linux_amd64: sha256(archive) } },
    platform: "linux_amd64",
    baseUrl,
    folder: join(folder, "1.2.3"),
    ...options,
  });

/** Everything below the folder of the cache. */
const kept = (): readonly string[] => (existsSync(join(folder, "1.2.3")) ? readdirSync(join(folder, "1.2.3")) : []);

describe("downloading OpenTofu", () => {
  test("keeps the program of the right archive, to be run", async () => {
    const asked: (string | undefined)[] = [];
    const progress: (readonly [number, number | undefined])[] = [];
    const base = await serving(({ url }, response) => {
      asked.push(url);
      response.setHeader("content-length", archive.length);
      response.end(archive);
    });
    const path = join(folder, "1.2.3", "tofu");
    const onProgress = (received: number, total: number | undefined) => progress.push([received, total]);
    expect(await downloadFrom(base, { onProgress })).toEqual({ ok: true, value: path });
    expect(asked).toEqual(["/v1.2.3/tofu_1.2.3_linux_amd64.zip"]);
    expect(progress.at(-1)).toEqual([archive.length, archive.length]);
    expect(readFileSync(path, "utf8")).toBe(program);
    expect(() => accessSync(path, constants.X_OK)).not.toThrow();
    expect(kept()).toEqual(["tofu"]);
  });

  test("follows a redirect, as the releases on GitHub answer with one", async () => {
    const base = await serving(({ url }, response) => {
      if (url === "/archive") response.end(archive);
      else response.writeHead(302, { location: "/archive" }).end();
    });
    expect(await downloadFrom(base)).toMatchObject({ ok: true });
  });

  test("refuses another archive than the one that was released", async () => {
    const other = Buffer.from(zipSync({ tofu: strToU8("evil") }));
    const base = await serving((_, response) => response.end(other));
    expect(await downloadFrom(base)).toEqual({
      ok: false,
      error: expect.stringMatching(
        new RegExp(
          `is not the archive that was released: its SHA-256 is ${sha256(other)} and must be ${sha256(archive)}`,
        ),
      ),
    });
    expect(kept()).toEqual([]);
  });

  test("refuses a transfer that broke off", async () => {
    const base = await serving((_, response) => {
      response.setHeader("content-length", archive.length);
      response.write(archive.subarray(0, 50), () => response.destroy());
    });
    expect(await downloadFrom(base)).toEqual({
      ok: false,
      error: expect.stringMatching(/broke off after 0\.0 MB of 0\.0 MB/),
    });
    expect(kept()).toEqual([]);
  });

  test.each([404, 500, 403])("tells an answer of %d", async (status) => {
    const base = await serving((_, response) => response.writeHead(status).end("no"));
    expect(await downloadFrom(base)).toEqual({
      ok: false,
      error: expect.stringMatching(new RegExp(`HTTP ${status}$`)),
    });
    expect(kept()).toEqual([]);
  });

  test("tells that there is no server", async () => {
    const base = await serving((_, response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    expect(await downloadFrom(base)).toEqual({
      ok: false,
      error: expect.stringMatching(/cannot download .*ECONNREFUSED/),
    });
  });

  test("can be interrupted", async () => {
    const interrupt = new AbortController();
    const base = await serving((_, response) => {
      response.write(archive.subarray(0, 50));
      setTimeout(() => interrupt.abort(), 50);
    });
    expect(await downloadFrom(base, { signal: interrupt.signal })).toMatchObject({ ok: false });
    expect(kept()).toEqual([]);
  });

  test("has nothing for a platform without a release", async () => {
    expect(await downloadFrom("http://127.0.0.1:1", { platform: "plan9_mips" })).toEqual({
      ok: false,
      error: "there is no OpenTofu 1.2.3 for plan9_mips to download",
    });
  });

  test("tells that the archive holds no program", async () => {
    const empty = Buffer.from(zipSync({ LICENSE: strToU8("free") }));
    const base = await serving((_, response) => response.end(empty));
    const release = { version: "1.2.3", sha256: { linux_amd64: sha256(empty) } };
    expect(await downloadFrom(base, { release })).toEqual({
      ok: false,
      error: expect.stringMatching(/holds no tofu$/),
    });
  });

  test("tells that the cache cannot be written", async () => {
    const base = await serving((_, response) => response.end(archive));
    expect(await downloadFrom(base, { folder: "/dev/null/cache" })).toEqual({
      ok: false,
      error: expect.stringMatching(/cannot keep OpenTofu in \/dev\/null\/cache/),
    });
  });
});

describe("the pinned release", () => {
  test("has a sum for every platform that people have", () => {
    const platforms = [
      ["linux", "x64"],
      ["linux", "arm64"],
      ["darwin", "x64"],
      ["darwin", "arm64"],
    ] as const;
    for (const [platform, architecture] of platforms)
      expect(pinnedRelease.sha256[platformName(platform, architecture)]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(Object.values(pinnedRelease.sha256)).size).toBe(platforms.length);
  });

  test("is where OpenTofu's releases are", () => {
    expect(archiveUrl("https://mirror.example.com/tofu/", "1.12.1", "linux_amd64")).toBe(
      "https://mirror.example.com/tofu/v1.12.1/tofu_1.12.1_linux_amd64.zip",
    );
  });
});
