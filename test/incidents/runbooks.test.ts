import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { healthPages } from "../../incidents/health-page";
import { anchorsOf, linksOf } from "../../incidents/links";
import { queryable } from "../../incidents/page-queries";
import { pageOf, type RunbookFacts, runbookFacts } from "../../incidents/runbook-facts";
import { alertPage, newPage, onePerName, refreshed } from "../../incidents/runbook-page";
import { type Pages, runbookReport } from "../../incidents/runbooks";
import { estateOf } from "../../model/estate";
import { cloudwatchSynthetics } from "../../model/probe";

const facts = runbookFacts(catalog);
const known = queryable(catalog);

const named = (page: string): RunbookFacts => {
  const found = facts.find((of) => of.page === page);
  if (found === undefined) throw new Error(`no page ${page}`);
  return found;
};

const outage = named("high-error-rate");
/** What the links of a new page lead to. */
const documentation: Pages = new Map([
  ["../incidents.md", "# Incidents\n\n## Escalation\n"],
  ["../post-mortem.md", "# Post-mortem\n"],
]);
const report = (of: readonly RunbookFacts[], pages: Pages) =>
  runbookReport(of.map(alertPage), pages, (path) => documentation.get(path) ?? pages.get(path), known);

describe("the facts of a page", () => {
  test("are of every alert that leads to it, production's first", () => {
    expect(outage.occurrences.map(({ rule }) => `${rule.service} ${rule.environment}`)).toEqual([
      "app-service prod",
      "analytics-backend prod",
      "app-service dev",
      "analytics-backend dev",
      "app-service staging",
      "analytics-backend staging",
    ]);
  });

  test("are of every alert there is", () => {
    const alerts = catalog.environments.flatMap((environment) =>
      estateOf(catalog, environment).services.flatMap((service) => service.alerts),
    );
    expect(facts.flatMap(({ occurrences }) => occurrences)).toHaveLength(alerts.length);
  });

  test("say who is called where somebody is woken, and nobody elsewhere", () => {
    expect(outage.occurrences.map(({ calls }) => calls.join(" "))).toEqual([
      "support backend architecture",
      "support analytics architecture",
      "",
      "",
      "",
      "",
    ]);
  });

  test("have the query where Prometheus asks it", () => {
    expect(outage.occurrences.map(({ query, rule }) => [rule.evaluator, query !== undefined])).toEqual(
      outage.occurrences.map(({ rule }) => [rule.evaluator, rule.evaluator === "prometheus"]),
    );
  });

  test.each([
    ["https://runbooks.company.com/a", "https://runbooks.company.com", "a"],
    ["https://runbooks.company.com/a/b", "https://runbooks.company.com/", "a/b"],
    ["https://wiki.company.com/a", "https://runbooks.company.com", undefined],
    ["https://wiki.company.com/a", undefined, undefined],
  ])("belong to a page of the catalog's own: %s below %s", (url, base, page) => {
    expect(pageOf(url, base)).toBe(page);
  });
});

