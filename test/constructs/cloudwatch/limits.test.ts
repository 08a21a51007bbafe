import { describe, expect, test } from "@jest/globals";
import {
  limits,
  logGroupNameProblem,
  metricNameProblem,
  queryNameProblem,
  queryTextLengthProblem,
} from "../../../constructs/cloudwatch/limits";

describe("the name of a log group", () => {
  test.each(["/ecs/shop", "/aws/rds/instance/shop-prod", "a", "A_b-c/d.e#1", "x".repeat(512)])(
    "%s is accepted",
    (name) => {
      expect(logGroupNameProblem(name)).toBeUndefined();
    },
  );

  test.each([
    ["", "has no name"],
    ["/ecs/my shop", "letters, digits"],
    ["/ecs/shop*", "letters, digits"],
    ["/ecs/café", "letters, digits"],
    ["/ecs/shop\n", "letters, digits"],
    ["aws/lambda/shop", "reserved"],
    ["x".repeat(513), "513 characters long: shorten it to at most 512"],
  ])("%j is refused", (name, reason) => {
    expect(logGroupNameProblem(name)).toContain(reason);
  });
});

describe("the name of a metric", () => {
  test.each(["errors", "Checkout errors", "Estate/shop", "x".repeat(255)])("%s is accepted", (name) => {
    expect(metricNameProblem("name of a metric", name)).toBeUndefined();
  });

  test.each([
    [" ", "is empty"],
    ["errors:all", "leave out"],
    ["$errors", "leave out"],
    ["fehler-für-alle", "ASCII"],
    ["x".repeat(256), "256 characters long"],
  ])("%j is refused, and the message says what it is", (name, reason) => {
    const problem = metricNameProblem("name of a metric", name);
    expect(problem).toContain(reason);
    expect(problem).toContain("name of a metric");
  });
});

describe("the name and text of a query", () => {
  test.each(["shop/Errors of the last hour", "shop/orders/Größte", "x".repeat(255)])("%s is accepted", (name) => {
    expect(queryNameProblem(name)).toBeUndefined();
  });

  test.each([
    ["shop/", "is empty"],
    ["shop//errors", "is empty"],
    ["shop/12:00", "leave out"],
    ["shop/*", "leave out"],
    ["x".repeat(256), "256 characters long"],
  ])("%j is refused", (name, reason) => {
    expect(queryNameProblem(name)).toContain(reason);
  });

  test("a text is accepted up to its limit and not beyond", () => {
    expect(queryTextLengthProblem("x".repeat(limits.queryTextLength))).toBeUndefined();
    expect(queryTextLengthProblem("x".repeat(limits.queryTextLength + 1))).toContain("10001 characters long");
  });
});
