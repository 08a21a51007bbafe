import { describe, expect, test } from "@jest/globals";
import { didYouMean, nearest } from "../../model/suggest";

describe("did you mean", () => {
  test.each([
    ["p95_latncy", "p95_latency"],
    ["Prod", "prod"],
    ["analytcs", "analytics"],
  ])("%s means %s", (typed, meant) => {
    expect(nearest(typed, ["prod", "p95_latency", "analytics", "error_rate"])).toBe(meant);
  });

  test("a name near nothing gets no suggestion", () => {
    expect(didYouMean("zebra", ["prod", "staging"])).toBe("");
  });

  test("a tie goes to the first in code-point order, whatever the order given", () => {
    expect(nearest("test-c", ["test-b", "test-a"])).toBe("test-a");
    expect(nearest("test-c", ["test-a", "test-b"])).toBe("test-a");
  });
});
