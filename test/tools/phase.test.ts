import { beforeEach, describe, expect, test } from "@jest/globals";
import { phase } from "../../tools/phase";

const measures = () =>
  performance.getEntriesByType("measure").map((entry) => [entry.name, "detail" in entry ? entry.detail : undefined]);

// Other tests of the same process leave measures too.
beforeEach(() => performance.clearMeasures());

describe("a phase", () => {
  test("gives back what it came to, and leaves its CPU seconds in the user timings", () => {
    expect(phase("check", () => 42)).toBe(42);
    expect(measures()).toEqual([["check", expect.any(Number)]]);
  });

  test("that fails is measured too", () => {
    const fail = (): never => {
      throw new Error("refused");
    };
    expect(() => phase("scan", fail)).toThrow("refused");
    expect(measures()).toEqual([["scan", expect.any(Number)]]);
  });
});
