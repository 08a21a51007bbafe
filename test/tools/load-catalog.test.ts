import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadCatalog } from "../../tools/load-catalog";
import { UserError } from "../../tools/user-error";
import { exampleCatalog } from "../support/example";

let scratch = "";
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "load-catalog-test-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(scratch, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const refusal = (path: string): string => {
  try {
    loadCatalog(path);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error instanceof UserError ? error.message : "";
  }
  return "";
};

/** The file as the message names it. */
const told = (path: string): string => relative(process.cwd(), path);

describe("a catalog", () => {
  test("is what a file exports by default", () => {
    const loaded = loadCatalog(require.resolve("../support/example-catalog"));
    expect(loaded.services.map(({ name }) => name)).toEqual(exampleCatalog().services.map(({ name }) => name));
    expect(loaded.environments.map(({ name }) => name)).toEqual(["dev", "prod"]);
  });

  test.each([
    ["that is not there", () => join(scratch, "nowhere.ts")],
    ["that is a folder", () => scratch],
  ])("%s is refused", (_, path) => {
    expect(refusal(path())).toBe(`no such catalog: ${path()}`);
  });

  test.each([
    ["nothing", "export {};"],
    ["it by another name", "export const catalog = { services: [] };"],
    ["something else", "export default 42;"],
    ["nothing by default", "export default null;"],
    ["only a part of one", "export default { organization: 'x', services: [], environments: [], teams: [] };"],
    [
      "the options of one",
      "export default { organization: 'x', services: [], environments: {}, teams: {}, onCall: {} };",
    ],
  ])("of a file that exports %s is refused", (_, text) => {
    const path = file("catalog.ts", text);
    expect(refusal(path)).toBe(`${path}: it must export a catalog by default: export default catalog({ … })`);
  });
});

describe("a catalog that fails while it loads", () => {
  const fix = "; npx tsc names the line";

  test.each([
    ["an error", "throw new Error('the table is empty');", ":1: the catalog does not load: the table is empty"],
    [
      "an error in several lines",
      "throw new Error('two things:\\n- one\\n- two');",
      ":1: the catalog does not load: two things:\n- one\n- two",
    ],
    [
      "an error of the language",
      "const none: any = undefined;\n\nexport default none.services;",
      ":3: the catalog does not load: TypeError: Cannot read properties of undefined (reading 'services')",
    ],
    ["a text", "throw 'out of luck';", ": the catalog does not load: out of luck"],
  ])("by %s is told with its file, its line and the reason", (_, text, expected) => {
    const path = file("catalog.ts", text);
    expect(refusal(path)).toBe(`${told(path)}${expected}${fix}`);
  });

  test.each(["services/shop.ts", "a folder (of mine)/shop.ts"])("is told with the file that fails: %s", (name) => {
    const shop = file(name, "export const shop = JSON.parse('{');");
    const catalog = file("catalog.ts", `import { shop } from "./${name.replace(".ts", "")}";\nexport default shop;`);
    const message = refusal(catalog);
    expect(message).toContain(`${told(shop)}:1: the catalog does not load: SyntaxError: `);
    expect(message).not.toMatch(/\n\s+at /);
  });

  test("is told with the user's file where it is our function that fails on what it was given", () => {
    const model = require.resolve("../../model/catalog");
    const path = file(
      "catalog.ts",
      `import { catalog } from ${JSON.stringify(model)};\n\nexport default catalog({} as any);`,
    );
    expect(refusal(path)).toBe(
      `${told(path)}:3: the catalog does not load: TypeError: Cannot convert undefined or null to object${fix}`,
    );
  });
});
