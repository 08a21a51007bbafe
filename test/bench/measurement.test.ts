import { describe, expect, test } from "@jest/globals";
import { cpuPerResource, type Measurement, median, medians } from "../../bench/measurement";

describe("the median", () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])("of %j is %d", (numbers, middle) => {
    expect(median(numbers)).toBe(middle);
  });
});

describe("measurements of several runs", () => {
  const run = (cpuSeconds: number, check: number): Measurement => ({
    resources: 100,
    cpuSeconds,
    wallSeconds: 2 * cpuSeconds,
    peakMebibytes: 10 * cpuSeconds,
    phases: { check },
  });

  test("come to the median of each number by itself", () => {
    expect(medians([run(1, 0.5), run(3, 0.1), run(2, 0.2)])).toEqual(run(2, 0.2));
  });

  test("come to milliseconds of CPU for each resource", () => {
    expect(cpuPerResource(run(2, 0))).toBe(20);
  });
});
