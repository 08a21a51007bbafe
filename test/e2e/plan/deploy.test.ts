import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Offline, startOffline } from "../../../offline/offline";
import { estateBindings } from "../../../offline/schema/bindings";
import { typesInUse } from "../../../offline/schema/types-in-use";
import { readSynthesized } from "../../../tools/terraform/synthesized";
import { unwrap } from "../offline/rig";
import { atTerminal, hasTerminal, type TerminalRun } from "../support/terminal";
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

  const environment = () => ({
    ...offline.environment(process.env),
    CDKTF_OUTDIR: join(home.folder, "cdktf.out"),
    TMPDIR: place.folder,
  });
  const run = (...args: readonly string[]): Promise<Run> =>
    estate(place, [...args, "--catalog", "test/support/example-catalog.ts"], { env: environment() });

  test("applies nothing when there is nobody to ask", async () => {
    expect(await run("deploy", "on-call")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/nobody at a terminal to ask\n {2}fix: give --yes/),
    });
    expect(existsSync(join(home.folder, "terraform.on-call.tfstate"))).toBe(false);
  }, 60_000);

  (hasTerminal ? describe : describe.skip)("asks the person at the terminal (skipped where there is no script)", () => {
    const question = "Apply this plan to on-call? [y/N] ";
    const state = (): string => join(home.folder, "terraform.on-call.tfstate");
    const answer = (typed: string): Promise<TerminalRun> =>
      atTerminal(
        [join(projectRoot, "estate"), "deploy", "on-call", "--catalog", "test/support/example-catalog.ts"],
        environment(),
        question,
        typed,
      );

    test.each([
      ["n", "n\r"],
      ["nothing", "\r"],
      ["something else", "yes please\r"],
      ["the end of input", "\u0004"],
    ])(
      "who says no with %s: nothing is applied",
      async (_, typed) => {
        const { status, seen } = await answer(typed);
        expect(seen).toMatch(/1 to create|\d+ to create/);
        expect(seen.indexOf(question)).toBeGreaterThan(seen.indexOf("# pagerduty_service."));
        expect(seen).toContain("nothing was applied to on-call: no yes was given");
        expect(status).toBe(1);
        expect(existsSync(state())).toBe(false);
        expect(place.leftovers()).toEqual([]);
      },
      60_000,
    );

    test("who interrupts it: nothing is applied, and it says so", async () => {
      const { status, seen } = await answer("\u0003");
      expect(seen).toContain("interrupted: what was applied before is in the states");
      expect(seen).not.toContain("defect");
      expect(status).toBe(130);
      expect(existsSync(state())).toBe(false);
      expect(place.leftovers()).toEqual([]);
    }, 60_000);

    test.each([
      ["y", "y\r", "on-call applied"],
      ["yes, in capitals", " YES \r", "on-call applied"],
    ])(
      "who says %s: the plan that was shown is applied",
      async (_, typed, done) => {
        const { status, seen } = await answer(typed);
        expect(seen).toContain(`live deploy: ${done}`);
        expect(status).toBe(0);
        expect(readFileSync(state(), "utf8")).toContain('"pagerduty_service"');
        expect(place.leftovers()).toEqual([]);
        rmSync(state());
      },
      60_000,
    );
  });

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
