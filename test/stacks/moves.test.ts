import { describe, expect, test } from "@jest/globals";
import { App, Testing } from "cdktf";
import type { Catalog } from "../../model/catalog";
import { stacksOf } from "../../stacks/stacks";
import { exampleCatalog, exampleService } from "../support/example";

type Stack = {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
};

function synthesized(catalog: Catalog, name: string): Stack {
  const blueprint = stacksOf(catalog).find((stack) => stack.name === name);
  if (blueprint === undefined) throw new Error(`no stack ${name}`);
  return JSON.parse(Testing.synth(blueprint.build(new App({ stackTraces: false })).stack));
}

const addresses = ({ resource }: Stack): readonly string[] =>
  Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));

describe.each(["on-call", "prod"])("a renamed service in the stack %s", (name) => {
  const before = synthesized(exampleCatalog([exampleService({}, "shop"), exampleService({}, "other")]), name);
  const after = synthesized(
    exampleCatalog([exampleService({ renamedFrom: "shop" }, "store"), exampleService({}, "other")]),
    name,
  );

  test("is moved whole: from every address that is gone, to one that is new", () => {
    const gone = addresses(before).filter((address) => !addresses(after).includes(address));
    const fresh = addresses(after).filter((address) => !addresses(before).includes(address));
    expect(gone.length).toBeGreaterThan(0);
    expect(after.moved?.map(({ from }) => from).sort()).toEqual([...gone].sort());
    expect(after.moved?.map(({ to }) => to).sort()).toEqual([...fresh].sort());
  });

  test("keeps its types, and touches no other service", () => {
    for (const { from, to } of after.moved ?? []) {
      expect(from.split(".")[0]).toBe(to.split(".")[0]);
      expect(from).not.toContain("other");
    }
  });

  test("leaves nothing behind where nothing was renamed", () => {
    expect(before).not.toHaveProperty("moved");
  });
});
