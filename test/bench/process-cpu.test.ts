import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { groupSeconds, secondsOf } from "../../bench/process-cpu";

describe("the CPU time of a process", () => {
  const stat = "42 (a (b) 7 c) S 1 40 40 0 -1 4194560 100 0 0 0 150 25 9 9 20 0 1 0 12345 1000 20";

  test("is its user and system time, whatever its name", () => {
    expect(secondsOf(stat, 40)).toBe(1.75);
  });

  test("is nothing to another group, or when it has ended", () => {
    expect([secondsOf(stat, 41), secondsOf("", 40)]).toEqual([0, 0]);
  });

  const onLinux = process.platform === "linux" ? test : test.skip;
  onLinux("grows by what a group computes", async () => {
    // A group of its own, which nobody else begins or ends a process in.
    const busy =
      "const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end); console.log(1); process.stdin.resume()";
    const child = spawn(process.execPath, ["--eval", busy], { detached: true, stdio: ["pipe", "pipe", "ignore"] });
    try {
      const group = child.pid ?? Number.NaN;
      await once(child.stdout, "data");
      expect(groupSeconds(group)).toBeGreaterThanOrEqual(0.09);
      expect(groupSeconds(group)).toBeLessThan(60);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
