import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Offline, startOffline } from "../../../offline/offline";
import { estateBindings } from "../../../offline/schema/bindings";
import { typesInUse } from "../../../offline/schema/types-in-use";
import { readSynthesized } from "../../../tools/terraform/synthesized";
import { unwrap } from "../offline/rig";
import { estate, makePlace, type Place, projectRoot, type Run } from "./cli";

/*
 * The command knows no offline providers: they are reached as a developer's own would be, by the user's environment.
 */
describe("estate deploy", () => {
  let place: Place;
  let home: Place;
  let offline: Offline;

  beforeAll(async () => {
    place = makePlace();
    home = makePlace();
    const out = join(home.folder, "synth");
    await estate(place, ["synth", "--catalog", "test/support/example-catalog.ts", "--out", out]);
    offline = await startOffline({
      providers: estateBindings(projectRoot),
      types: unwrap(typesInUse(readSynthesized(out).map(({ text }) => text))),
      cacheDir: join(projectRoot, ".cache", "offline"),
    });
  }, 60_000);

  afterAll(async () => {
    await offline.stop();
    place.remove();
    home.remove();
  });

  const run = (...args: readonly string[]): Promise<Run> =>
    estate(place, [...args, "--catalog", "test/support/example-catalog.ts"], {
      env: { ...offline.environment(process.env), CDKTF_OUTDIR: join(home.folder, "cdktf.out"), TMPDIR: place.folder },
    });

  test("applies nothing when there is nobody to ask", async () => {
    expect(await run("deploy", "on-call")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/nobody at a terminal to ask\n {2}fix: give --yes/),
    });
    expect(existsSync(join(home.folder, "terraform.on-call.tfstate"))).toBe(false);
  }, 60_000);

  test("needs to be told what", async () => {
    expect(await run("deploy")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("missing required argument"),
    });
  }, 60_000);

  test("applies stacks in their order, each after showing its plan", async () => {
    const { code, stdout, stderr } = await run("deploy", "prod", "on-call", "--yes");
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const first = stdout.indexOf("# pagerduty_service.");
    const then = stdout.indexOf("# datadog_monitor.");
    expect(first).toBeGreaterThan(0);
    expect(then).toBeGreaterThan(first);
    expect(stdout).toMatch(/^live plan with Terraform [\d.]+: the real providers, credentials and states\n/);
    expect(stdout).toMatch(/live deploy: on-call applied, prod applied\n$/);
    expect(readFileSync(join(home.folder, "terraform.prod.tfstate"), "utf8")).toContain('"datadog_monitor"');
    expect(place.leftovers()).toEqual([]);
  }, 120_000);

  test("has nothing to do then, and a live plan agrees", async () => {
    expect(await run("plan", "on-call", "prod", "--live", "--detailed-exitcode")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/live plan: no changes, in [\d.]+ s\n$/),
    });
    expect(await run("deploy", "on-call", "prod", "--yes")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/live deploy: on-call unchanged, prod unchanged\n$/),
    });
    expect(place.leftovers()).toEqual([]);
  }, 120_000);
});
