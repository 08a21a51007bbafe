import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { strToU8, zipSync } from "fflate";
import type { Interruption } from "../../../tools/terraform/interruption";
import { platformName } from "../../../tools/terraform/opentofu-release";
import { findTerraform } from "../../../tools/terraform/terraform";
import { estate, makePlace, type Place } from "./cli";

/** A program that says this, whatever it is asked. */
function program(folder: string, name: string, output: string, code = 0): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho '${output}'\nexit ${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("the terraform that plans", () => {
  let place: Place;
  let tools: Place;

  beforeEach(() => {
    place = makePlace();
    tools = makePlace();
    // A PATH with what a program needs, and no terraform.
    symlinkSync("/bin/sh", join(tools.folder, "sh"));
  });

  afterEach(() => {
    place.remove();
    tools.remove();
  });

  const plan = (env: Readonly<Record<string, string>>) =>
    estate(place, ["plan", "on-call"], { env: { PATH: tools.folder, TERRAFORM_BINARY_NAME: undefined, ...env } });

  test.each([
    ["too old", "Terraform v1.9.8", 0, /terraform is Terraform 1\.9\.8; the stacks need 1\.10 or newer/],
    ["another program", "hello", 0, /is neither Terraform nor OpenTofu/],
    ["a broken program", "", 3, /terraform version" failed: exit code 3/],
  ])(
    "%s is refused in words",
    async (_, output, code, message) => {
      program(tools.folder, "terraform", output, code);
      expect(await plan({})).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(message) });
      expect(place.leftovers()).toEqual([]);
    },
    60_000,
  );

  test("none is told in one sentence, with nobody at a terminal to ask", async () => {
    const { code, stderr } = await plan({});
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: there is no terraform: put Terraform or OpenTofu 1\.10 or newer on the PATH, .*--yes.*\n$/,
    );
  }, 60_000);

  test("one that TERRAFORM_BINARY_NAME misnames is not replaced", async () => {
    program(tools.folder, "terraform", "Terraform v1.11.4");
    expect(await plan({ TERRAFORM_BINARY_NAME: "terraform-1.12" })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('TERRAFORM_BINARY_NAME is "terraform-1.12", and there is no such program'),
    });
  }, 60_000);

  test("a download that the mirror does not have leaves nothing", async () => {
    const asked: string[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url ?? "");
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const run = await estate(place, ["plan", "on-call", "--yes"], {
        env: {
          PATH: tools.folder,
          TERRAFORM_BINARY_NAME: undefined,
          ESTATE_OPENTOFU_URL: `http://127.0.0.1:${port}/mirror`,
        },
      });
      expect(run).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/HTTP 404\n {2}fix: run it again, or put Terraform/),
      });
      expect(asked).toEqual([expect.stringMatching(/^\/mirror\/v[\d.]+\/tofu_[\d.]+_\w+\.zip$/)]);
      expect(place.leftovers()).toEqual([]);
    } finally {
      server.close();
    }
  }, 60_000);
});

describe("a downloaded OpenTofu", () => {
  let tools: Place;
  const { signal } = new AbortController();
  const interruption: Interruption = { interrupt: signal, kill: signal, signal: () => undefined };
  const archive = Buffer.from(zipSync({ tofu: strToU8("#!/bin/sh\necho OpenTofu v1.12.1\n") }));
  const release = {
    version: "1.12.1",
    sha256: { [platformName(process.platform, process.arch)]: createHash("sha256").update(archive).digest("hex") },
  };

  beforeEach(() => {
    tools = makePlace();
    symlinkSync("/bin/sh", join(tools.folder, "sh"));
  });

  afterEach(() => tools.remove());

  test("is used again, and downloaded again when it no longer runs", async () => {
    let downloads = 0;
    const server = createServer((_, response) => {
      downloads += 1;
      response.end(archive);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const cacheDir = join(tools.folder, "cache");
    const tofu = join(cacheDir, "opentofu", "1.12.1", "tofu");
    const find = (yes: boolean) =>
      findTerraform({
        environment: { PATH: tools.folder },
        cacheDir,
        releases: `http://127.0.0.1:${port}`,
        yes,
        interruption,
        release,
      });
    try {
      const found = { path: tofu, product: "OpenTofu", version: "1.12.1" };
      expect(await find(true)).toEqual(found);
      expect(await find(false)).toEqual(found);
      expect(downloads).toBe(1);
      writeFileSync(tofu, "half of it");
      expect(await find(false)).toEqual(found);
      expect(downloads).toBe(2);
      rmSync(tofu);
      await expect(find(false)).rejects.toThrow(/there is no terraform/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }, 60_000);
});
