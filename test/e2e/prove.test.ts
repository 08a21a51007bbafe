import { describe, expect, jest, test } from "@jest/globals";
import { z } from "zod";
import shipped from "../../catalog/catalog";
import { estateOf } from "../../model/estate";
import { debianProgram } from "../../tools/servers/debian";
import { estate } from "./support/process";

jest.setTimeout(300_000);
const promtool = debianProgram({ program: "promtool", package: "promtool" });

/** What `prove --json` prints, and no key more. */
const report = z.strictObject({
  alerts: z.array(
    z.strictObject({
      environment: z.string(),
      service: z.string(),
      alert: z.string(),
      proven: z.boolean(),
      proofs: z.array(
        z.strictObject({
          by: z.enum(["promtool", "case", "live"]),
          shown: z.array(z.enum(["fires", "silent", "resolves"])),
          problem: z.string().optional(),
        }),
      ),
      mutants: z
        .strictObject({
          killed: z.array(z.string()),
          survived: z.array(z.string()),
          equivalent: z.array(z.strictObject({ what: z.string(), reason: z.string() })),
        })
        .optional(),
    }),
  ),
  verdict: z.strictObject({
    rules: z.number(),
    proven: z.number(),
    mutants: z.number(),
    killed: z.number(),
    passed: z.boolean(),
  }),
  promtool: z.string(),
});

const suite = promtool === undefined ? describe.skip : describe;
suite(`estate prove${promtool === undefined ? " (not run: no promtool)" : ""}`, () => {
  test("proves every alert of the shipped catalog that Prometheus evaluates, and kills nearly all mutants", async () => {
    const { status, stdout, stderr } = await estate(["prove", "--json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { alerts, verdict } = report.parse(JSON.parse(stdout));
    expect(alerts.filter(({ proven }) => !proven)).toEqual([]);
    const rules = shipped.environments.flatMap((environment) =>
      estateOf(shipped, environment).services.flatMap((service) =>
        service.alerts
          .filter(({ evaluator }) => evaluator === "prometheus")
          .map(({ name }) => `${environment.name}/${service.service.name}/${name}`),
      ),
    );
    expect(alerts.map(({ environment, service, alert }) => `${environment}/${service}/${alert}`)).toEqual(rules);
    expect(verdict).toMatchObject({ rules: rules.length, proven: rules.length, passed: true });
    const tried = alerts.filter(({ environment }) => environment === "prod");
    expect(tried.filter(({ mutants }) => mutants === undefined)).toEqual([]);
    expect(alerts.filter(({ environment, mutants }) => environment !== "prod" && mutants !== undefined)).toEqual([]);
    expect(verdict.mutants).toBeGreaterThan(tried.length * 4);
    expect(verdict.killed / verdict.mutants).toBeGreaterThanOrEqual(0.95);
  });

  const unproven = ["--catalog", require.resolve("../support/unproven-catalog")];

  test("fails where an alert is not proven, or a case is contradicted; the table and the last lines say why", async () => {
    const { status, stdout, stderr } = await estate(["prove", "prod", ...unproven]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const lines = stdout.trim().split("\n");
    expect(lines[0]).toMatch(/^environment +service +alert +fires +silent +resolves +mutants killed +proven by$/);
    expect(lines[1]).toMatch(/^prod +shop +MemoryHigh +yes +yes +yes +\d\/\d +promtool$/);
    expect(lines[2]).toMatch(/^prod +shop +NobodyKnows +no +no +no +- +not proven$/);
    expect(lines[3]).toMatch(/^prod +shop +Misjudged .* not proven$/);
    expect(stdout).toContain('write a case: expectAlert("NobodyKnows")');
    expect(stdout).toContain("Misjudged: case: promtool contradicts at 20m, where it must fire");
    expect(lines.at(-1)).toMatch(/^1 of 3 alerts proven; \d+ of \d+ mutants killed/);
  });

  test("leaves the mutants out when asked to", async () => {
    const { stdout } = await estate(["prove", "prod", "--no-mutants", "--json", ...unproven]);
    expect(report.parse(JSON.parse(stdout)).verdict).toEqual({
      rules: 3,
      proven: 1,
      mutants: 0,
      killed: 0,
      passed: false,
    });
  });
});

describe("estate prove refuses", () => {
  test("a case for an alert that is not there, with the name that was meant", async () => {
    const { status, stdout, stderr } = await estate([
      "prove",
      "--catalog",
      require.resolve("../support/stray-catalog"),
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /test\/support\/stray-catalog\.ts\n +error +HighErorRate: a case for an alert .* Did you mean "HighErrorRate"\?/,
    );
  });

  test("an environment that is not there", async () => {
    const { status, stderr } = await estate(["prove", "prd"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/no such environment: "prd"\. Did you mean "prod"\?/);
  });
});
