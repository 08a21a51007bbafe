import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inTemporaryFolder } from "../../../tools/terraform/in-temporary-folder";
import { exitCodeOf, interruptible } from "../../../tools/terraform/interruption";
import { runProgram } from "../../../tools/terraform/run-program";

/** Runs a script in Node; `said` is told of its first line. */
function node(
  script: string,
  options: { readonly interrupt?: AbortSignal; readonly kill?: AbortSignal; readonly said?: () => void } = {},
) {
  const never = new AbortController().signal;
  const { interrupt = never, kill = never, said } = options;
  return runProgram({
    title: "terraform plan",
    binary: process.execPath,
    args: ["-e", script, "--", "$(id)", "a b"],
    folder: tmpdir(),
    environment: { GIVEN: "this", GONE: undefined },
    interrupt,
    kill,
    ...(said === undefined ? {} : { onLine: said }),
  });
}

const waiting = (onSigint: string) =>
  `process.on("SIGINT", () => { ${onSigint} }); console.log("ready"); setInterval(() => undefined, 1000);`;

describe("running a program", () => {
  test("hands over arguments and environment as they are, and what it printed back", async () => {
    const script =
      "console.log(JSON.stringify([process.argv.slice(1), process.env])); console.error('oh'); process.exit(3)";
    const run = await node(script);
    expect(run).toMatchObject({ ok: true, value: { code: 3, stderr: "oh\n" } });
    expect(run.ok && JSON.parse(run.value.stdout)).toEqual([["$(id)", "a b"], { GIVEN: "this" }]);
  });

  test("tells lines as they come, whole", async () => {
    const lines: string[] = [];
    const never = new AbortController().signal;
    await runProgram({
      title: "x",
      binary: process.execPath,
      args: ["-e", "process.stdout.write('one\\ntw'); setTimeout(() => process.stdout.write('o\\nthree'), 20)"],
      folder: tmpdir(),
      environment: {},
      interrupt: never,
      kill: never,
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(["one", "two", "three"]);
  });

  test("waits for what an interrupt makes it do", async () => {
    const interrupt = new AbortController();
    const run = node(waiting("setTimeout(() => process.exit(1), 100)"), {
      interrupt: interrupt.signal,
      said: () => interrupt.abort(),
    });
    expect(await run).toMatchObject({ ok: true, value: { code: 1 } });
  });

  test("kills what does not obey", async () => {
    const interrupt = new AbortController();
    const kill = new AbortController();
    const run = node(waiting("process.kill(process.pid, 0)"), {
      interrupt: interrupt.signal,
      kill: kill.signal,
      said: () => {
        interrupt.abort();
        setTimeout(() => kill.abort(), 100);
      },
    });
    expect(await run).toEqual({ ok: false, error: "terraform plan was interrupted" });
  });

  test("starts nothing after an interrupt", async () => {
    expect(await node("process.exit(0)", { interrupt: AbortSignal.abort() })).toEqual({
      ok: false,
      error: "terraform plan was not started: interrupted",
    });
  });

  test("says what ended it", async () => {
    expect(await node("process.kill(process.pid, 'SIGKILL')")).toEqual({
      ok: false,
      error: "terraform plan was ended by SIGKILL",
    });
  });

  test("says that there is no such program", async () => {
    const { signal } = new AbortController();
    const run = runProgram({
      title: "x",
      binary: "/nowhere/terraform",
      args: [],
      folder: tmpdir(),
      environment: {},
      interrupt: signal,
      kill: signal,
    });
    expect(await run).toEqual({ ok: false, error: expect.stringMatching(/cannot run \/nowhere\/terraform: .*ENOENT/) });
  });
});

describe("interruptible work", () => {
  test("is told of signals, and outlives them", async () => {
    const signal = await interruptible(async ({ interrupt, kill, signal }) => {
      // Emitted, not sent: the test runner's process object hears no signals.
      process.emit("SIGTERM", "SIGTERM");
      expect(interrupt.aborted).toBe(true);
      expect(kill.aborted).toBe(false);
      process.emit("SIGINT", "SIGINT");
      expect(kill.aborted).toBe(true);
      return signal();
    });
    expect(signal).toBe("SIGTERM");
    expect([exitCodeOf("SIGINT"), exitCodeOf("SIGTERM")]).toEqual([130, 143]);
  });

  test("leaves no listener", async () => {
    const before = process.listenerCount("SIGINT");
    await expect(interruptible(() => Promise.reject(new Error("oh")))).rejects.toThrow("oh");
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});

describe("a temporary folder", () => {
  test("is gone after success and failure, and so are those of processes that are gone", async () => {
    const root = mkdtempSync(join(tmpdir(), "temporary-"));
    try {
      // The highest process id there can be is 2^22 (proc(5), pid_max).
      const dead = join(root, "estate-plan-4194305-abc");
      mkdirSync(dead);
      mkdirSync(join(root, "of-another-program-4194305-abc"));
      await inTemporaryFolder(async (folder) => {
        expect(readdirSync(root)).not.toContain("estate-plan-4194305-abc");
        mkdirSync(join(folder, "x"));
      }, root);
      await expect(inTemporaryFolder(() => Promise.reject(new Error("oh")), root)).rejects.toThrow("oh");
      expect(readdirSync(root)).toEqual(["of-another-program-4194305-abc"]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test("that cannot be made is told in words", async () => {
    await expect(inTemporaryFolder(() => Promise.resolve(), "/dev/null")).rejects.toThrow(
      /cannot make a temporary folder: .*\n {2}fix: .*TMPDIR/,
    );
  });
});
