import { describe, expect, test } from "@jest/globals";
import { mistakes, parsed } from "./parsed";

const chain = (count: number): string => Array(count).fill('requests_total{job="api"} > 5').join(" or ");

describe("a large query", () => {
  test("is read when it has few operators for its length", () => {
    const text = `label_join(up${', "a rather long label"'.repeat(200)})`;
    expect(text.length).toBeGreaterThan(2000);
    expect(parsed(text).selectors).toHaveLength(1);
  });

  test("is read up to 150 operators", () => {
    // Each link of the chain compares once, and is joined to the next.
    expect(parsed(chain(75)).selectors).toHaveLength(75);
  });

  test("is refused, not misread, beyond", () => {
    const found = mistakes(chain(300));
    expect(found).toHaveLength(1);
    expect(found[0]?.says).toMatch(/more than 150 operators/);
  });

  test("is refused when it nests too deep to be walked", () => {
    expect(mistakes(`${"(".repeat(5000)}a${")".repeat(5000)}`)).toMatchObject([
      { at: 150, says: expect.stringMatching(/more than 150 brackets/) },
    ]);
  });

  test.each(["(", "-", "abs(", "a + ", "a[5m:]", "a ^ ", "{", '"', "$x ", ") "])(
    "made of %s alone gets an answer",
    (piece) => {
      expect(() => mistakes(piece.repeat(Math.floor(2000 / piece.length)))).not.toThrow();
    },
  );
});
