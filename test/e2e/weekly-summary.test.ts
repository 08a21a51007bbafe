import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import shipped from "../../catalog/catalog";
import { alertmanagerConfig } from "../../constructs/alertmanager/config";
import { weeklySummaryFiles } from "../../constructs/prometheus/weekly-summary";
import type { Catalog } from "../../model/catalog";
import { type EnvironmentEstate, estateOf } from "../../model/estate";
import { type Weekday, weekdays } from "../../model/maintenance-window";
import { checked } from "../../model/result";
import type { WeeklySummary } from "../../model/team";
import { debianProgram } from "../../tools/servers/debian";
import { eventually } from "../../tools/servers/prometheus";
import { localConfig, type RunningAlertmanager, startAlertmanager, unpackedAlertmanager } from "./support/alertmanager";
import { scratchFolder, write } from "./support/folders";
import { run } from "./support/process";
import { type SmtpSink, startSmtpSink } from "./support/smtp-sink";

/*
 * The weekly summary, from what fired to the mail: a made-up week in the real rules by promtool, and what comes out of them through a real
 * Alertmanager as mail, in its hour and in no other.
 */

jest.setTimeout(120_000);
const scratch = scratchFolder("weekly-summary");
const promtool = debianProgram({ program: "promtool", package: "promtool" });
const alertmanager = debianProgram({ program: "prometheus-alertmanager", package: "prometheus-alertmanager" });

function productionOf(catalog: Catalog): EnvironmentEstate {
  const environment = catalog.environments.find((each) => each.production);
  if (environment === undefined) throw new Error("no environment is production");
  return estateOf(catalog, environment);
}
const estate = productionOf(shipped);
const [file] = weeklySummaryFiles(estate);
if (file === undefined) throw new Error("production has no summaries");

const minute = 60;
const hour = 60 * minute;

/** An alert of the backend team that fires in some half minutes, as Prometheus remembers it: 1 while it does, and nothing else. */
const alerting = (alert: string, severity: string, values: string) => ({
  series: `ALERTS{alertname="${alert}",alertstate="firing",environment="prod",service="app-service",severity="${severity}",team="backend"}`,
  values,
});

/** Half minutes of silence, whose beginning Prometheus marks, and of firing. */
const silent = (seconds: number): string => `stale _x${seconds / 30 - 1}`;
const fires = (seconds: number): string => `1x${seconds / 30 - 1}`;

const labels = { environment: "prod", report: "weekly", team: "backend" };

/** What promtool makes of a week that ends after so many seconds: the alerts of one name that it expects. */
async function judged(
  name: string,
  end: number,
  alerts: readonly ReturnType<typeof alerting>[],
  expected: readonly object[],
) {
  // promtool takes 10,000 samples into memory, a number being one for each of a week's 20,160 half minutes: its week has 17 hours.
  const rules = write(join(scratch, "rules.yaml"), (file?.content ?? "").replaceAll("[7d:", "[17h:"));
  const suite = write(
    join(scratch, `${name}.yaml`),
    stringify({
      rule_files: [rules],
      evaluation_interval: "15m",
      tests: [
        {
          interval: "30s",
          input_series: alerts,
          alert_rule_test: [{ eval_time: `${end}s`, alertname: name, exp_alerts: expected }],
        },
      ],
    }),
  );
  const { status, stdout, stderr } = await run(promtool ?? "", ["test", "rules", suite]);
  return { status, said: status === 0 ? "" : stdout + stderr };
}
const sound = { status: 0, said: "" };

