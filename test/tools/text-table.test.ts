import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { textTable } from "../../tools/text-table";

const lines = (...table: Parameters<typeof textTable>): readonly string[] =>
  stripVTControlCharacters(textTable(...table)).split("\n");

describe("a table", () => {
  test("has names to the left, numbers to the right, two spaces between and none at the end", () => {
    expect(
      lines(
        ["service", "tier", "runtime"],
        [
          ["shop", 1, "ecs-service"],
          ["analytics-backend", 12, "x"],
        ],
      ),
    ).toEqual([
      "service            tier  runtime",
      "shop                  1  ecs-service",
      "analytics-backend    12  x",
    ]);
  });

  test("has a column with any text in it to the left", () => {
    expect(
      lines(
        ["a", "mixed"],
        [
          ["x", 1],
          ["y", "none"],
        ],
      ),
    ).toEqual(["a  mixed", "x  1", "y  none"]);
  });

  test("of nothing is its head", () => {
    expect(lines(["service", "team"], [])).toEqual(["service  team"]);
  });
});
