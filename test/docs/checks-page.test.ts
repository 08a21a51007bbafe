import { describe, expect, test } from "@jest/globals";
import { checkRuleFile } from "../../checks/rule-files";
import { allRules } from "../../checks/rules";
import { withTables } from "../../tools/docs/checks-page";
import { blocks, textOf } from "./markdown";

describe("docs/checks.md", () => {
  const page = textOf("docs/checks.md");

  test("lists the rules as they are; `npm run docs` writes them", () => {
    expect(page).toBe(withTables(page, allRules));
  });

  test("names every rule once, and the heading that its findings lead to", () => {
    for (const { id } of allRules) {
      expect(page.split(`| \`${id}\` |`)).toHaveLength(2);
      expect(page).toContain(`\n### ${id.split("/")[0]}\n`);
    }
  });

  test("shows a comment that works", () => {
    const [rule] = blocks("yaml").filter((block) => block.page === "docs/checks.md");
    const file = `groups:\n  - name: g\n    rules:\n${rule?.text}`;
    expect(checkRuleFile(file, "x.yaml", {})).toEqual({ findings: [], rules: 1 });
    expect(checkRuleFile(file.replace(/.*estate:ignore.*\n/, ""), "x.yaml", {}).findings).toHaveLength(1);
  });
});
