import { spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { estate, makePlace, type Place, type Run, terraformsIn, until } from "./cli";

/** A catalog of one service: what is torn off is the plan, of however much. */
const small = ["--catalog", "test/support/example-catalog.ts"];

describe("a plan that is torn off", () => {
  let place: Place;

  beforeEach(() => {
    place = makePlace();
  });

  afterEach(() => {
    place.remove();
  });

  /** Runs a plan, and does something to it or its terraform in the middle. */
  async function disturbed(disturb: (estate: number, terraform: number) => void): Promise<Run> {
    let pid: number | undefined;
    const run = estate(place, ["plan", ...small], {
      onStart: (child) => {
        pid = child.pid;
      },
    });
    const [terraform = 0] = await until(() => {
      const found = terraformsIn(place);
      return found.length > 0 ? found : undefined;
    });
    disturb(pid ?? 0, terraform);
    return run;
  }

  async function expectNothingLeft(): Promise<void> {
    expect(place.leftovers()).toEqual([]);
    expect(terraformsIn(place)).toEqual([]);
  }

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "by %s ends with exit code %d and leaves nothing",
    async (signal, code) => {
      const run = await disturbed((pid) => process.kill(pid, signal));
      expect(run).toMatchObject({ code, stdout: expect.not.stringContaining("to create") });
      expect(run.stderr).toContain("interrupted: nothing was changed, and nothing is left behind");
      await expectNothingLeft();
    },
    60_000,
  );

  test("by two signals kills terraform and leaves nothing", async () => {
    const run = await disturbed((pid) => {
      process.kill(pid, "SIGINT");
      process.kill(pid, "SIGINT");
    });
    expect(run).toMatchObject({ code: 130 });
    await expectNothingLeft();
  }, 60_000);

  test("by terraform being killed says so, leaves nothing, and the next one works", async () => {
    const killed = await disturbed((_, terraform) => process.kill(terraform, "SIGKILL"));
    expect(killed).toMatchObject({ code: 1, stderr: expect.stringMatching(/terraform \w+ was ended by SIGKILL/) });
    await expectNothingLeft();
    expect(await estate(place, ["plan", "on-call", ...small])).toMatchObject({ code: 0 });
    await expectNothingLeft();
  }, 120_000);

  test("by being killed itself is put away by the next one", async () => {
    await disturbed((pid) => process.kill(pid, "SIGKILL"));
    // Its terraform has nobody to answer it, and ends by itself.
    await until(() => (terraformsIn(place).length === 0 ? true : undefined));
    expect(place.leftovers()).not.toEqual([]);
    expect(await estate(place, ["plan", "on-call", ...small])).toMatchObject({ code: 0 });
    await expectNothingLeft();
  }, 120_000);

  test("by a full disk says so", async () => {
    // A limit on the size of a file is a full disk that needs no privilege.
    const run = await new Promise<Run>((settle) => {
      const script = 'ulimit -f 64; exec "$0" --require ./tools/typescript.cjs tools/estate.ts plan';
      const child = spawn("sh", ["-c", script, process.execPath], {
        env: { ...process.env, TMPDIR: place.folder, NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (data) => {
        stdout += data;
      });
      child.stderr.on("data", (data) => {
        stderr += data;
      });
      child.on("close", (code) => settle({ code, stdout, stderr }));
    });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/file too large/i) });
    expect(run.stderr).not.toContain("defect");
    await expectNothingLeft();
  }, 60_000);
});
