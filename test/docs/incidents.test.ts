import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { queryable } from "../../incidents/page-queries";
import { withPracticeTables } from "../../incidents/practice-tables";
import { runbookPages, runbookReport } from "../../incidents/runbooks";
import { root, textOf } from "./markdown";

test("the tables of docs/incidents.md are the catalog's; npm run docs writes them", () => {
  const page = textOf("docs/incidents.md");
  expect(page).toBe(withPracticeTables(page, catalog));
  expect(page).toContain("| SEV-1 |");
  expect(page).toContain("support, then backend, then architecture");
});

test("every alert has its runbook, with its facts, without dead links and with queries that run; estate runbooks --write writes them", () => {
  const folder = join(root, "docs", "runbooks");
  const pages = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const read = (path: string) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;
  expect(runbookReport(runbookPages(catalog), pages, read, queryable(catalog)).problems).toEqual([]);
});
