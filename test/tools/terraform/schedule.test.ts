import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { inOrder, type Task } from "../../../tools/terraform/schedule";

const task = (name: string, ...dependsOn: readonly string[]): Task => ({ name, dependsOn });

/** Runs tasks that take a turn of the event loop each, and tells how it went. */
async function observe(tasks: readonly Task[], limit: number, failing: readonly string[] = []) {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const outcomes = await inOrder(tasks, {
    limit,
    succeeded: (name: string) => !failing.includes(name),
    run: async ({ name }) => {
      running += 1;
      most = Math.max(most, running);
      log.push(`start ${name}`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`end ${name}`);
      running -= 1;
      return name;
    },
  });
  return { log, most, outcomes };
}

describe("work in order", () => {
  test("starts what nothing holds back at once, up to the limit", async () => {
    const stacks = [task("on-call"), task("dev", "on-call"), task("staging", "on-call"), task("prod", "on-call")];
    const { log, most, outcomes } = await observe(stacks, 2);
    expect(log.slice(0, 4)).toEqual(["start on-call", "end on-call", "start dev", "start staging"]);
    expect(most).toBe(2);
    expect(outcomes).toEqual(stacks.map(({ name }) => ({ kind: "done", result: name })));
  });

  test("takes what is not among the tasks as done", async () => {
    expect((await observe([task("dev", "on-call")], 1)).outcomes).toEqual([{ kind: "done", result: "dev" }]);
  });

  test("skips all behind a failure and nothing else", async () => {
    const { outcomes } = await observe([task("a"), task("b", "a"), task("c", "b"), task("d")], 4, ["a"]);
    expect(outcomes).toEqual([
      { kind: "done", result: "a" },
      { kind: "skipped", because: "a" },
      { kind: "skipped", because: "b" },
      { kind: "done", result: "d" },
    ]);
  });

  test("throws a defect after everything that was started has ended", async () => {
    const ended: string[] = [];
    const run = inOrder([task("bad"), task("slow"), task("late", "slow")], {
      limit: 2,
      succeeded: () => true,
      run: async ({ name }) => {
        if (name === "bad") throw new Error("defect");
        await new Promise((resolve) => setTimeout(resolve, 20));
        ended.push(name);
      },
    });
    await expect(run).rejects.toThrow("defect");
    expect(ended).toEqual(["slow"]);
  });

  test("refuses a circle", async () => {
    await expect(observe([task("a", "b"), task("b", "a")], 2)).rejects.toThrow(/circle/);
  });

  test("for any order and limit, each starts after its dependencies ended and all are done", async () => {
    const plans = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.tuple(
          ...Array.from({ length: size }, (_, index) =>
            fc
              .subarray(Array.from({ length: index }, (_, before) => `t${before}`))
              .map((needs) => task(`t${index}`, ...needs)),
          ),
        ),
      );
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 4 }), async (tasks, limit) => {
        const { log, most, outcomes } = await observe(tasks, limit);
        expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
        expect(most).toBeLessThanOrEqual(limit);
        for (const { name, dependsOn } of tasks)
          for (const before of dependsOn)
            expect(log.indexOf(`end ${before}`)).toBeLessThan(log.indexOf(`start ${name}`));
      }),
    );
  });
});
