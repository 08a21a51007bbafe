import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { allRules } from "../../checks/rules";
import { loadCatalog } from "../../tools/load-catalog";

describe("the rules of estate check", () => {
  test("have an id each, of a family and a name, and a reason that is a sentence", () => {
    expect(new Set(allRules.map(({ id }) => id)).size).toBe(allRules.length);
    for (const { id, reason } of allRules) {
      expect(id).toMatch(/^[a-z-]+\/[a-z-]+$/);
      expect(reason).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  test("are listed whole: nothing is found by a rule that is not in the list", () => {
    const known = allRules.map(({ id }) => id);
    const found = new Set(checkCatalog(loadCatalog("test/fixtures/bad/every-mistake.ts")).map(({ id }) => id));
    expect([...found].filter((id) => !known.includes(id))).toEqual([]);
    expect(found.size).toBeGreaterThan(25);
  });
});
