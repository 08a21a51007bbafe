import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../model/finding";
import { findingsJson, githubAnnotation } from "../../tools/findings-format";

const finding: Finding = {
  id: "promql/fragile-topk",
  level: "warning",
  where: { file: "rules/a,b:c.yaml", group: "g", rule: "Top", field: "expr", line: 7 },
  message: "100% of it\nis fragile: topk, say",
  fix: "aggregate",
};

describe("findings for GitHub", () => {
  test("are annotations at the line, with everything escaped that would end one", () => {
    expect(githubAnnotation(finding)).toBe(
      "::warning file=rules/a%2Cb%3Ac.yaml,line=7,title=promql/fragile-topk::g › Top › expr: 100%25 of it%0Ais fragile: topk, say%0Afix: aggregate (docs/checks.md#promql)",
    );
  });

  test("without a line are at the file, and without a file at nothing", () => {
    expect(githubAnnotation({ ...finding, level: "error", where: { file: "catalog.ts", service: "shop" } })).toMatch(
      /^::error file=catalog\.ts,title=promql\/fragile-topk::shop: 100/,
    );
    expect(githubAnnotation({ ...finding, where: {} })).toMatch(/^::warning title=/);
  });
});

test("findings for programs are one document, each with the page that explains it", () => {
  expect(JSON.parse(findingsJson([finding]))).toEqual({ findings: [{ ...finding, docs: "docs/checks.md#promql" }] });
  expect(JSON.parse(findingsJson([]))).toEqual({ findings: [] });
});
