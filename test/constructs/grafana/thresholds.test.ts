import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { stepsOf, type Threshold } from "../../../constructs/grafana/thresholds";
import type { Comparison } from "../../../model/comparison";

const above = (value: number, severity: Threshold["severity"] = "SEV-1"): Threshold => ({
  severity,
  comparison: ">",
  value,
});
const below = (value: number, severity: Threshold["severity"] = "SEV-1"): Threshold => ({
  severity,
  comparison: "<",
  value,
});

test.each<[string, readonly Threshold[], readonly (readonly [number | null, string])[]]>([
  ["no alert leaves one colour", [], [[null, "ok"]]],
  [
    "an alert above colours what is over it",
    [above(5)],
    [
      [null, "ok"],
      [5, "red"],
    ],
  ],
  [
    "an alert below colours what is under it",
    [below(5)],
    [
      [null, "red"],
      [5, "ok"],
    ],
  ],
  [
    "several alerts give several steps, by severity",
    [above(10, "SEV-1"), above(5, "SEV-3"), above(7, "SEV-2")],
    [
      [null, "ok"],
      [5, "yellow"],
      [7, "orange"],
      [10, "red"],
    ],
  ],
  [
    "a milder alert above a worse one keeps its step, in the worse colour",
    [above(5, "SEV-1"), above(10, "SEV-4")],
    [
      [null, "ok"],
      [5, "red"],
      [10, "red"],
    ],
  ],
  [
    "two of one value are one step, of the worse",
    [above(5, "SEV-4"), above(5, "SEV-2")],
    [
      [null, "ok"],
      [5, "orange"],
    ],
  ],
  [
    "a band is good between its ends",
    [below(2, "SEV-3"), above(8, "SEV-4")],
    [
      [null, "yellow"],
      [2, "ok"],
      [8, "blue"],
    ],
  ],
])("%s", (_, thresholds, expected) => {
  expect(stepsOf(thresholds, "ok").map(({ value, color }) => [value, color])).toEqual(expected);
});

describe("whatever the alerts", () => {
  const comparisons: readonly Comparison[] = [">", ">=", "<", "<="];
  const thresholds = fc.array(
    fc.record({
      severity: fc.constantFrom("SEV-1" as const, "SEV-2" as const, "SEV-3" as const, "SEV-4" as const),
      comparison: fc.constantFrom(...comparisons),
      value: fc.integer({ min: -20, max: 20 }),
    }),
    { maxLength: 6 },
  );

  test("steps begin at minus infinity and rise", () => {
    fc.assert(
      fc.property(thresholds, (all) => {
        const [first, ...rest] = stepsOf(all, "ok").map(({ value }) => value);
        expect(first).toBeNull();
        expect(rest).toEqual([...new Set(all.map(({ value }) => value))].sort((a, b) => a - b));
      }),
    );
  });

  test("between two steps the colour says whether an alert holds there, and which is the worst", () => {
    const colors = { "SEV-1": "red", "SEV-2": "orange", "SEV-3": "yellow", "SEV-4": "blue" } as const;
    fc.assert(
      fc.property(thresholds, fc.integer({ min: -25, max: 25 }), (all, whole) => {
        // Half way between whole numbers, so that it is never on a step itself.
        const at = whole + 0.5;
        const [worst] = all
          .filter(({ comparison, value }) => (comparison.startsWith(">") ? at > value : at < value))
          .map(({ severity }) => severity)
          .sort();
        const step = stepsOf(all, "ok").findLast(({ value }) => value === null || value <= at);
        expect(step?.color).toBe(worst === undefined ? "ok" : colors[worst]);
      }),
    );
  });
});
