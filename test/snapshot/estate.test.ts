import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { agreedFiles, estateFiles } from "../../tools/snapshots/estate-files";
import { synthesize } from "../../tools/synthesize";

/*
 * The shipped catalog comes to what was read and agreed to: every stack, every dashboard, and every artifact byte for byte. A change that is
 * meant is written by `npm run snapshots` alone, and its difference read.
 */

const out = mkdtempSync(join(tmpdir(), "estate-snapshot-"));
afterAll(() => rmSync(out, { recursive: true }));
synthesize(catalog, { outdir: out, stacks: [] });
const made = estateFiles(out);
const agreed = agreedFiles(join(__dirname, "estate"));

test("every file that is made was agreed to, and none is left that is not made any more", () => {
  expect([...agreed.keys()].sort()).toEqual([...made.keys()].sort());
});

test.each([...agreed])("%s is what was read and agreed to", (path, text) => {
  expect(made.get(path)).toBe(text);
});
