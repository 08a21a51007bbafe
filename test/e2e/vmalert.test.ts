import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { prometheusArtifacts } from "../../constructs/prometheus/rule-file";
import { estateOf } from "../../model/estate";
import { suitesOf } from "../../proof/suite";
import { debianProgram } from "../../tools/servers/debian";
import { scratchFolder, write } from "./support/folders";
import { run } from "./support/process";

/*
 * A second implementation of rules: VictoriaMetrics' vmalert reads every rule file, and an alert of each kind is proven by it with the
 * tests that promtool runs. Its language is MetricsQL, whose rate() and increase() also look at the sample before the window and
 * extrapolate nothing: alerts on those have other numbers there, and are Prometheus' alone to prove. Source: VictoriaMetrics, "MetricsQL".
 */

const scratch = scratchFolder("vmalert");
const programs = {
  vmalert: debianProgram({ program: "vmalert", package: "victoria-metrics" }),
  "vmalert-tool": debianProgram({ program: "vmalert-tool", package: "victoria-metrics" }),
};
const { vmalert = "", "vmalert-tool": tool = "" } = programs;
const missing = Object.entries(programs).flatMap(([name, path]) => (path === undefined ? [name] : []));

const estates = catalog.environments.map((environment) => estateOf(catalog, environment));

/** An alert of each kind of condition. */
const kinds = {
  "a threshold": ["app-service", "MemoryUsageHigh"],
  "a ratio": ["database", "DatabaseConnectionsNearLimit"],
  "a range": ["hosts", "HostClockSkew"],
  "an absence": ["celery-worker", "CeleryQueueUnseen"],
  "a forecast and a level": ["hosts", "DiskFullInHours"],
  "an anomaly": ["analytics-backend", "ActiveUsersDropped"],
} as const;

const suites = estates
  .filter(({ environment }) => environment.production)
  .flatMap((estate) => suitesOf(estate, { cases: [], mutants: false, evaluation: { closed: true } }));

/** Writes the files that prove an alert, each changed or not; returns the paths of those that are tests. */
function testsOf([service, alert]: readonly [string, string], folder: string, changed = (text: string) => text) {
  const files = suites.find(({ name }) => name === `prod/${service}`)?.files ?? [];
  return files
    .filter(({ name }) => name.startsWith(`${alert}.`))
    .map(({ name, content }) =>
      // Expressions have its own language's name there.
      write(join(scratch, folder, name), changed(content).replaceAll("promql_expr_test:", "metricsql_expr_test:")),
    )
    .filter((path) => path.endsWith(".test.yaml"));
}
const prove = (files: readonly string[]) =>
  run(tool, ["unittest", "--disableAlertgroupLabel", ...files.map((file) => `--files=${file}`)]);

const suite = missing.length === 0 ? describe : describe.skip;
suite(`vmalert${missing.map((name) => ` (not run: no ${name})`).join("")}`, () => {
  test("reads the rule files of every environment", async () => {
    const files = estates.flatMap((estate) =>
      prometheusArtifacts(estate).map(({ path, content }) =>
        write(join(scratch, estate.environment.name, path), content),
      ),
    );
    expect(files.length).toBeGreaterThan(20);
    const { status, stderr } = await run(vmalert, ["-dryRun", ...files.map((file) => `-rule=${file}`)]);
    const problems = stderr.split("\n").filter((line) => /\t(warn|error|fatal)\t/.test(line));
    expect({ status, problems }).toEqual({ status: 0, problems: [] });
    expect(stderr.match(/finished reading 1 files/g)).toHaveLength(files.length);

    const broken = write(
      join(scratch, "broken.yaml"),
      "groups: [{ name: a, rules: [{ alert: A, expr: 'sum(up > 1' }] }]",
    );
    const refused = await run(vmalert, ["-dryRun", `-rule=${broken}`]);
    expect({ ok: refused.status === 0, said: refused.stderr }).toEqual({
      ok: false,
      said: expect.stringContaining("bad prometheus expr"),
    });
  });

  test(`shows what promtool shows of ${Object.keys(kinds).join(", of ")}: silent, firing, resolved`, async () => {
    const files = Object.values(kinds).flatMap((alert) => testsOf(alert, "proofs"));
    const { status, stdout } = await prove(files);
    expect({ status, stdout, proven: stdout.match(/SUCCESS/g)?.length }).toEqual({
      status: 0,
      stdout,
      proven: Object.keys(kinds).length,
    });
  });

  test("contradicts a rule with a mistake in it", async () => {
    const [service, alert] = kinds["a threshold"];
    const doubled = (text: string): string => text.replace("> 1000000000", "> 2000000000");
    const { status, stdout } = await prove(testsOf([service, alert], "mistaken", doubled));
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining("got:[]") });
  });
});
