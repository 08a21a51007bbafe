import { describe, expect, jest, test } from "@jest/globals";
import { memoized } from "../../model/memoized";

describe("a memoized function", () => {
  const named = (name: string): { readonly name: string } => ({ name });

  test("gives the very same result for the same argument, and computes it once", () => {
    const compute = jest.fn(({ name }: { readonly name: string }) => ({ greeting: `Hello ${name}` }));
    const greet = memoized(compute);
    const ada = named("Ada");
    expect(greet(ada)).toEqual({ greeting: "Hello Ada" });
    expect(greet(ada)).toBe(greet(ada));
    expect(compute).toHaveBeenCalledTimes(1);
  });

  test("tells arguments apart that only look alike", () => {
    const greet = memoized(({ name }: { readonly name: string }) => ({ greeting: `Hello ${name}` }));
    expect(greet(named("Ada"))).toEqual(greet(named("Ada")));
    expect(greet(named("Ada"))).not.toBe(greet(named("Ada")));
  });

  test("remembers nothing of a computation that failed", () => {
    const compute = jest
      .fn((_: object) => "done")
      .mockImplementationOnce(() => {
        throw new Error("not yet");
      });
    const run = memoized(compute);
    const key = {};
    expect(() => run(key)).toThrow("not yet");
    expect(run(key)).toBe("done");
  });
});
