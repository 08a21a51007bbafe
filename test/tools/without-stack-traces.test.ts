import { describe, expect, test } from "@jest/globals";
import { withoutStackTraces } from "../../tools/without-stack-traces";

function traceHere(): string | undefined {
  const traced: { readonly stack?: string } = {};
  Error.captureStackTrace(traced);
  return traced.stack;
}

describe("without stack traces", () => {
  test("a trace that is taken has no text, and has one again afterwards", () => {
    expect(withoutStackTraces(traceHere)).toBe("");
    expect(traceHere()).toContain("without-stack-traces.test.ts");
  });

  test("what is thrown keeps its trace", () => {
    const thrown = (): never => {
      throw new Error("broken");
    };
    let caught: unknown;
    try {
      withoutStackTraces(thrown);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Error);
    expect(caught instanceof Error ? caught.stack : "").toMatch(/broken.*thrown.*without-stack-traces\.test\.ts/s);
    expect(traceHere()).not.toBe("");
  });
});
