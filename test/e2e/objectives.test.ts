import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import { prometheusArtifacts } from "../../constructs/prometheus/rule-file";
import { startsWith } from "../../model/indicator";
import { availability } from "../../model/service-objective";
import { events } from "../../model/sli";
import { telemetry } from "../../model/telemetry";
import { debianProgram } from "../../tools/servers/debian";
import { example, exampleEstate, exampleService } from "../support/example";
import { scratchFolder, write } from "./support/folders";
import { run } from "./support/process";

jest.setTimeout(120_000);
const scratch = scratchFolder("objectives");
const promtool = debianProgram({ program: "promtool", package: "promtool" });

const promised = telemetry("promised", {
  metrics: {},
  slis: { availability: events(example.requests.where({ status: startsWith("5") }), example.requests) },
});
const shop = exampleService({
  telemetry: [example, promised],
  alerts: [],
  objectives: [availability("99.9%", "30d", { runbook: "https://r.example.com" })],
});
const [rules] = prometheusArtifacts(exampleEstate("prod", [shop]));
const ruleFile = write(join(scratch, "shop.rules.yaml"), rules?.content ?? "");

/** Requests of a status, so many a minute at each of the minutes: `0+60x120` in promtool's notation, and after that another pace. */
const requests = (status: string, values: string) => ({
  series: `http_requests_total{job="shop",status="${status}"}`,
  values,
});

interface Case {
  readonly name: string;
  readonly input_series: readonly ReturnType<typeof requests>[];
  readonly at: string;
  readonly firing: readonly string[];
  readonly values?: Readonly<Record<string, number>>;
}

/** The alerts of the objective that promtool finds firing at a moment; promtool compares them all, so that none is too many. */
async function judged({ name, input_series, at, firing, values = {} }: Case): Promise<string> {
  const labels = { service: "shop", objective: "availability" };
  const file = write(
    join(scratch, `${name.replaceAll(" ", "-")}.yaml`),
    stringify({
      rule_files: [ruleFile],
      evaluation_interval: "30s",
      tests: [
        {
          interval: "1m",
          input_series,
          promql_expr_test: [
            {
              // By name alone, since the texts are proven elsewhere.
              expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
              eval_time: at,
              exp_samples: firing.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
            },
            ...Object.entries(values).map(([expr, value]) => ({
              expr: `round(${expr}, 0.0001)`,
              eval_time: at,
              exp_samples: [{ labels: `{objective="${labels.objective}", service="${labels.service}"}`, value }],
            })),
          ],
        },
      ],
    }),
  );
  const { status, stdout, stderr } = await run(promtool ?? "", ["test", "rules", file]);
  return status === 0 ? "as expected" : stdout + stderr;
}

const suite = promtool === undefined ? describe.skip : describe;
suite(`an objective in a real promtool${promtool === undefined ? " (not run: no promtool)" : ""}`, () => {
  test.each<Case>([
    {
      name: "a total outage fires the pages",
      input_series: [requests("200", "0+600x60 36000x60"), requests("500", "0x60 0+600x60")],
      at: "2h",
      // The tickets' windows see it too, but wait longer than the hour that it has lasted.
      firing: ["AvailabilityBudgetBurn1h", "AvailabilityBudgetBurn6h"],
    },
    {
      name: "no traffic at all is no outage",
      input_series: [requests("200", "36000x240"), requests("500", "100x240")],
      at: "4h",
      firing: [],
    },
    {
      name: "before the first failure the whole budget is there",
      input_series: [requests("200", "0+600x240")],
      at: "4h",
      firing: [],
      values: { "objective:error_budget_remaining:ratio": 1, "objective:burn_rate:ratio_rate1h": 0 },
    },
    {
      name: "failures below the slowest pace tell nobody",
      input_series: [requests("200", "0+9995x300"), requests("500", "0+5x300")],
      at: "5h",
      firing: [],
      values: { "objective:error_budget_remaining:ratio": 0.5 },
    },
    {
      // A quiet hour in which every second request fails, after three busy ones without failures: 30 of 108,060 requests are a
      // quarter of the budget. The mean of the ratios would have spent it a hundred times over.
      name: "quiet hours weigh less than busy ones",
      input_series: [requests("200", "0+600x180 108000+0.5x59"), requests("500", "0x180 0+0.5x59")],
      at: "3h59m",
      firing: [],
      values: {
        "(objective:error_budget_remaining:ratio > bool 0.7)": 1,
        "(objective:error_budget_remaining:ratio < bool 0.8)": 1,
      },
    },
  ])("$name", async (each) => {
    expect(await judged(each)).toBe("as expected");
  });
});
