import { isAbsolute, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { projectRoot, settingsOf } from "../../tools/settings";
import { UserError } from "../../tools/user-error";

const refusal = (environment: Readonly<Record<string, string>>): string => {
  try {
    settingsOf(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error instanceof UserError ? error.message : "";
  }
  return "";
};

describe("settings", () => {
  test("are this project's where nothing is set, whatever the working directory", () => {
    expect(settingsOf({ PATH: "/bin" })).toEqual({
      catalog: join(projectRoot, "catalog", "catalog.ts"),
      outdir: join(projectRoot, "cdktf.out"),
      stacks: [],
      openTofuUrl: expect.stringMatching(/^https:/),
    });
    expect(isAbsolute(projectRoot)).toBe(true);
  });

  test("are taken from the environment as they are", () => {
    const env = { ESTATE_CATALOG: "my catalog.ts", CDKTF_OUTDIR: "../out", ESTATE_STACKS: "dev,prod" };
    expect(settingsOf({ ...env, ESTATE_OPENTOFU_URL: "https://mirror.example.com" })).toEqual({
      catalog: "my catalog.ts",
      outdir: "../out",
      stacks: ["dev", "prod"],
      openTofuUrl: "https://mirror.example.com",
    });
  });

  test.each([
    ["prod", ["prod"]],
    ["dev,,prod,", ["dev", "prod"]],
    ["on-*,[dp]*", ["on-*", "[dp]*"]],
    ["!prod", ["!prod"]],
    ["{dev,prod}", ["{dev,prod}"]],
    ["on-call,{dev,prod}-{a,b}", ["on-call", "{dev,prod}-{a,b}"]],
  ])("ESTATE_STACKS=%s is %j", (value, stacks) => {
    expect(settingsOf({ ESTATE_STACKS: value }).stacks).toEqual(stacks);
  });
});

describe("a variable of the wrong form", () => {
  const path = "must be a path";
  const globs = "must be stack names or globs, separated by commas";

  test.each([
    ["ESTATE_CATALOG", "", path],
    ["ESTATE_CATALOG", " \t", path],
    ["ESTATE_CATALOG", "cata\0log.ts", path],
    ["CDKTF_OUTDIR", "", path],
    ["CDKTF_OUTDIR", "\n", path],
    ["ESTATE_STACKS", "", globs],
    ["ESTATE_STACKS", "dev prod", globs],
    ["ESTATE_STACKS", "prod; rm -rf /", globs],
    ["ESTATE_STACKS", "../prod", globs],
    ["ESTATE_STACKS", "dev\nprod", globs],
  ])("%s=%j is refused", (name, value, reason) => {
    expect(refusal({ [name]: value })).toBe(`environment variable ${name}: ${reason}; it is ${JSON.stringify(value)}`);
  });

  test("is told together with all others", () => {
    expect(refusal({ ESTATE_CATALOG: "", CDKTF_OUTDIR: "", ESTATE_STACKS: "" }).split("\n")).toEqual([
      `environment variable ESTATE_CATALOG: ${path}; it is ""`,
      `environment variable CDKTF_OUTDIR: ${path}; it is ""`,
      `environment variable ESTATE_STACKS: ${globs}; it is ""`,
    ]);
  });
});
