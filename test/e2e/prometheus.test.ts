import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { debianProgram } from "../../tools/servers/debian";
import { eventually, type Server, startPrometheus } from "../../tools/servers/prometheus";
import { pathsOf, scratchFolder, write } from "./support/folders";
import { estate, run } from "./support/process";

jest.setTimeout(120_000);
const scratch = scratchFolder("prometheus");

const programs = {
  prometheus: debianProgram({ program: "prometheus", package: "prometheus" }),
  promtool: debianProgram({ program: "promtool", package: "promtool" }),
};
const missing = Object.entries(programs).flatMap(([name, path]) => (path === undefined ? [name] : []));
const { prometheus = "", promtool = "" } = programs;

const ruleFile = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.union([
          z.object({ alert: z.string(), expr: z.string() }),
          z.object({ record: z.string(), expr: z.string() }),
        ]),
      ),
    }),
  ),
});

/** What the API says of rules: Prometheus documentation, HTTP API, "Rules". */
const rulesAnswer = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        file: z.string(),
        interval: z.number(),
        rules: z.array(
          z.object({
            name: z.string(),
            type: z.string(),
            query: z.string(),
            health: z.string(),
            lastError: z.string().optional(),
            labels: z.record(z.string(), z.string()),
          }),
        ),
      }),
    ),
  }),
});

const artifacts = join(scratch, "out", "artifacts");
let files: readonly string[] = [];
const checkRules = (paths: readonly string[]) =>
  run(promtool, ["check", "rules", "--lint=all", "--lint-fatal", ...paths]);

const suite = missing.length === 0 ? describe : describe.skip;
suite(`the rule files in a real Prometheus${missing.map((name) => ` (not run: no ${name})`).join("")}`, () => {
  beforeAll(async () => {
    const { status, stderr } = await estate(["synth", "--out", join(scratch, "out")]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    files = pathsOf(artifacts)
      .filter((path) => path.endsWith(".rules.yaml"))
      .map((path) => join(artifacts, path));
  });

  test("are there for every environment", () => {
    const environments = new Set(files.map((file) => file.slice(artifacts.length + 1).split("/")[0]));
    expect([...environments]).toEqual(["dev", "prod", "staging"]);
  });

  test("are right to promtool, down to what it only warns of", async () => {
    const { status, stdout, stderr } = await checkRules(files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.match(/SUCCESS: [1-9]\d* rules found/g)).toHaveLength(files.length);
  });

  describe("that are made wrong are refused by promtool:", () => {
    const changed = (name: string, change: (rules: z.infer<typeof ruleFile>) => unknown): string =>
      write(
        join(scratch, `${name}.yaml`),
        stringify(change(ruleFile.parse(parse(readFileSync(files[0] ?? "", "utf8"))))),
      );

    test("a rule that is there twice", async () => {
      const twice = changed("twice", ({ groups }) => ({
        groups: groups.map((group) => ({ ...group, rules: [...group.rules, ...group.rules] })),
      }));
      const { status, stdout, stderr } = await checkRules([twice]);
      expect(status).not.toBe(0);
      expect(stdout + stderr).toMatch(/duplicate rule/);
    });

    test("a query that does not parse", async () => {
      const broken = changed("broken", ({ groups }) => ({
        groups: groups.map((group) => ({ ...group, rules: group.rules.map((rule) => ({ ...rule, expr: "sum(" })) })),
      }));
      const { status, stdout, stderr } = await checkRules([broken]);
      expect(status).not.toBe(0);
      expect(stdout + stderr).toMatch(/could not parse expression/);
    });
  });

  describe("once loaded", () => {
    let server: Server | undefined;
    beforeAll(async () => {
      const config = write(join(scratch, "prometheus.yml"), stringify({ rule_files: files }));
      server = await startPrometheus(prometheus, config, join(scratch, "data"));
    });
    afterAll(() => server?.stop());

    test("are all evaluated, each without an error", async () => {
      const answer = async () =>
        rulesAnswer.parse(await (await fetch(`${server?.url}/api/v1/rules`)).json()).data.groups;
      const rules = (groups: Awaited<ReturnType<typeof answer>>) => groups.flatMap((group) => group.rules);
      const isSoon = ({ interval }: { readonly interval: number }): boolean => interval <= 60;
      // A group is first evaluated at a moment of its own within its interval; budgets, every five minutes, are asked below.
      const groups = await eventually(
        75,
        async () => {
          const now = await answer();
          return rules(now.filter(isSoon)).every(({ health }) => health !== "unknown") ? now : undefined;
        },
        () => "some rules are not evaluated yet",
      );

      expect(rules(groups.filter(isSoon)).filter(({ health }) => health !== "ok")).toEqual([]);
      const later = rules(groups.filter((group) => !isSoon(group)));
      expect(later.length).toBeGreaterThan(0);
      for (const { query } of later) {
        const asked = await fetch(`${server?.url}/api/v1/query?${new URLSearchParams({ query })}`);
        expect({ query, status: asked.status }).toEqual({ query, status: 200 });
      }
      const loaded = groups.flatMap(({ file, rules }) => rules.map(({ name }) => `${file}: ${name}`));
      const written = files.flatMap((file) =>
        ruleFile
          .parse(parse(readFileSync(file, "utf8")))
          .groups.flatMap(({ rules }) => rules.map((rule) => `${file}: ${"alert" in rule ? rule.alert : rule.record}`)),
      );
      expect(loaded.sort()).toEqual(written.sort());
      expect(loaded.length).toBeGreaterThan(files.length);
      const kinds = new Set(rules(groups).map(({ type }) => type));
      expect([...kinds].sort()).toEqual(["alerting", "recording"]);
    });

    test("are gone with the server", async () => {
      const { url = "" } = server ?? {};
      expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
      await server?.stop();
      await expect(fetch(`${url}/-/healthy`)).rejects.toThrow();
    });
  });
});
