import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { z } from "zod";
import catalog from "../../catalog/catalog";
import { ampDefinition } from "../../constructs/alertmanager/amp-definition";
import { alertmanagerConfig, promisedReceivers } from "../../constructs/alertmanager/config";
import { prometheusRule } from "../../constructs/prometheus/rules";
import type { AlertRule } from "../../model/alert-rule";
import { type EnvironmentEstate, estateOf } from "../../model/estate";
import { labelsOf } from "../../model/expression";
import { inhibitionsOf, inhibits, routedLabels } from "../../model/inhibition";
import type { Labels } from "../../model/label-matcher";
import { weekdays, weekly } from "../../model/maintenance-window";
import { checked } from "../../model/result";
import { debianProgram } from "../../tools/servers/debian";
import { eventually } from "../../tools/servers/prometheus";
import {
  localConfig,
  type PostedAlert,
  type RunningAlertmanager,
  startAlertmanager,
  unpackedAlertmanager,
} from "./support/alertmanager";
import { scratchFolder, write } from "./support/folders";
import { type HttpSink, startHttpSink } from "./support/http-sink";
import { estate, run } from "./support/process";

jest.setTimeout(120_000);
const scratch = scratchFolder("alertmanager");

const inPackage = (program: string) => debianProgram({ program, package: "prometheus-alertmanager" });
const programs = { "prometheus-alertmanager": inPackage("prometheus-alertmanager"), amtool: inPackage("amtool") };
const missing = Object.entries(programs).flatMap(([name, path]) => (path === undefined ? [name] : []));
const { "prometheus-alertmanager": alertmanager = "", amtool = "" } = programs;

const estates = catalog.environments.map((environment) => estateOf(catalog, environment));
/** @throws Error without a production, which the shipped catalog has. */
function productionOf(all: readonly EnvironmentEstate[]): EnvironmentEstate {
  const found = all.find(({ environment }) => environment.production);
  if (found === undefined) throw new Error("no production");
  return found;
}
const production = productionOf(estates);

const rulesOf = ({ services }: EnvironmentEstate): readonly AlertRule[] =>
  services.flatMap(({ alerts }) => alerts).filter(({ evaluator }) => evaluator === "prometheus");

function ruleNamed(service: string, name: string): AlertRule {
  const found = rulesOf(production).find((rule) => rule.service === service && rule.name === name);
  if (found === undefined) throw new Error(`no alert ${name} of ${service}`);
  return found;
}

/** An alert of a rule as Prometheus posts it, about one thing of each label that its series keep. */
function firing(rule: AlertRule, series: Labels = {}): PostedAlert {
  const { annotations } = checked(prometheusRule(rule));
  return { labels: { ...series, ...routedLabels(rule) }, annotations };
}

/** Labels of a series of a rule. */
const seriesOf = ({ condition }: AlertRule, value: string): Labels =>
  condition.kind === "compare" ? Object.fromEntries(labelsOf(condition.expression).map((label) => [label, value])) : {};

/** PagerDuty's Events API v2, "Send an alert event". */
const pagerDutyEvent = (component: string, action: "trigger" | "resolve") =>
  z.object({
    routing_key: z.literal("routing-key-of-nobody"),
    event_action: z.literal(action),
    dedup_key: z.string().min(1).max(255),
    payload: z.object({
      summary: z.string().max(1024),
      severity: z.enum(["critical", "error", "warning", "info"]),
      component: z.literal(component),
      class: z.string(),
      group: z.string(),
    }),
    links: z.array(z.object({ href: z.string(), text: z.string() })),
  });

/** What no service claims names none. */
const unclaimedEvent = z.object({
  event_action: z.literal("trigger"),
  payload: z.object({ summary: z.string(), severity: z.string(), component: z.undefined().optional() }),
});

const slackMessage = z.object({
  channel: z.string(),
  attachments: z.array(z.object({ title: z.string(), text: z.string(), color: z.string().optional() })),
});

