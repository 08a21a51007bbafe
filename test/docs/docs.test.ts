import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { errorAlerts } from "../../alerts/errors";
import shipped from "../../catalog/catalog";
import { containers } from "../../catalog/telemetry/containers";
import { checkCatalog } from "../../checks/check-catalog";
import { liveTailOf } from "../../constructs/cloudwatch/live-tail";
import { ruleFiles } from "../../constructs/prometheus/rule-file";
import { checkoutSlow } from "../../docs/examples/checkout-slow";
import { checkoutStuck } from "../../docs/examples/checkout-stuck";
import { indexRefusesUpdates } from "../../docs/examples/index-stale";
import { searchIndex } from "../../docs/examples/index-telemetry";
import { largestTenants } from "../../docs/examples/largest-tenants";
import { logWayScrapes } from "../../docs/examples/log-way-scrapes";
import { nightlyReport } from "../../docs/examples/nightly-report";
import { workersStop } from "../../docs/examples/queue-backlog-case";
import { queueDepthDoubled } from "../../docs/examples/queue-depth-alert";
import { releaseDashboard } from "../../docs/examples/release-dashboard";
import { environments as sandbox } from "../../docs/examples/sandbox-environment";
import { searchConfiguration } from "../../docs/examples/search-configuration";
import { searchErrors } from "../../docs/examples/search-errors";
import { searchHealth } from "../../docs/examples/search-health";
import { reindexing, searchDown } from "../../docs/examples/search-maintenance";
import { searchObjectives } from "../../docs/examples/search-objectives";
import { searchScrapes } from "../../docs/examples/search-scrapes";
import { search } from "../../docs/examples/search-service";
import { indexRebuilt, stated } from "../../docs/examples/search-simulation";
import { searchTracing } from "../../docs/examples/search-tracing";
import { sharing } from "../../docs/examples/shared-performance";
import type { Catalog } from "../../model/catalog";
import { environment } from "../../model/environment";
import { estateOf } from "../../model/estate";
import { alertsOf, type Service, slisOf } from "../../model/service";
import { burnRateAlerts } from "../../model/service-objective";
import { strayCases } from "../../proof/suite";
import { blocks, pages, root, textOf } from "./markdown";

const examples = readdirSync(join(root, "docs", "examples")).map((name) =>
  readFileSync(join(root, "docs", "examples", name), "utf8"),
);

/** The shipped catalog with one of its services changed, as a reader of the page would change it. */
function withChanged(name: string, change: (service: Service) => Service): Catalog {
  return {
    ...shipped,
    services: shipped.services.map((service) => (service.name === name ? change(service) : service)),
  };
}

const production = (catalog: Catalog) => {
  const prod = catalog.environments.find(({ name }) => name === "prod");
  if (prod === undefined) throw new Error("no production");
  return estateOf(catalog, prod);
};

describe("TypeScript in the documentation", () => {
  test.each(blocks("ts").map(({ page, text }) => [page, text.split("\n")[0], text] as const))(
    "of %s is an example that compiles: %s",
    (_page, _line, text) => {
      expect(examples.filter((example) => example.includes(text.trim()))).toHaveLength(1);
    },
  );

  test("is accepted by the checks where the pages put it", () => {
    const promising = { telemetry: [...search.telemetry, searchIndex.contract, containers.contract] };
    const catalogs = [
      withChanged("app-service", (service) => ({
        ...service,
        alerts: [...alertsOf(service), checkoutSlow, checkoutStuck, queueDepthDoubled, largestTenants],
        dashboards: [...service.dashboards, releaseDashboard],
      })),
      {
        ...shipped,
        services: [
          ...shipped.services,
          {
            ...search,
            telemetry: promising.telemetry,
            objectives: searchObjectives,
            alerts: [
              ...alertsOf(search),
              indexRefusesUpdates,
              searchDown,
              ...searchObjectives.flatMap((objective) => burnRateAlerts(objective, slisOf(promising.telemetry))),
            ],
            maintenance: [reindexing],
            tracing: searchTracing,
            errors: { ...searchErrors, alerts: [...searchErrors.alerts, ...errorAlerts({ uptime: {} }).slice(-1)] },
            health: searchHealth,
            scrapes: searchScrapes,
            configuration: searchConfiguration,
          },
        ],
        simulation: { healthy: stated, labels: {}, faults: [...shipped.simulation.faults, indexRebuilt] },
      },
      {
        ...shipped,
        services: shipped.services.map((service) =>
          service.name === "logging" ? { ...service, scrapes: logWayScrapes } : service,
        ),
      },
      { ...shipped, services: [...shipped.services, nightlyReport] },
      { ...shipped, access: { ...shipped.access, sharing } },
      { ...shipped, environments: [...shipped.environments, environment("sandbox", sandbox.sandbox)] },
    ];
    expect(catalogs.flatMap(checkCatalog)).toEqual([]);
  });
});

test("the case of the documentation is about an alert that is there", () => {
  const rules = production(shipped).services.flatMap(({ alerts }) => alerts);
  expect(strayCases([workersStop], rules)).toEqual([]);
});

