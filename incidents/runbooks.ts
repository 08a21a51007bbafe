import { posix } from "node:path";
import type { Catalog } from "../model/catalog";
import { nearest } from "../model/suggest";
import { healthPages } from "./health-page";
import { anchorsOf, linksOf } from "./links";
import { type Queryable, queryProblems } from "./page-queries";
import { runbookFacts } from "./runbook-facts";
import { alertPage, newPage, onePerName, type RunbookPage, refreshed, unreviewed } from "./runbook-page";

/** What stands in a folder: texts by path below it. */
export type Pages = ReadonlyMap<string, string>;

/** Something wrong with the pages. */
export interface RunbookProblem {
  /** Path of the page. */
  readonly page: string;
  readonly message: string;
  readonly fix: string;
}

/** What the pages should be, and what is wrong with those that are there. */
export interface RunbookReport {
  /** Pages to be written, by path: those that are missing, and those whose facts have changed. */
  readonly changed: Pages;
  readonly problems: readonly RunbookProblem[];
  readonly alerts: number;
  /** Pages that nobody has reviewed. */
  readonly unreviewed: number;
}

const mendQuery = "mend it: it is copied in the middle of an incident, and then it must find what is there";

const write = "estate runbooks --write writes it";

/** What to do about a page whose links lead nowhere, when `read` finds other pages of the documentation. */
function deadLinks(path: string, page: string, read: (path: string) => string | undefined): readonly RunbookProblem[] {
  return linksOf(page).flatMap(({ text, path: to, anchor }) => {
    const target = to === "" ? page : read(posix.join(posix.dirname(path), to));
    if (target === undefined)
      return [{ page: path, message: `the link to ${text} leads nowhere`, fix: "mend its path, or take it out" }];
    if (anchor === undefined || anchorsOf(target).includes(anchor)) return [];
    const near = nearest(anchor, anchorsOf(target));
    return [
      {
        page: path,
        message: `the link to ${text} leads to a heading that is not there`,
        fix: near === undefined ? "name one of the page's headings" : `did you mean "#${near}"?`,
      },
    ];
  });
}

/**
 * Every page that an alert or a failing probe leads to, sorted by name.
 * @throws Error on what the checks refuse; they run first.
 */
export const runbookPages = (catalog: Catalog): readonly RunbookPage[] =>
  onePerName([...runbookFacts(catalog).map(alertPage), ...healthPages(catalog)]);

/**
 * Holds pages against the facts of the alerts that lead to them.
 * @param pages Every page of the folder, by name with `.md`.
 * @param read A file of the documentation by its path from the folder; undefined where there is none.
 * @param known What the queries of a page can be about.
 */
export function runbookReport(
  led: readonly RunbookPage[],
  pages: Pages,
  read: (path: string) => string | undefined,
  known: Queryable,
): RunbookReport {
  const changed = new Map<string, string>();
  const problems: RunbookProblem[] = [];
  const expected = new Set<string>();
  for (const found of led) {
    const path = `${found.page}.md`;
    expected.add(path);
    const written = pages.get(path);
    const names = found.alerts.join(", ");
    const now = written === undefined ? newPage(found) : refreshed(written, found);
    if (now === undefined) {
      problems.push({
        page: path,
        message: "the marks around its facts are gone",
        fix: "put them back from another page, or move what you wrote elsewhere and delete the page",
      });
      continue;
    }
    if (now === written) continue;
    changed.set(path, now);
    problems.push(
      written === undefined
        ? { page: path, message: `${names} leads here, and there is no page`, fix: write }
        : { page: path, message: `its facts are no longer those of ${names}`, fix: write },
    );
  }
  for (const [path, page] of pages) {
    if (!expected.has(path)) {
      const near = nearest(
        path,
        [...expected].filter((other) => !pages.has(other)),
      );
      problems.push({
        page: path,
        message: "no alert leads here",
        fix: near === undefined ? "delete it" : `rename it to ${near}, if it is that alert's, else delete it`,
      });
    }
    problems.push(
      ...deadLinks(path, page, read),
      ...queryProblems(page, known).map((message) => ({ page: path, message, fix: mendQuery })),
    );
  }
  const after = new Map([...pages, ...changed]);
  return {
    changed,
    problems: problems.sort((a, b) => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0)),
    alerts: led.reduce((sum, { occurrences }) => sum + occurrences, 0),
    unreviewed: [...after.values()].filter((page) => page.includes(unreviewed)).length,
  };
}
