import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Offline, startOffline } from "../../../offline/offline";
import { estateBindings } from "../../../offline/schema/bindings";
import { type Configuration, projectRoot, type Rig, requiredProviders, startRig } from "./rig";

const stack = (count: number): Configuration => ({
  terraform: { required_providers: requiredProviders },
  resource: {
    pagerduty_team: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`team-${index}`, { name: `${index}` }]),
    ),
  },
});

const foldersOf = (pid: number, root: string): readonly string[] =>
  readdirSync(root).filter((name) => name.startsWith(`estate-offline-${pid}-`));

const providers = estateBindings(projectRoot).length;
const types = { resources: new Set(["pagerduty_team"]), dataSources: new Set<string>() };

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "estate-faults-"));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withRig(configuration: Configuration, body: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await startRig({ prod: configuration });
  try {
    await body(rig);
  } finally {
    await rig.close();
  }
}

const socketsOf = (offline: Offline): readonly string[] => {
  const reattach: Record<string, { Addr: { String: string } }> = JSON.parse(
    offline.environment({})["TF_REATTACH_PROVIDERS"] ?? "{}",
  );
  return [...new Set(Object.values(reattach).map(({ Addr }) => Addr.String))];
};

describe("nothing is left", () => {
  test("after stopping, once or twice", async () => {
    await inFolder(async (folder) => {
      const offline = await startOffline({
        providers: estateBindings(projectRoot),
        types,
        cacheDir: folder,
        temporaryDir: folder,
      });
      const sockets = socketsOf(offline);
      expect(sockets).toHaveLength(providers);
      expect(sockets.filter((socket) => !existsSync(socket))).toEqual([]);
      await Promise.all([offline.stop(), offline.stop()]);
      await offline.stop();
      expect(foldersOf(process.pid, folder)).toEqual([]);
    });
  });

  test("of a run that was killed, once the next one starts", async () => {
    await inFolder(async (folder) => {
      // No process has this number: Linux ends at 4,194,304.
      const orphan = join(folder, "estate-offline-99999999-abcdef");
      const living = join(folder, `estate-offline-${process.pid}-abcdef`);
      for (const each of [orphan, living]) mkdirSync(each);
      const offline = await startOffline({ providers: [], types, cacheDir: folder, temporaryDir: folder });
      await offline.stop();
      expect([existsSync(orphan), existsSync(living)]).toEqual([false, true]);
    });
  });

  test("when the sockets cannot be made", async () => {
    await inFolder(async (folder) => {
      const missing = { source: "registry.terraform.io/x/y", folder: join(folder, "none"), version: "1" };
      await expect(
        startOffline({ providers: [missing], types, cacheDir: folder, temporaryDir: folder }),
      ).rejects.toThrow("ENOENT");
      expect(foldersOf(process.pid, folder)).toEqual([]);
    });
  });
});

describe("faults", () => {
  test("a temporary folder with too long a path is passed over", async () => {
    await inFolder(async (folder) => {
      const long = join(folder, "l".repeat(80));
      mkdirSync(long);
      const offline = await startOffline({
        providers: estateBindings(projectRoot),
        types,
        cacheDir: folder,
        temporaryDir: long,
      });
      const sockets = socketsOf(offline);
      await offline.stop();
      for (const socket of sockets) {
        expect(socket).toMatch(/^\/tmp\/estate-offline-/);
        expect(socket.length).toBeLessThanOrEqual(103);
      }
    });
  });

  test.each([
    ["cut", '{"format":1,"configuration":{"attr'],
    ["empty", ""],
    ["of another layout", '{"format":0}'],
    ["binary", "\u0000\u0001\u0002"],
  ])("a cache that is %s is made again", async (_, text) => {
    await inFolder(async (folder) => {
      const options = { providers: estateBindings(projectRoot), types, cacheDir: folder, temporaryDir: folder };
      await (await startOffline(options)).stop();
      const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
      expect(files).toHaveLength(providers);
      for (const name of files) writeFileSync(join(folder, name), text);
      const offline = await startOffline(options);
      await offline.stop();
      expect(offline.warnings).toEqual([]);
      for (const name of files) expect(readdirSync(folder)).toContain(name);
    });
  });

  test("a cache that cannot be written is a warning", async () => {
    await inFolder(async (folder) => {
      const file = join(folder, "file");
      writeFileSync(file, "");
      const offline = await startOffline({
        providers: estateBindings(projectRoot),
        types,
        cacheDir: join(file, "cache"),
        temporaryDir: folder,
      });
      await offline.stop();
      expect(offline.warnings).toHaveLength(providers);
      expect(offline.warnings[0]).toContain("schemas are not kept");
    });
  });

  test("terraform killed in the middle leaves the server ready for the next", async () => {
    await withRig(stack(300), async (rig) => {
      expect((await rig.terraform("prod", "init", "-input=false")).code).toBe(0);
      const [copy] = rig.copies;
      const child = spawn("terraform", ["apply", "-auto-approve"], {
        cwd: copy?.folder ?? "",
        env: rig.offline.environment(process.env),
        stdio: ["ignore", "pipe", "ignore"],
      });
      await new Promise<void>((settle) => child.stdout.once("data", () => settle()));
      const ended = new Promise<NodeJS.Signals | null>((settle) => child.once("exit", (_, signal) => settle(signal)));
      child.kill("SIGKILL");
      expect(await ended).toBe("SIGKILL");
      expect(await rig.terraform("prod", "apply", "-auto-approve", "-lock=false")).toMatchObject({
        code: 0,
        stderr: "",
      });
      expect((await rig.terraform("prod", "plan", "-detailed-exitcode", "-lock=false")).code).toBe(0);
    });
  }, 30_000);

  test("a type that no provider has is terraform's error", async () => {
    await withRig({ ...stack(1), resource: { pagerduty_taem: { web: { name: "web" } } } }, async (rig) => {
      expect((await rig.terraform("prod", "init", "-input=false")).code).toBe(0);
      const { code, stderr } = await rig.terraform("prod", "validate");
      expect(code).toBe(1);
      expect(stderr).toContain('"pagerduty_taem"');
    });
  });
});
