import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { healthSchema } from "../../../../constructs/health/schema";
import { askedHealth } from "../asked";

/* The judgement of a canary's script, in this process; test/e2e/canary.test.ts runs the whole of it as CloudWatch would. */

interface Script {
  readonly problemOf: (
    answer: { readonly code: number; readonly text: string },
    dependencies: readonly string[],
  ) => string | undefined;
}
const scriptFile = require.resolve("../../../../constructs/health/canary/health-canary.js");
const { problemOf }: Script = require(scriptFile);

const dependencies = ["database", "external"];
const judged = (body: unknown, code = 200) => problemOf({ code, text: JSON.stringify(body) }, dependencies);

const database = { status: "healthy", latency_ms: 1.25 };
const well = { status: "healthy", timestamp: "2026-01-05T09:00:00Z", checks: { database, external: database } };

describe("an answer", () => {
  test.each([
    ["that is well", well, undefined],
    ["that is degraded, and so serves", { ...well, status: "degraded" }, undefined],
    ["that says more than it must", { ...well, version: "1.2", checks: { ...well.checks, cache: 1 } }, undefined],
    ["of an unhealthy service", { ...well, status: "unhealthy" }, /says that it is unhealthy/],
    ["with a status that is none", { ...well, status: "fine" }, /`status` is none of healthy/],
    ["without a time", { ...well, timestamp: undefined }, /`timestamp`/],
    ["on the 32nd", { ...well, timestamp: "2026-01-32T09:00:00Z" }, /`timestamp`/],
    ["without checks", { ...well, checks: undefined }, /`checks` is no object/],
    ["that leaves one out", { ...well, checks: { database } }, /of external$/],
    ["with a dependency that has none", { ...well, checks: { database: {}, external: {} } }, /of database, external$/],
    ["that is a list", [well], /no JSON object/],
  ])("%s", (_, body, expected) => {
    if (expected === undefined) expect(judged(body)).toBeUndefined();
    else expect(judged(body)).toMatch(expected);
  });

  test("that is no JSON is refused", () => {
    expect(problemOf({ code: 200, text: "<html>This domain is for sale</html>" }, dependencies)).toMatch(/no JSON/);
  });

  test("with another status of HTTP is refused, whatever its body says", () => {
    for (const code of [204, 301, 302, 404, 500, 503]) expect(judged(well, code)).toContain(`status is ${code}`);
  });
});

describe("the judgement", () => {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  const keepsContract = ajv.compile(JSON.parse(JSON.stringify(healthSchema(askedHealth("prod", { dependencies })))));

  const status = fc.constantFrom<unknown>("healthy", "degraded", "unhealthy", "fine", 1, undefined);
  const check = fc.record(
    {
      status,
      latency_ms: fc.constantFrom<unknown>(0, 12.5, -1, "1"),
      error: fc.constantFrom<unknown>("timeout", "e".repeat(200), "e".repeat(201), "😀".repeat(200), 4),
    },
    { requiredKeys: ["status"] },
  );
  const dependency = fc.oneof(
    check,
    fc.dictionary(fc.constantFrom("one", "two"), check),
    fc.constantFrom<unknown>(null, [], "healthy", undefined),
  );
  const answer = fc.record({
    status,
    timestamp: fc.constantFrom<unknown>(
      "2026-01-05T09:00:00Z",
      "2026-01-05T09:00:00.5+02:00",
      "2026-01-05",
      "2026-13-05T09:00:00Z",
      17,
    ),
    checks: fc.oneof(
      { weight: 9, arbitrary: fc.record({ database: dependency, external: dependency }) },
      fc.constantFrom<unknown>(null, [], "none"),
    ),
  });

  test("is the contract's, for all answers, but that an unhealthy service fails", () => {
    fc.assert(
      fc.property(answer, (body) => {
        const sent: unknown = JSON.parse(JSON.stringify(body));
        const serves = keepsContract(sent) && body.status !== "unhealthy";
        expect(judged(body) === undefined).toBe(serves);
      }),
      { numRuns: 2000 },
    );
  });
});

test("the script needs nothing but Node: what is tested is what runs", () => {
  const needed = [...readFileSync(scriptFile, "utf8").matchAll(/\brequire\("([^"]+)"\)|\bimport\b/g)].map(
    ([, name]) => name,
  );
  expect(needed).toEqual(["node:http", "node:https"]);
});
