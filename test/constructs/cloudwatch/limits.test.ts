import { describe, expect, test } from "@jest/globals";
import {
  alarmLimits,
  alarmPeriodProblem,
  alarmTextProblem,
  evaluationProblem,
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

describe("the period of an alarm", () => {
  test.each([10, 20, 30, 60, 300, 3600, 604_800])("of %s seconds is accepted", (seconds) => {
    expect(alarmPeriodProblem(seconds)).toBeUndefined();
  });

  test.each([0, -60, 1, 15, 90, 60.5, 604_860, Number.NaN])("of %s seconds is refused", (seconds) => {
    expect(alarmPeriodProblem(seconds)).toContain("write whole minutes, at most seven days");
  });
});

describe("the time that an alarm looks back over", () => {
  test.each([
    [60, 1440],
    [3540, 24],
    [3600, 168],
    [86_400, 7],
  ])("of %s seconds each, %s periods are accepted and one more is not", (period, most) => {
    expect(evaluationProblem(period, most)).toBeUndefined();
    expect(evaluationProblem(period, most + 1)).toContain(period < 3600 ? "a day at most" : "seven days at most");
  });
});

test("the name and the text of an alarm are accepted up to their limits and not beyond", () => {
  const { nameLength, descriptionLength } = alarmLimits;
  expect(alarmTextProblem("x".repeat(nameLength), "y".repeat(descriptionLength))).toBeUndefined();
  expect(alarmTextProblem("x".repeat(nameLength + 1), "")).toContain("256 characters long");
  expect(alarmTextProblem("x", "y".repeat(descriptionLength + 1))).toContain("1025 characters long");
  expect(alarmTextProblem("a\nb", "")).toContain("control characters");
});