const suite = missing.length === 0 ? describe : describe.skip;
suite(`the routes in a real Alertmanager${missing.map((name) => ` (not run: no ${name})`).join("")}`, () => {
  const fileOf = (environment: string): string =>
    join(scratch, "out", "artifacts", environment, "alertmanager", "alertmanager.yaml");
  let sink: HttpSink;
  let program = "";
  const running: RunningAlertmanager[] = [];

  /** An Alertmanager with the estate's configuration, and the sink in the place of its receivers. */
  async function started(of: EnvironmentEstate, name: string): Promise<RunningAlertmanager> {
    const text = localConfig(checked(alertmanagerConfig(of)), { sink: sink.url, folder: join(scratch, name) });
    const file = write(join(scratch, name, "alertmanager.yaml"), text);
    const server = await startAlertmanager(program, file, join(scratch, name, "data"));
    running.push(server);
    return server;
  }

  beforeAll(async () => {
    sink = await startHttpSink();
    program = unpackedAlertmanager(alertmanager, scratch);
    const { status, stderr } = await estate(["synth", "--out", join(scratch, "out")]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
  afterAll(async () => {
    await Promise.all(running.map((server) => server.stop()));
    await sink.stop();
  });

  test.each(catalog.environments.map(({ name }) => name))("of %s are right to amtool", async (name) => {
    const { status, stdout, stderr } = await run(amtool, ["check-config", fileOf(name)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("SUCCESS");
  });

  test.each(estates)(
    "for Amazon's alert manager of $environment.name are right to amtool, but for its secrets",
    async (of) => {
      const { alertmanager_config: text } = z.object({ alertmanager_config: z.string() }).parse(
        parse(
          ampDefinition(checked(alertmanagerConfig(of)), {
            region: of.environment.region,
            secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a",
            teamTopicArn: (team) => `arn:aws:sns:eu-west-1:111122223333:${team}`,
            summaryTopicArn: (team) => `arn:aws:sns:eu-west-1:111122223333:summary-${team}`,
            pagesTopicArn: "arn:aws:sns:eu-west-1:111122223333:pages",
            watchdogTopicArn: "arn:aws:sns:eu-west-1:111122223333:watchdog",
          }),
        ),
      );
      // A key out of Secrets Manager is AMP's own; amtool knows texts alone.
      const known = text.replaceAll(/routing_key:\n( +aws_secrets_manager:\n( +\w+: .*\n)+)/g, "routing_key: key\n");
      const file = write(join(scratch, `amp-${of.environment.name}.yaml`), known);
      const { status, stdout, stderr } = await run(amtool, ["check-config", file]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/SUCCESS/);
    },
  );

  test.each(estates)("of $environment.name lead every alert where its route says", async (of) => {
    const rules = rulesOf(of);
    expect(rules.length).toBeGreaterThan(20);
    for (const rule of rules) {
      const labels = Object.entries({ ...seriesOf(rule, "one"), ...routedLabels(rule) });
      const { stdout, stderr, status } = await run(amtool, [
        "config",
        "routes",
        "test",
        `--config.file=${fileOf(of.environment.name)}`,
        `--verify.receivers=${promisedReceivers(rule).join(",")}`,
        ...labels.map(([label, value]) => `${label}=${value}`),
      ]);
      expect({ rule: `${rule.service} ${rule.name}`, status, stdout: stdout.trim(), stderr }).toMatchObject({
        status: 0,
        stdout: promisedReceivers(rule).join(","),
      });
    }
  });

  test("changed by a letter lead an alert astray, which amtool sees", async () => {
    const changed = write(
      join(scratch, "changed.yaml"),
      readFileSync(fileOf("prod"), "utf8").replaceAll('severity="critical"', 'severity="critcal"'),
    );
    const { status } = await run(amtool, [
      "config",
      "routes",
      "test",
      `--config.file=${changed}`,
      "--verify.receivers=pagerduty,slack-platform",
      ...Object.entries(routedLabels(ruleNamed("database", "DatabaseDown"))).map(
        ([label, value]) => `${label}=${value}`,
      ),
    ]);
    expect(status).not.toBe(0);
  });

  test("page whoever is on call, tell the channel, and close the incident by the same key", async () => {
    const server = await started(production, "page");
    sink.forget();
    const alert = firing(ruleNamed("database", "DatabaseDown"));
    await server.post(alert);
    const page = await sink.first("/pagerduty", pagerDutyEvent("database", "trigger"));
    expect(page).toMatchObject({
      payload: {
        summary: "[prod] database DatabaseDown: The database refuses connections",
        severity: "critical",
        class: "DatabaseDown",
        group: "prod",
      },
      links: [
        { href: "https://runbooks.company.com/database-down", text: "Runbook" },
        { href: expect.stringContaining("https://grafana.company.com/d/"), text: "Dashboard" },
      ],
    });
    const message = await sink.first("/slack", slackMessage);
    expect(message).toMatchObject({
      channel: "#observability",
      attachments: [
        {
          title: "[FIRING] prod database: DatabaseDown",
          text: expect.stringContaining("CRITICAL: The database refuses connections"),
          color: "danger",
        },
      ],
    });
    const asked = sink.received().find(({ path }) => path === "/slack");
    expect(asked?.headers["authorization"]).toBe("Bearer slack-token-of-nobody");

    await server.post({ ...alert, endsAt: new Date().toISOString() });
    const resolve = await sink.first("/pagerduty", pagerDutyEvent("database", "resolve"));
    expect(resolve.dedup_key).toBe(page.dedup_key);
  });

  test("keep one incident for all instances of an alert, and none for what is not urgent", async () => {
    const server = await started(production, "group");
    sink.forget();
    const disk = ruleNamed("hosts", "HighDiskUsage");
    await server.post(
      ...["a", "b"].map((instance) => firing(disk, { instance, mountpoint: "/" })),
      firing(ruleNamed("analytics-backend", "CreditConsumptionSpike"), { workspace_id: "w" }),
    );
    const page = await sink.first("/pagerduty", pagerDutyEvent("hosts", "trigger"));
    expect(page.payload.summary).toMatch(/\(2 alerts\)$/);
    await sink.first("/slack", slackMessage.extend({ channel: z.literal("#analytics-alerts") }));
    const components = sink
      .received()
      .filter(({ path }) => path === "/pagerduty")
      .map(({ body }) => z.object({ payload: z.object({ component: z.string() }) }).parse(body).payload.component);
    expect(new Set(components)).toEqual(new Set(["hosts"]));
  });

  test("send the heartbeat to its own listener, and to nobody else", async () => {
    const server = await started(production, "watchdog");
    sink.forget();
    await server.post({
      labels: { alertname: "Watchdog", environment: "prod", severity: "critical", team: "platform" },
    });
    await sink.first("/watchdog", z.object({ status: z.literal("firing") }));
    expect(new Set(sink.received().map(({ path }) => path))).toEqual(new Set(["/watchdog"]));
  });

  test("tell somebody of an alert that nobody's route knows", async () => {
    const server = await started(production, "unrouted");
    sink.forget();
    await server.post({ labels: { alertname: "Foreign", severity: "page" }, annotations: { summary: "Who am I?" } });
    const page = await sink.first("/pagerduty", unclaimedEvent);
    expect(page.payload).toMatchObject({ severity: "warning", summary: "Foreign: Who am I?" });
  });

  test("silence exactly what the model says when everything fires at once", async () => {
    const server = await started(production, "inhibition");
    const series = rulesOf(production).flatMap((rule) =>
      // Two instances, so that one must not silence the other.
      Object.keys(seriesOf(rule, "")).length === 0
        ? [firing(rule)]
        : ["one", "two"].map((value) => firing(rule, seriesOf(rule, value))),
    );
    const inhibitions = inhibitionsOf(production);
    const silenced = (labels: Labels): boolean =>
      series.some((source) => inhibitions.some((inhibition) => inhibits(inhibition, source.labels, labels)));
    const expected = series.filter(({ labels }) => silenced(labels));
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.length).toBeLessThan(series.length);
    await server.post(...series);
    const key = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort());
    const wanted = expected.map(({ labels }) => key(labels)).sort();
    const seen = await eventually(
      20,
      async () => {
        const known = await server.alerts();
        const inhibited = known.filter(({ status }) => status.inhibitedBy.length > 0).map(({ labels }) => key(labels));
        return known.length === series.length && inhibited.sort().join("\n") === wanted.join("\n") ? known : undefined;
      },
      () => wanted.join("\n"),
    );
    const stateOf = (service: string, name: string) =>
      seen.find(({ labels }) => labels["service"] === service && labels["alertname"] === name)?.status.state;
    expect(stateOf("database", "DatabaseDown")).toBe("active");
    expect(stateOf("app-service", "TargetsMissing")).toBe("active");
    expect(stateOf("app-service", "MedianResponseTimeHigh")).toBe("suppressed");
    expect(stateOf("analytics-backend", "HighErrorRate")).toBe("suppressed");
  });

  test("tell again what a dead dependency silenced, once it is back", async () => {
    const server = await started(production, "back");
    sink.forget();
    const cause = firing(ruleNamed("database", "DatabaseDown"));
    const symptom = firing(ruleNamed("analytics-backend", "HighErrorRate"));
    await server.post(cause);
    await sink.first("/pagerduty", pagerDutyEvent("database", "trigger"));
    await server.post(symptom);
    await eventually(
      20,
      async () => (await server.alerts()).find(({ status }) => status.inhibitedBy.length > 0),
      () => "not inhibited",
    );
    // Longer than the group's wait: it would have been told by now.
    await sleep(1500);
    const told = () => sink.received().filter(({ body }) => JSON.stringify(body).includes("HighErrorRate"));
    expect(told()).toEqual([]);
    await server.post({ ...cause, endsAt: new Date().toISOString() });
    await sink.first("/pagerduty", pagerDutyEvent("analytics-backend", "trigger"));
  });

  test("tell nobody within a maintenance window, and all others as ever", async () => {
    // A window around the present, in the zone that is asked for.
    const hour = 3_600_000;
    const clock = (offset: number): string => new Date(Date.now() + offset).toISOString().slice(11, 16);
    const day = (offset: number) => weekdays[(new Date(Date.now() + offset).getUTCDay() + 6) % 7] ?? "monday";
    const now = weekly("now", {
      days: [day(-hour)],
      start: clock(-hour),
      end: clock(hour),
      timeZone: "UTC",
      reason: "the test",
    });
    const inWindow: EnvironmentEstate = {
      ...production,
      services: production.services.map((each) =>
        each.service.name === "database" ? { ...each, service: { ...each.service, maintenance: [now] } } : each,
      ),
    };
    const server = await started(inWindow, "window");
    sink.forget();
    await server.post(firing(ruleNamed("database", "DatabaseDown")));
    await server.post(firing(ruleNamed("hosts", "HighDiskUsage"), { instance: "a", mountpoint: "/" }));
    await sink.first("/pagerduty", pagerDutyEvent("hosts", "trigger"));
    const muted = await eventually(
      20,
      async () =>
        (await server.grouped()).find(
          ({ labels, status }) => labels["service"] === "database" && (status.mutedBy ?? []).length > 0,
        ),
      () => "not muted",
    );
    expect(muted.status.mutedBy).toEqual(["database/now"]);
    expect(sink.received().filter(({ body }) => JSON.stringify(body).includes("DatabaseDown"))).toEqual([]);
  });

  test("are refused by Alertmanager when a window is put on the root, which they never do", async () => {
    const document = z
      .object({ route: z.object({}).loose() })
      .loose()
      .parse(parse(readFileSync(fileOf("prod"), "utf8")));
    const file = write(
      join(scratch, "muted-root.yaml"),
      stringify({ ...document, route: { ...document.route, mute_time_intervals: ["database/minor-upgrades"] } }),
    );
    const { status } = await run(amtool, ["check-config", file]);
    expect(status).not.toBe(0);
  });
});