const withPromtool = promtool === undefined ? describe.skip : describe;
withPromtool(`a week in the rules${promtool === undefined ? " (not run: no promtool)" : ""}`, () => {
  // The first begins at midnight UTC, when it is night in Berlin, and again by day, where it still fires at the end; the second once, by day.
  const end = 16 * hour;
  const week = [
    alerting(
      "ServiceDown",
      "critical",
      [silent(10 * minute), fires(5 * minute), silent(12 * hour), fires(end)].join(" "),
    ),
    alerting("HighErrorRate", "error", [silent(13 * hour), fires(30 * minute), silent(end)].join(" ")),
    alerting("ResponseSlow", "info", [silent(14 * hour), fires(hour), silent(end)].join(" ")),
  ];

  /** The numbers of each team, in the order of the teams' names. */
  const numbers = (of: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
    Object.entries(of).map(([team, said]) => ({ exp_labels: { ...labels, team }, exp_annotations: said }));
  const nothing = { alerts: "0", firings: "0", pages: "0", nights: "0", firing: "0" };

  test("in numbers, each team its own", async () => {
    const elsewhere = alerting("RedisDown", "critical", fires(end));
    const other = { ...elsewhere, series: elsewhere.series.replace("backend", "platform") };
    expect(
      await judged(
        "WeeklySummary",
        end,
        [...week, other],
        numbers({
          analytics: nothing,
          backend: { alerts: "3", firings: "4", pages: "3", nights: "1", firing: "1" },
          platform: { alerts: "1", firings: "1", pages: "1", nights: "1", firing: "1" },
        }),
      ),
    ).toEqual(sound);
  });

  test("alert by alert, under names that no route and no inhibition knows", async () => {
    const line = (alert: string, severity: string, said: object) => ({
      exp_labels: { ...labels, of_alert: alert, of_service: "app-service", of_severity: severity },
      exp_annotations: said,
    });
    expect(
      await judged("WeeklySummaryAlert", end, week, [
        line("ServiceDown", "critical", { firings: "2", duration: "3h 50m 30s", nights: "1", firing: "yes" }),
        line("HighErrorRate", "error", { firings: "1", duration: "30m 0s", nights: "", firing: "" }),
        line("ResponseSlow", "info", { firings: "1", duration: "1h 0m 0s", nights: "", firing: "" }),
      ]),
    ).toEqual(sound);
  });

  test("in which nothing fired is told too", async () => {
    expect(
      await judged("WeeklySummary", hour, [], numbers({ analytics: nothing, backend: nothing, platform: nothing })),
    ).toEqual(sound);
  });
});

const withAlertmanager = alertmanager === undefined ? describe.skip : describe;
withAlertmanager(`the mail${alertmanager === undefined ? " (not run: no Alertmanager)" : ""}`, () => {
  let sink: SmtpSink;
  let server: RunningAlertmanager;

  /** The weekday and time of day in a zone, some minutes from now. */
  function clockIn(timeZone: string, minutes: number): Required<WeeklySummary> {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    })
      .formatToParts(Date.now() + minutes * 60_000)
      .map(({ type, value }) => [type, value] as const);
    const of = new Map(parts);
    const day: Weekday = weekdays.find((each) => each === of.get("weekday")?.toLowerCase()) ?? "monday";
    return { day, at: `${of.get("hour")}:${of.get("minute")}` };
  }

  beforeAll(async () => {
    sink = await startSmtpSink();
    // It is backend's hour since twenty minutes; that of the others comes in three hours.
    const teams = shipped.teams.map((team) => ({
      ...team,
      subscribers: ["head-of@example.com"],
      weeklySummary: clockIn(team.onCall.timeZone, team.name === "backend" ? -20 : 180),
    }));
    const config = localConfig(checked(alertmanagerConfig(productionOf({ ...shipped, teams }))), {
      sink: "http://127.0.0.1:9",
      folder: join(scratch, "secrets"),
    }).replace(/smtp_smarthost: .*/, `smtp_smarthost: ${sink.address}`);
    const configFile = write(join(scratch, "alertmanager.yaml"), config);
    const program = unpackedAlertmanager(alertmanager ?? "", scratch);
    server = await startAlertmanager(program, configFile, join(scratch, "data"));
    const about = { environment: "prod", report: "weekly" };
    const line = (of_alert: string, of_severity: string, annotations: Readonly<Record<string, string>>) => ({
      labels: {
        ...about,
        team: "backend",
        alertname: "WeeklySummaryAlert",
        of_alert,
        of_service: "app-service",
        of_severity,
      },
      annotations,
    });
    await server.post(
      ...["backend", "platform"].map((team) => ({
        labels: { ...about, team, alertname: "WeeklySummary" },
        annotations: { alerts: "2", firings: "3", pages: "3", nights: "1", firing: "1" },
      })),
      line("ServiceDown", "critical", { firings: "2", duration: "1h 5m 0s", nights: "1", firing: "yes" }),
      line("HighErrorRate", "error", { firings: "1", duration: "30m 0s", nights: "", firing: "" }),
      {
        labels: {
          ...about,
          team: "backend",
          alertname: "WeeklySummaryBudget",
          of_objective: "availability",
          of_service: "app-service",
        },
        annotations: { remaining: "61.5%", burnt: "12%", window: "30d" },
      },
    );
    await eventually(
      20,
      async () => (sink.mails().length > 0 ? true : undefined),
      () => "no mail",
    );
    // Two more looks at the groups, in which another mail could come.
    await new Promise((over) => setTimeout(over, 2_500));
  });
  afterAll(async () => {
    await server?.stop();
    await sink?.stop();
  });

  test("comes once, to the team in whose hour it is and to who subscribed, and to no other team", () => {
    expect(sink.mails().map(({ to }) => to)).toEqual([["backend@company.com", "head-of@example.com"]]);
  });

  test("says in words what the week was like", () => {
    const text = (sink.mails()[0]?.text ?? "").replaceAll("=\n", "");
    expect(text).toContain("Subject: prod: the week of backend");
    expect(text).toContain(
      "In the last seven days 2 alerts fired, which began 3 times. Of those 3 times were pages, 1 at night. 1 alert still fires.",
    );
    for (const line of [
      "Still firing",
      "ServiceDown of app-service fired 2 times, for 1h 5m 0s in all, at night 1, and still fires",
      "HighErrorRate of app-service fired 1 time, for 30m 0s in all",
      "availability of app-service: 61.5% of the error budget of 30d remain, 12% were burnt this week",
    ])
      expect(text).toContain(line);
  });

  test("is all that comes of it: nothing inhibits a summary, and it goes nowhere else", async () => {
    const known = await server.alerts();
    expect(known.filter(({ status }) => status.inhibitedBy.length > 0)).toEqual([]);
    expect([...new Set(known.flatMap(({ receivers }) => receivers.map(({ name }) => name)))].sort()).toEqual([
      "summary-backend",
      "summary-platform",
    ]);
  });
});
