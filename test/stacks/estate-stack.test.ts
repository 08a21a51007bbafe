import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { stacksOf } from "../../stacks/stacks";
import { exampleCatalog } from "../support/example";

describe("a stack of the estate", () => {
  test.each(stacksOf(exampleCatalog()).map((blueprint) => [blueprint.name, blueprint] as const))(
    "%s holds no token of another, for which alone CDKTF would prepare it",
    (_, { build }) => {
      const { stack } = build(new App());
      const unprepared = JSON.stringify(stack.toTerraform());
      TerraformStack.prototype.prepareStack.call(stack);
      expect(JSON.stringify(stack.toTerraform())).toBe(unprepared);
      expect(unprepared).toContain("required_version");
    },
  );
});
