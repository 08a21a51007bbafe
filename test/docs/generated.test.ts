import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { conditionsPage } from "../../tools/docs/conditions-page";
import { root } from "./markdown";

test("docs/conditions.md says what the renderers answer; npm run docs writes it", () => {
  expect(readFileSync(join(root, "docs", "conditions.md"), "utf8")).toBe(conditionsPage());
});
