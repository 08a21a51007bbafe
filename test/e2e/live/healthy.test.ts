import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import catalog from "../../../catalog/catalog";
import { prometheusArtifacts } from "../../../constructs/prometheus/rule-file";
import { summaryAlerts, weeklySummaryArtifacts } from "../../../constructs/prometheus/weekly-summary";
import { estateOf } from "../../../model/estate";
import { seriesNames } from "../../../model/metric";
import { liveServices } from "../../../simulator/live-rules";
import { scrapeConfig } from "../../../simulator/scrape-config";
import { scrapedMetrics, simulatedServices } from "../../../simulator/simulated-service";
import { debianProgram } from "../../../tools/servers/debian";
import { type Server, startPrometheus } from "../../../tools/servers/prometheus";
import { type Exporter, startExporter } from "../../../tools/simulate/exporter";
import { alertsOf, rulesOf, seriesOf, targetsOf } from "../../../tools/simulate/prometheus-api";
import { pathsOf, scratchFolder, write } from "../support/folders";
import { estate } from "../support/process";

jest.setTimeout(240_000);
const scratch = scratchFolder("live");
const simulated = simulatedServices(catalog);
const services = simulated.map(({ name }) => name);

/** The oldest Prometheus that is supported, the one of today's Debian, and the next. */
const releases = ["bookworm", "trixie", "sid"] as const;

/** Seconds that every Prometheus watches for. */
const watched = 95;

/** Alerts that always fire, so that silence means that the way to people is broken. */
const always = new Set<string>(["Watchdog", ...Object.values(summaryAlerts)]);

let ruleFiles: readonly string[] = [];
beforeAll(async () => {
  const { status } = await estate(["synth", "--out", join(scratch, "out")]);
  expect(status).toBe(0);
  const artifacts = join(scratch, "out", "artifacts");
  ruleFiles = pathsOf(artifacts)
    .filter((path) => path.endsWith(".rules.yaml"))
    .map((path) => join(artifacts, path));
});

test("the files that are loaded are those that are deployed, byte for byte", () => {
  const deployed = catalog.environments
    .map((environment) => estateOf(catalog, environment))
    .flatMap((estate) => [...prometheusArtifacts(estate), ...weeklySummaryArtifacts(estate)])
    .map(({ content }) => content);
  expect(ruleFiles.map((file) => readFileSync(file, "utf8")).sort()).toEqual([...deployed].sort());
});

const found = releases.map((release) => ({
  release,
  path: debianProgram({ program: "prometheus", package: "prometheus", release }),
}));
const servers = new Map<string, Server>();
let exporter: Exporter | undefined;

/** All releases at once: each needs a minute and a half, and hardly any of the machine. */
beforeAll(async () => {
  exporter = await startExporter({ services: simulated, faults: [] });
  const setup = { exporter: exporter.url, services, ruleFiles, scrapeSeconds: 5, evaluationSeconds: 30 };
  const file = write(join(scratch, "prometheus.yml"), stringify(scrapeConfig(setup)));
  for (const { release, path } of found)
    if (path !== undefined) servers.set(release, await startPrometheus(path, file, join(scratch, `data-${release}`)));
  // Long enough for three evaluations of every group, the first of which comes at a moment of its own within the interval.
  await sleep(watched * 1000);
});
afterAll(async () => {
  for (const { stop } of servers.values()) await stop();
  await exporter?.stop();
});

describe.each(found)("the deployed rules on a healthy estate, in the Prometheus of $release", ({ release, path }) => {
  if (path === undefined) {
    test.skip("(not run: it cannot be had)", () => undefined);
    return;
  }
  const url = (): string => servers.get(release)?.url ?? "";

  test("every service is scraped without a complaint, and no series of its contract is missing", async () => {
    const targets = await targetsOf(url());
    expect(targets.map(({ labels, lastError }) => [labels["job"], lastError]).sort()).toEqual(
      services.map((service) => [service, ""]).sort(),
    );
    for (const service of catalog.services.filter(({ name }) => services.includes(name))) {
      const series = await seriesOf(url(), service.name);
      expect(series).toEqual(expect.arrayContaining(scrapedMetrics(service).flatMap(seriesNames)));
    }
  });

  test("every alert is evaluated again and again, no rule with an error", async () => {
    const rules = await rulesOf(url());
    expect(rules.filter(({ health }) => health === "err")).toEqual([]);
    // Error budgets are evaluated every five minutes only, and weekly summaries every fifteen, at a moment of their own.
    const unknown = rules.filter(
      ({ health, type, file }) =>
        health === "unknown" && type === "alerting" && !file.endsWith("weekly_summary.rules.yaml"),
    );
    expect(unknown).toEqual([]);
    expect(new Set(rules.map(({ file }) => file))).toEqual(new Set(ruleFiles));
  });

  test("nothing fires, nor is about to once its window is full", async () => {
    const loud = (await alertsOf(url())).filter(({ labels }) => !always.has(labels["alertname"] ?? ""));
    // A rate over five minutes of which one is there says too little; the faults' test has full windows, on a faster clock.
    const judged = loud.filter(({ labels, state }) => state === "firing" || windowOf(labels) <= watched);
    const named = judged.map(
      ({ labels, state }) => `${labels["environment"]} ${labels["service"]} ${labels["alertname"]} ${state}`,
    );
    expect(named).toEqual([]);
  });
});

/** Seconds that an alert looks back over. */
function windowOf({ environment: name, service, alertname }: Readonly<Record<string, string>>): number {
  const environment = catalog.environments.find((known) => known.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  const found = liveServices(estateOf(catalog, environment))
    .filter((live) => live.service === service)
    .flatMap(({ rules, tooLong }) => [...rules, ...tooLong])
    .find(({ rule }) => rule.alert === alertname);
  if (found === undefined) throw new Error(`no alert ${alertname} of ${service}`);
  return found.reach.window;
}
