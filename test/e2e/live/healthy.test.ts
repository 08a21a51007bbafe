import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import catalog from "../../../catalog/catalog";
import { prometheusArtifacts } from "../../../constructs/prometheus/rule-file";
import { estateOf } from "../../../model/estate";
import { seriesNames } from "../../../model/metric";
import { scrapeConfig } from "../../../simulator/scrape-config";
import { scrapedMetrics, simulatedServices } from "../../../simulator/simulated-service";
import { type Exporter, startExporter } from "../../../tools/simulate/exporter";
import { alertsOf, rulesOf, seriesOf, targetsOf } from "../../../tools/simulate/prometheus-api";
import { debianProgram } from "../support/debian";
import { pathsOf, scratchFolder } from "../support/folders";
import { write } from "../support/folders";
import { estate } from "../support/process";
import { eventually, type Server, startPrometheus } from "../support/prometheus";

jest.setTimeout(240_000);
const scratch = scratchFolder("live");
const simulated = simulatedServices(catalog);
const services = simulated.map(({ name }) => name);

/** The oldest Prometheus that is supported, the one of today's Debian, and the next. */
const releases = ["bookworm", "trixie", "sid"] as const;

/** Alerts that always fire, so that silence means that the way to people is broken. */
const always = new Set(["Watchdog"]);

let ruleFiles: readonly string[] = [];
beforeAll(async () => {
  const { status, stderr } = await estate(["synth", "--out", join(scratch, "out")]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const artifacts = join(scratch, "out", "artifacts");
  ruleFiles = pathsOf(artifacts)
    .filter((path) => path.includes("/prometheus/"))
    .map((path) => join(artifacts, path));
});

test("the files that are loaded are those that are deployed, byte for byte", () => {
  const deployed = catalog.environments.flatMap((environment) =>
    prometheusArtifacts(estateOf(catalog, environment)).map(({ content }) => content),
  );
  expect(ruleFiles.map((file) => readFileSync(file, "utf8")).sort()).toEqual([...deployed].sort());
});

describe.each(releases)("the deployed rules on a healthy estate, in the Prometheus of %s", (release) => {
  const prometheus = debianProgram({ program: "prometheus", package: "prometheus", release });
  if (prometheus === undefined) {
    test.skip("(not run: it cannot be had)", () => undefined);
    return;
  }
  let exporter: Exporter | undefined;
  let server: Server | undefined;
  let url = "";

  beforeAll(async () => {
    exporter = await startExporter({ services: simulated, faults: [] });
    const config = scrapeConfig({ exporter: exporter.url, services, ruleFiles, scrapeSeconds: 5, evaluationSeconds: 30 });
    const file = write(join(scratch, `${release}.yml`), stringify(config));
    server = await startPrometheus(prometheus, file, join(scratch, `data-${release}`));
    url = server.url;
    await eventually(
      90,
      async () => ((await targetsOf(url)).every(({ health }) => health === "up") ? true : undefined),
      () => "not every service is scraped",
    );
  });
  afterAll(async () => {
    await server?.stop();
    await exporter?.stop();
  });

  test("every service is scraped without a complaint, and no series of its contract is missing", async () => {
    const targets = await targetsOf(url);
    expect(targets.map(({ labels, lastError }) => [labels["job"], lastError]).sort()).toEqual(
      services.map((service) => [service, ""]).sort(),
    );
    for (const service of catalog.services.filter(({ name }) => services.includes(name))) {
      const found = await seriesOf(url, service.name);
      expect(found).toEqual(expect.arrayContaining(scrapedMetrics(service).flatMap(seriesNames)));
    }
  });

  test("every rule is evaluated without an error, and after three times nothing fires nor is about to", async () => {
    const rules = await eventually(
      90,
      async () => {
        const all = await rulesOf(url);
        return all.length > 0 && all.every(({ health }) => health !== "unknown" || undefined) ? all : undefined;
      },
      () => "some rules are not evaluated yet",
    );
    expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
    await sleep(65_000);
    const loud = (await alertsOf(url)).filter(({ labels }) => !always.has(labels["alertname"] ?? ""));
    expect(loud.map(({ labels, state }) => `${labels["environment"]} ${labels["service"]} ${labels["alertname"]} ${state}`)).toEqual([]);
  });
});
