import { describe, expect, test } from "@jest/globals";
import { chooseBinary } from "../../../tools/terraform/choose-binary";

const having =
  (...programs: readonly string[]) =>
  (program: string) =>
    programs.includes(program) ? `/bin/${program}` : undefined;

describe("the terraform to run", () => {
  test.each([
    ["terraform goes before tofu", undefined, ["terraform", "tofu"], "/cache/tofu", "/bin/terraform"],
    ["tofu serves too", undefined, ["tofu"], "/cache/tofu", "/bin/tofu"],
    ["then the one downloaded before", undefined, [], "/cache/tofu", "/cache/tofu"],
    ["the named one goes before all", "tofu", ["terraform", "tofu"], "/cache/tofu", "/bin/tofu"],
    ["an empty name is none", "", ["terraform"], undefined, "/bin/terraform"],
  ])("%s", (_, named, programs, cached, path) => {
    expect(chooseBinary({ named, search: having(...programs), cached })).toEqual({ kind: "found", path });
  });

  test("a name that leads nowhere is not replaced by another terraform", () => {
    expect(chooseBinary({ named: "terraform-1.12", search: having("terraform"), cached: "/cache/tofu" })).toEqual({
      kind: "misnamed",
      name: "terraform-1.12",
    });
  });

  test("there may be none", () => {
    expect(chooseBinary({ named: undefined, search: having(), cached: undefined })).toEqual({ kind: "absent" });
  });
});
