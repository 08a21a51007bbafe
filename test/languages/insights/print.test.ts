import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseInsights } from "../../../languages/insights/parse";
import { printInsights } from "../../../languages/insights/print";
import { withoutPositions } from "./arbitrary-expressions";
import { query } from "./arbitrary-queries";

describe("printInsights", () => {
  test("is read back to the same query, whatever the query", () => {
    fc.assert(
      fc.property(query, (made) => {
        const text = printInsights(made);
        fc.pre(text.length <= 10_000);
        expect(withoutPositions(parseInsights(text))).toEqual(withoutPositions({ ok: true, value: made }));
      }),
      { numRuns: 300 },
    );
  });
});
