import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { panelIds } from "../../../constructs/grafana/panel-ids";

const keys = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 40 });

/** Two keys whose hashes are the same number, found by trying. */
const twins = ["panel-22448", "panel-102441"] as const;

test("ids are positive 32-bit integers, and no two are alike", () => {
  fc.assert(
    fc.property(keys, (given) => {
      const ids = [...panelIds(given).ids.values()];
      expect(ids).toHaveLength(given.length);
      expect(new Set(ids).size).toBe(given.length);
      expect(ids.every((id) => Number.isInteger(id) && id >= 1 && id <= 2 ** 31 - 1)).toBe(true);
    }),
  );
});

test("an id is the same wherever the panel stands and whatever stands beside it", () => {
  fc.assert(
    fc.property(keys, keys, (given, others) => {
      const { ids } = panelIds(given);
      const { ids: later } = panelIds([...others, ...[...given].reverse()]);
      expect(given.map((key) => later.get(key))).toEqual(given.map((key) => ids.get(key)));
    }),
  );
});

describe("two keys whose hashes meet", () => {
  const { ids, collisions } = panelIds(twins);

  test("have different ids, and are reported", () => {
    expect(new Set(ids.values()).size).toBe(2);
    expect(collisions).toEqual([["panel-22448", "panel-102441"]]);
  });

  test("have them in whatever order they are given", () => {
    expect(panelIds([...twins].reverse())).toEqual({ ids, collisions });
  });

  test("one of them keeps the id that it has alone", () => {
    expect(ids.get("panel-102441")).toBe(panelIds(["panel-102441"]).ids.get("panel-102441"));
    expect(ids.get("panel-22448")).not.toBe(panelIds(["panel-22448"]).ids.get("panel-22448"));
  });
});

test("without a collision none is reported", () => {
  expect(panelIds(["a", "b", "a"]).collisions).toEqual([]);
});