describe("the first change of the README", () => {
  const changed = withChanged("app-service", (service) => ({
    ...service,
    alerts: [...alertsOf(service), checkoutSlow],
  }));

  test("yields the rule that the README shows", () => {
    const [rule] = blocks("yaml").filter(({ page }) => page === "README.md");
    const file = ruleFiles(production(changed)).find(({ service }) => service.service.name === "app-service");
    expect(file?.content).toContain(rule?.text);
  });

  test("is at most ten lines", () => {
    expect(
      blocks("ts")
        .find(({ page }) => page === "README.md")
        ?.text.trim()
        .split("\n").length,
    ).toBeLessThanOrEqual(10);
  });

  test("with a mistake in it is told as the README shows", () => {
    const mistaken = { ...checkoutSlow, when: { kind: "spoken", text: "p99_latncy > 2s" } as const };
    const [found] = checkCatalog(
      withChanged("app-service", (service) => ({ ...service, alerts: [...alertsOf(service), mistaken] })),
    );
    expect(blocks("text")[0]?.text).toContain(
      `${found?.where.service} › ${found?.where.rule} › ${found?.where.field}: ${found?.message}  ${found?.id}`,
    );
    expect(blocks("text")[0]?.text).toContain(`fix: ${found?.fix}`);
  });
});

/** Every command that a page tells, and where it is run. */
const commands: Readonly<Record<string, string>> = {
  "./estate synth": "test/e2e",
  "./estate synth prod": "test/e2e",
  "./estate check": "test/e2e",
  "./estate check --rules": "test/e2e",
  "./estate check rules/*.yaml": "test/e2e/check-files.test.ts",
  "./estate check --format github rules/*.yaml": "test/e2e/check-files.test.ts",
  "./estate check --format json rules/*.yaml": "test/e2e/check-files.test.ts",
  "./estate check --scrape-interval 30s rules/*.yaml": "test/e2e/check-files.test.ts",
  "./estate list": "test/e2e",
  "./estate list alerts": "test/e2e",
  "./estate runbooks": "test/e2e/runbooks.test.ts",
  "./estate runbooks --write": "test/e2e/runbooks.test.ts",
  "./estate prove": "test/e2e/prove.test.ts",
  "./estate prove prod --no-mutants": "test/e2e/prove.test.ts",
  "./estate prove --live": "test/e2e/live/faults.test.ts",
  "./estate simulate": "test/e2e/live/simulate.test.ts",
  "./estate simulate --faults": "test/e2e/live/simulate.test.ts",
  "./estate simulate --fault host-disk-fills --port 9110": "test/e2e/live/simulate.test.ts",
  "./estate conform http://localhost:8080 --service app-service": "test/e2e/exporters.test.ts",
  "./estate conform http://localhost:8080 --service orders-api --catalog examples/reference-service/catalog.ts":
    "test/e2e/reference-service/signals.test.ts",
  "./estate conform http://localhost:9121 --contract redis-exporter.yaml --format json": "test/e2e/exporters.test.ts",
  "./estate demo": "test/e2e/reference-service/demo.test.ts",
  "./estate plan": "test/e2e/plan",
  "./estate plan prod": "test/e2e/plan",
  "./estate plan --against HEAD": "test/e2e/plan",
  "./estate plan --against HEAD~1": "test/e2e/plan",
  "./estate plan --against origin/main --out plans --detailed-exitcode": "test/e2e/plan",
  "./estate plan --json": "test/e2e/plan",
  "./estate plan --live": "needs credentials",
  "./estate deploy on-call prod": "needs credentials",
  "terraform -chdir=cdktf.out/stacks/prod plan -refresh-only": "needs credentials",
  "prometheus @prometheus.args --config.file=prometheus.yml": "test/e2e/prometheus-config.test.ts",
  "./estate test": "it runs this test",
  [production(shipped).services.map(liveTailOf)[0]?.tail ?? ""]:
    "as test/constructs/cloudwatch/log-archive.test.ts has it; needs credentials",
  "npm run format": "the format is checked by the same program",
  "npm run bench": "test/bench runs its parts",
  "npm run overhead": "test/bench/load.test.ts runs its load",
  "npm run bindings -- SCHEMA.json": "test/tools/bindings.test.ts",
  "npm run docs": "test/docs/generated.test.ts",
  "npm run pictures": "test/e2e",
  "npx jest --selectProjects unit": "this very runner",
  "npx jest --testPathPatterns test/model": "this very runner",
  "npm run snapshots": "test/snapshot reads what it wrote",
  "npx cdktf deploy on-call": "needs credentials",
  "npx cdktf deploy prod": "needs credentials",
  "terraform -chdir=cdktf.out/stacks/prod init": "needs the network",
  "terraform -chdir=cdktf.out/stacks/prod plan": "needs credentials",
};

describe("commands in the documentation", () => {
  test.each(
    blocks("sh").flatMap(({ page, text }) =>
      text
        .trim()
        .split("\n")
        .map((line) => [page, line] as const),
    ),
  )("of %s are known: %s", (_page, line) => {
    expect(Object.keys(commands)).toContain(line);
  });
});

describe("links in the documentation", () => {
  test.each(pages)("of %s lead somewhere", (page) => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target = ""]) =>
      join(root, dirname(page), target),
    );
    expect(targets.filter((target) => !existsSync(target))).toEqual([]);
  });
});

test("every dependency has its reason", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(textOf("package.json"));
  const reasons = textOf("docs/dependencies.md");
  const unexplained = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter((name) => {
    const short = name.startsWith("@cdktf/provider-") ? name.replace("@cdktf/provider", "") : name;
    return !name.startsWith("@types/") && !reasons.includes(`\`${name}\``) && !reasons.includes(`\`${short}\``);
  });
  expect(unexplained).toEqual([]);
});
