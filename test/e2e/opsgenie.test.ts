import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { z } from "zod";
import { promisedReceivers } from "../../constructs/alertmanager/config";
import { alertmanagerArtifacts } from "../../constructs/alertmanager/self-run";
import { prometheusRule } from "../../constructs/prometheus/rules";
import { estateOf } from "../../model/estate";
import { routedLabels } from "../../model/inhibition";
import { checked } from "../../model/result";
import { debianProgram } from "../../tools/servers/debian";
import { eventually } from "../../tools/servers/prometheus";
import catalog from "../support/opsgenie-catalog";
import { type RunningAlertmanager, startAlertmanager, unpackedAlertmanager } from "./support/alertmanager";
import { scratchFolder, write } from "./support/folders";
import { type HttpSink, startHttpSink } from "./support/http-sink";
import { run } from "./support/process";

jest.setTimeout(60_000);
const scratch = scratchFolder("opsgenie");

const inPackage = (program: string) => debianProgram({ program, package: "prometheus-alertmanager" });
const programs = { "prometheus-alertmanager": inPackage("prometheus-alertmanager"), amtool: inPackage("amtool") };
const missing = Object.entries(programs).flatMap(([name, path]) => (path === undefined ? [name] : []));
const { "prometheus-alertmanager": alertmanager = "", amtool = "" } = programs;

const [production] = catalog.environments.filter((each) => each.production).map((each) => estateOf(catalog, each));
if (production === undefined) throw new Error("no production");
const [artifact] = alertmanagerArtifacts(production);
const deployed = artifact?.content ?? "";
const rules = production.services.flatMap(({ alerts }) => alerts);

/** An alert of a rule as Prometheus posts it. */
function firing(name: string) {
  const rule = rules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`no alert ${name}`);
  return { labels: routedLabels(rule), annotations: checked(prometheusRule(rule)).annotations };
}

/** Opsgenie's Alert API, "Create Alert". */
const createdAlert = z.object({
  alias: z.string().min(1).max(512),
  message: z.string().max(130),
  priority: z.enum(["P1", "P2", "P3", "P4", "P5"]),
  responders: z.array(z.object({ type: z.literal("team"), name: z.string() })),
  details: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
  entity: z.string(),
});

const suite = missing.length === 0 ? describe : describe.skip;
suite(`Opsgenie, told by a real Alertmanager${missing.map((name) => ` (not run: no ${name})`).join("")}`, () => {
  let sink: HttpSink;
  let server: RunningAlertmanager;

  beforeAll(async () => {
    sink = await startHttpSink();
    const secrets = join(scratch, "secrets");
    mkdirSync(secrets, { recursive: true });
    write(join(secrets, "opsgenie-api-key"), "key-of-the-test\n");
    write(join(secrets, "slack-token"), "token-of-the-test");
    // The deployed file, with the sink in the place of others' servers, and waits that a test can wait for.
    const text = deployed
      .replaceAll("https://api.opsgenie.com", sink.url)
      .replaceAll("https://slack.com/api/chat.postMessage", `${sink.url}/slack`)
      .replaceAll("/etc/alertmanager/secrets", secrets)
      .replaceAll(/group_wait: \w+/g, "group_wait: 100ms")
      .replaceAll(/group_interval: \w+/g, "group_interval: 1s");
    server = await startAlertmanager(
      unpackedAlertmanager(alertmanager, scratch),
      write(join(scratch, "local.yaml"), text),
      join(scratch, "data"),
    );
  });
  afterAll(async () => {
    await server.stop();
    await sink.stop();
  });

  test("the configuration is right to amtool, and leads every alert where its route says", async () => {
    const file = write(join(scratch, "alertmanager.yaml"), deployed);
    expect(await run(amtool, ["check-config", file])).toMatchObject({ status: 0, stderr: "" });
    expect(rules.map(({ name }) => name)).toEqual(["HighErrorRate", "Slow", "Busy", "Watchdog", "Heavy"]);
    for (const rule of rules) {
      const labels = Object.entries(routedLabels(rule)).map(([label, value]) => `${label}=${value}`);
      const { stdout } = await run(amtool, ["config", "routes", "test", `--config.file=${file}`, ...labels]);
      expect([rule.name, stdout.trim()]).toEqual([rule.name, promisedReceivers(rule, "opsgenie").join(",")]);
    }
  });

  test("a page names the team, its priority and its tier, and is closed by the alias that it was opened by", async () => {
    await server.post(firing("HighErrorRate"));
    const page = await sink.first("/v2/alerts", createdAlert);
    expect(page).toMatchObject({
      message: "[prod] shop HighErrorRate: {{ $value | humanizePercentage }} fail",
      priority: "P1",
      responders: [{ type: "team", name: "backend" }],
      entity: "shop",
      tags: ["prod", "shop", "critical"],
    });
    expect(page.details).toMatchObject({ tier: "1", team: "backend", runbook: "https://runbooks.example.com/shop" });
    expect(sink.received().find(({ path }) => path === "/v2/alerts")?.headers["authorization"]).toBe(
      "GenieKey key-of-the-test",
    );
    await server.post({ ...firing("HighErrorRate"), endsAt: new Date(Date.now() - 1000).toISOString() });
    await sink.first(`/v2/alerts/${page.alias}/close?identifierType=alias`, z.object({ source: z.string() }));
  });

  test("what waits for the morning is P3, and of what is not urgent Opsgenie hears nothing", async () => {
    sink.forget();
    await server.post(firing("Slow"), firing("Busy"));
    expect(await sink.first("/v2/alerts", createdAlert)).toMatchObject({ priority: "P3", details: { tier: "1" } });
    const messages = sink.received().filter(({ path }) => path === "/v2/alerts");
    expect(JSON.stringify(messages)).not.toContain("Busy");
  });

  test("the watchdog keeps the heartbeat alive", async () => {
    await server.post(firing("Watchdog"));
    const beat = await eventually(
      20,
      async () => sink.received().find(({ path }) => path === "/v2/heartbeats/prod-watchdog/ping"),
      () => "no beat",
    );
    expect(beat.headers["authorization"]).toBe("GenieKey key-of-the-test");
  });
});