describe("a page", () => {
  test("begins with the facts, and with the first steps for the symptom", () => {
    const page = newPage(alertPage(outage));
    expect(page).toMatch(/^# HighErrorRate\n/);
    expect(page).toContain("| HighErrorRate | analytics-backend | prod | SEV-1 | above 5% | 5m | prometheus |");
    expect(page).toContain("`aws logs tail /ecs/app-service --follow --since 15m --filter-pattern ");
    expect(page).toContain("`aws logs start-live-tail --log-group-identifiers ");
    expect(page).toContain("```promql\nsum(rate(http_requests_total");
    expect(page).toContain("1. One endpoint or all of them?");
  });

  test("keeps what people wrote when its facts change", () => {
    const written = newPage(alertPage(outage)).replace("## Look", "Ask Hanna.\n\n## Look");
    const changed: RunbookFacts = { ...outage, occurrences: [{ ...outage.occurrences[0], condition: "above 7%" }] };
    const now = refreshed(written, alertPage(changed));
    expect(now).toContain("Ask Hanna.");
    expect(now).toContain("above 7%");
    expect(now).not.toContain("above 1%");
    expect(refreshed(now ?? "", alertPage(outage))).toBe(written);
  });

  test("whose marks are gone is left alone", () => {
    expect(refreshed("# HighErrorRate\n", alertPage(outage))).toBeUndefined();
  });
});

describe("the report", () => {
  const page = newPage(alertPage(outage));

  test("has nothing to say of a page that is as it should be", () => {
    expect(report([outage], new Map([["high-error-rate.md", page]]))).toEqual({
      changed: new Map(),
      problems: [],
      alerts: 6,
      unreviewed: 1,
    });
  });

  test.each<[string, Pages, readonly string[]]>([
    ["a missing page", new Map(), ["HighErrorRate leads here, and there is no page"]],
    [
      "facts of yesterday",
      new Map([["high-error-rate.md", page.replace("above 1%", "above 2%")]]),
      ["its facts are no longer those of HighErrorRate"],
    ],
    ["marks that are gone", new Map([["high-error-rate.md", "# Mine\n"]]), ["the marks around its facts are gone"]],
    [
      "a page of no alert",
      new Map([
        ["high-error-rate.md", page],
        ["old.md", "# Old\n"],
      ]),
      ["no alert leads here"],
    ],
    [
      "a dead link",
      new Map([
        ["high-error-rate.md", `${page}[gone](gone.md) [anchor](../incidents.md#escalations) [web](https://x.y)\n`],
      ]),
      [
        "the link to gone.md leads nowhere",
        "the link to ../incidents.md#escalations leads to a heading that is not there",
      ],
    ],
    [
      "a query that finds nothing",
      new Map([["high-error-rate.md", `${page}\n\`\`\`promql\nsum(http_requests_totl)\n\`\`\`\n`]]),
      [
        'the query "sum(http_requests_totl)": No known metric is named "http_requests_totl". Did you mean "http_requests_total"?',
      ],
    ],
  ])("tells of %s", (_, pages, messages) => {
    expect(report([outage], pages).problems.map(({ message }) => message)).toEqual(messages);
  });

  test("what it would write leaves nothing to say", () => {
    const { changed } = report(facts, new Map());
    expect(report(facts, changed)).toMatchObject({ changed: new Map(), problems: [] });
  });
});

test("links in code are none, and anchors are GitHub's", () => {
  expect(linksOf("[a](b.md#c) `[d](e)`\n```\n[f](g)\n```\n[h](mailto:x@y)")).toEqual([
    { text: "b.md#c", path: "b.md", anchor: "c" },
  ]);
  expect(anchorsOf("# Who does what\n## Checklist: the first ten minutes\n")).toEqual([
    "who-does-what",
    "checklist-the-first-ten-minutes",
  ]);
});

describe("the page of failing health checks", () => {
  const page = healthPages(catalog).find((of) => of.page === "health-check-failing");
  const facts = page?.facts ?? "";

  test("says of every endpoint who asks it, how often, and whom that tells", () => {
    expect(facts).toContain(
      "| app-service | prod | canaries of CloudWatch Synthetics in eu-west-1, us-east-1, every 5m | SEV-3; #backend-alerts |",
    );
    expect(facts).toContain(
      "| app-service | prod | the blackbox exporter, as often as Prometheus scrapes it | alerts on `probe_success` |",
    );
    const rows = facts.split("\n").filter((line) => line.startsWith("| ")).length - 2;
    const probes = catalog.environments.flatMap((environment) =>
      estateOf(catalog, environment).services.flatMap(({ health }) => health?.probes ?? []),
    );
    expect(rows).toBe(probes.length);
  });

  test("says who is called, where the probe that tells is the one that pages", () => {
    const [service] = catalog.services.filter(({ name }) => name === "app-service");
    if (service?.health === undefined) throw new Error("no health");
    const paging = { ...service, health: { ...service.health, probes: { default: [cloudwatchSynthetics()] } } };
    const [of] = healthPages({ ...catalog, services: [paging] });
    expect(of?.facts).toContain("| SEV-1; a page: support, then backend, then architecture; #backend-alerts |");
  });

  test("has commands that show what was seen", () => {
    expect(facts).toContain("`curl --silent --show-error --include --max-time 5 https://api.company.com/health`");
    expect(facts).toContain("--name prod-app-service-health --max-results 5 --region us-east-1`");
  });

  test("is one with that of an alert which leads to the same", () => {
    const shared = alertPage({ ...outage, page: "health-check-failing" });
    const [both, ...others] = onePerName([shared, ...healthPages(catalog)]);
    expect(others).toEqual([]);
    expect(both?.alerts).toEqual([...shared.alerts, "HealthCheckFailing"]);
    expect(both?.facts).toBe(`${shared.facts}\n\n${facts}`);
    expect(both?.occurrences).toBe(shared.occurrences + (page?.occurrences ?? 0));
  });
});
