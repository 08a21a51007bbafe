import { expect, test } from "@jest/globals";
import { matcherTexts } from "../../../constructs/alertmanager/matcher";
import { absentLabel, type LabelMatcher, noneOfLabel, oneOfLabel, presentLabel } from "../../../model/label-matcher";

test.each<readonly [LabelMatcher, readonly string[]]>([
  [oneOfLabel("service", "shop"), ['service="shop"']],
  [oneOfLabel("service", "shop", "site"), ['service=~"shop|site"']],
  [noneOfLabel("service", "shop"), ['service!="shop"']],
  [noneOfLabel("service", "shop", "site"), ['service!~"shop|site"']],
  [noneOfLabel("service"), []],
  [presentLabel("symptom"), ['symptom!=""']],
  [absentLabel("instance"), ['instance=""']],
  [oneOfLabel("path", 'a"b\\c\nd'), ['path="a\\"b\\\\c\\nd"']],
  [oneOfLabel("path", "a.b", "c|d"), ['path=~"a\\\\.b|c\\\\|d"']],
])("%j is %j", (matcher, texts) => {
  expect(matcherTexts(matcher)).toEqual(texts);
});
