import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "@jest/globals";
import type { Finding, Where } from "../../model/finding";
import { findingsText, relativeTo } from "../../tools/findings-text";

const finding = (where: Where, level: Finding["level"] = "error"): Finding => ({
  id: "alert/no-runbook",
  level,
  where,
  message: "there is no runbook",
  fix: "name one",
});

const lines = (...findings: readonly Finding[]): readonly string[] =>
  stripVTControlCharacters(findingsText(findings)).split("\n");

describe("findings for people", () => {
  test("are told by file, each with its place, its id and its fix, and counted", () => {
    const shop = "catalog/services/shop.ts";
    expect(
      lines(
        finding({ file: shop, service: "shop", group: "requests", rule: "HighErrorRate", field: "runbook" }),
        finding({ file: "catalog/teams.ts", field: "teams.backend" }, "warning"),
        finding({ file: shop, service: "shop" }),
      ),
    ).toEqual([
      "catalog/services/shop.ts",
      "  error  shop › requests › HighErrorRate › runbook: there is no runbook  alert/no-runbook",
      "         fix: name one",
      "  error  shop: there is no runbook  alert/no-runbook",
      "         fix: name one",
      "",
      "catalog/teams.ts",
      "  warning  teams.backend: there is no runbook  alert/no-runbook",
      "         fix: name one",
      "",
      "2 errors, 1 warning",
    ]);
  });

  test("without a file or a place are the catalog's", () => {
    expect(lines(finding({}))).toEqual([
      "the catalog",
      "  error  there is no runbook  alert/no-runbook",
      "         fix: name one",
      "",
      "1 error, 0 warnings",
    ]);
  });

  test("leave out the parts of a place that are empty", () => {
    expect(lines(finding({ file: "", service: "shop", group: "", rule: "", field: "team" }))[1]).toBe(
      "  error  shop › team: there is no runbook  alert/no-runbook",
    );
  });
});

describe("the file of a finding, from a folder", () => {
  const folder = join(sep, "home", "me", "estate");

  test.each([
    ["below it", join(folder, "catalog", "teams.ts"), join("catalog", "teams.ts")],
    ["beside it", join(sep, "home", "me", "other.ts"), join("..", "other.ts")],
    ["as an address", pathToFileURL(join(folder, "a b.ts")).href, "a b.ts"],
    ["that is relative already", join("catalog", "teams.ts"), join("catalog", "teams.ts")],
    ["that is not known", "", ""],
  ])("%s", (_, file, expected) => {
    expect(relativeTo(folder, finding({ file, service: "shop" }))).toEqual(
      finding({ file: expected, service: "shop" }),
    );
  });

  test("is left out where there is none", () => {
    expect(relativeTo(folder, finding({ service: "shop" })).where).toStrictEqual({ service: "shop" });
  });
});
