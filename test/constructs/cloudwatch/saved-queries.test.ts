import { describe, expect, test } from "@jest/globals";
import { insightsProblems, queryDefinition } from "../../../constructs/cloudwatch/saved-queries";
import { insights } from "../../../model/saved-query";
import { exampleService } from "../../support/example";

const shop = exampleService();
const problemsOf = (text: string): readonly string[] => insightsProblems(insights("Query", text), shop);

test("a saved query stands in the folder of its service, with its text as written", () => {
  const text = "fields @timestamp, @message\n| filter path = '/größe/${x}' # \"quoted\"\n| limit 20";
  expect(queryDefinition(insights("Errors of the last hour", text), shop)).toEqual({
    ok: true,
    value: { name: "shop/Errors of the last hour", text },
  });
});

describe("the text of a saved query", () => {
  test("may read the service's fields, CloudWatch's own and what it computes", () => {
    expect(
      problemsOf(
        "fields @timestamp, path, duration_ms / 1000 as seconds\n| filter level = 'ERROR' | sort seconds desc",
      ),
    ).toEqual([]);
  });

  test("is refused for fields that the service does not declare, each with its place", () => {
    const [first, second, ...more] = problemsOf("fields @timestamp, pathh\n| filter path = 'ü' and levl = 'ERROR'");
    expect(first).toMatch(/^line 1, column 20: .*"pathh".*"path"/);
    expect(second).toMatch(/^line 2, column 25: .*"levl".*"level"/);
    expect(more).toEqual([]);
  });

  test.each([
    ["", /^line 1, column 1: /],
    ["fields @timestamp\r\n| filtr level = 'ERROR'", /^line 2, column 3: /],
    ["fields @timestamp\n\n| limit many", /^line 3, column 9: /],
  ])("%j is refused for its syntax, with its place", (text, place) => {
    expect(problemsOf(text)[0]).toMatch(place);
  });
});

describe("a saved query is refused", () => {
  const errorOf = (name: string, text: string): string => {
    const result = queryDefinition(insights(name, text), shop);
    return result.ok ? "no error" : result.error;
  };

  test.each([
    ["for a colon in its name", "At 12:00", "fields @message", "leave out : and *"],
    ["for an empty name", "", "fields @message", "is empty"],
    ["for a name that is too long with its folder", "x".repeat(251), "fields @message", "256 characters long"],
    ["for a text that is too long", "Long", `fields @message # ${"x".repeat(10_000)}`, "shorten it to at most 10000"],
  ])("%s", (_, name, text, reason) => {
    expect(errorOf(name, text)).toContain(reason);
  });

  test("for all its reasons at once", () => {
    expect(errorOf("a:b", "fields levl, pathh").split("; ")).toHaveLength(3);
  });
});
