import { describe, expect, test } from "@jest/globals";
import { DATADOG_LIMITS } from "../../../languages/datadog/limits";
import {
  checkDatadogNames,
  checkDatadogPattern,
  METRIC_NAME_RULES,
  TAG_KEY_RULES,
  TAG_RULES,
} from "../../../languages/datadog/names";

const broken = (names: Parameters<typeof checkDatadogNames>[0]) => checkDatadogNames(names).map(({ rule }) => rule.id);

describe("names that Datadog takes as they are", () => {
  test.each([
    ["a metric", { metrics: ["system.load.1", "aws.elb.httpcode_elb_5xx", "CamelCase", "a".repeat(200)] }],
    [
      "a tag",
      { tags: ["env:prod", "production", "url:http://x/y", "env:staging:east", "région:île", `a:${"b".repeat(198)}`] },
    ],
    ["a tag's key", { tagKeys: ["env", "http.status_code", "app.kubernetes.io/name", "availability-zone"] }],
  ])("%s", (_, names) => {
    expect(broken(names)).toEqual([]);
  });
});

describe("names that break a rule", () => {
  test.each([
    [{ metrics: ["1a"] }, ["metric-name-start"]],
    [{ metrics: ["_a"] }, ["metric-name-start"]],
    [{ metrics: [""] }, ["metric-name-start"]],
    [{ metrics: ["a-b"] }, ["metric-name-characters"]],
    [{ metrics: ["é"] }, ["metric-name-start", "metric-name-characters"]],
    [{ metrics: ["a".repeat(201)] }, ["metric-name-length"]],
    [{ tags: ["1:a"] }, ["tag-start"]],
    [{ tags: ["env:a b"] }, ["tag-characters"]],
    [{ tags: ["env:a@b"] }, ["tag-characters"]],
    [{ tags: ["env:"] }, ["tag-end"]],
    [{ tags: [`a:${"b".repeat(199)}`] }, ["tag-length"]],
    [{ tagKeys: ["a:b"] }, ["tag-key-colon"]],
    [{ metrics: ["a b"], tags: ["env:"], tagKeys: ["é:"] }, ["metric-name-characters", "tag-end", "tag-key-colon"]],
  ])("%j", (names, rules) => {
    expect(broken(names)).toEqual(rules);
  });

  test("are named in the message, with what the rule asks", () => {
    const [problem] = checkDatadogNames({ metrics: ["app errors"] });
    expect(problem?.message).toBe(
      'The metric "app errors" must have only ASCII letters, digits, underscores and periods: Datadog stores any other character as _.',
    );
  });
});

test("a letter outside the basic plane counts once", () => {
  expect(broken({ tags: [`a:${"𠮷".repeat(198)}`] })).toEqual([]);
  expect(broken({ tags: [`a:${"𠮷".repeat(199)}`] })).toEqual(["tag-length"]);
});

test("a filter's wildcards and variables break no rule", () => {
  expect(
    ["device:/dev/loop*", "*", "service:*-canary", "env:$env.value"].flatMap((each) =>
      checkDatadogPattern("tag", each),
    ),
  ).toEqual([]);
  expect(checkDatadogPattern("tag", "a b*").map(({ name, message }) => [name, message.includes('"a b*"')])).toEqual([
    ["a b*", true],
  ]);
});

test("every rule says where it comes from", () => {
  const rules = [...METRIC_NAME_RULES, ...TAG_RULES, ...TAG_KEY_RULES];
  expect(rules.length).toBeGreaterThan(8);
  expect(rules.filter((rule) => !/^Datadog documentation: \w/.test(rule.source) || rule.must === "")).toEqual([]);
});

test("limits are what Datadog documents", () => {
  expect(DATADOG_LIMITS).toMatchObject({
    metricNameLength: 200,
    tagLength: 200,
    metricWindowMaximumSeconds: 730 * 3600,
    logWindowMaximumSeconds: 48 * 3600,
    logGroupByFacets: 4,
  });
});
