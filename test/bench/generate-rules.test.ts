import { expect, test } from "@jest/globals";
import { generatedRuleFile } from "../../bench/generate-rules";
import { checkRuleFile } from "../../checks/rule-files";

test("the rule files of the benchmark are right, so that all of a check is run, and each rule is another", () => {
  expect(checkRuleFile(generatedRuleFile(250, 300), "x.yaml", {})).toEqual({ findings: [], rules: 250 });
  expect(generatedRuleFile(250)).not.toEqual(generatedRuleFile(250, 300));
  expect(new Set(generatedRuleFile(250).match(/alert: \w+/g)).size).toBe(250);
});
