import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { z } from "zod";
import { systemNames, systemOf } from "../../tools/systems";
import { bytesOf, pathsOf, scratchFolder, write } from "./support/folders";
import { estate, exampleCatalogFile } from "./support/process";

jest.setTimeout(60_000);
const scratch = scratchFolder("command-line");
const example = ["--catalog", exampleCatalogFile] as const;

/** What `synth --json` prints, and no key more. */
const synthesis = z.strictObject({
  stacks: z.array(z.strictObject({ name: z.string(), resources: z.record(z.string(), z.number().int().positive()) })),
  ms: z.number().int().nonnegative(),
});

describe("help", () => {
  test("of estate names every command and variable", async () => {
    const { status, stdout, stderr } = await estate(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of [
      "synth",
      "check",
      "list",
      "prove",
      "plan",
      "deploy",
      "test",
      "ESTATE_CATALOG",
      "ESTATE_STACKS",
      "CDKTF_OUTDIR",
    ])
      expect(stdout).toContain(`\n  ${name}`);
  });

  test.each([
    ["synth", ["[stacks...]", "--catalog <file>", "--out <folder>", "--json"]],
    ["check", ["[files...]", "--catalog <file>", "--format <form>", "--json", "--scrape-interval <duration>"]],
    ["list", ["--catalog <file>", "--json"]],
    ["prove", ["[environments...]", "--catalog <file>", "--no-mutants", "--json"]],
    ["plan", ["[stacks...]", "--against <revision>", "--live", "--out <folder>", "--detailed-exitcode", "--json"]],
    ["deploy", ["<stacks...>", "--yes"]],
    ["test", ["[jest...]"]],
  ])("of %s names what it takes", async (command, named) => {
    const { status, stdout, stderr } = await estate([command, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Usage: estate ${command} `));
    for (const text of named) expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe("a command line that asks for what is not there", () => {
  test.each([
    ["an unknown command", ["snyth"], /^error: unknown command 'snyth'\n\(Did you mean synth\?\)/],
    ["an unknown option", ["synth", "--jsn"], /^error: unknown option '--jsn'\n\(Did you mean --json\?\)/],
    ["an option without its value", ["synth", "--out"], /^error: option '--out <folder>' argument missing/],
    ["too much", ["list", "alerts", "prod"], /^error: too many arguments for 'list'/],
    ["a list of what is none", ["list", "prod"], /Allowed choices are services, alerts\./],
    [
      "an environment that is none",
      ["list", "alerts", "--environment", "prd"],
      /no environment "prd".* Did you mean "prod"\?/,
    ],
    ["an interval that is none", ["check", "--scrape-interval", "5x", "a"], /"5x" is not a duration/],
    ["a form that is none", ["check", "--format", "xml", "a"], /Allowed choices are text, json, github/],
    [
      "no stack",
      ["synth", "prd", ...example],
      /no stack matches "prd"\. Did you mean "prod"\?\n {2}known: on-call, dev, prod/,
    ],
    ["no catalog", ["check", "--catalog", join(scratch, "nowhere.ts")], /^error: no such catalog: .*nowhere\.ts\n$/],
  ])("such as %s exits 1 and says so", async (_, args, expected) => {
    const { status, stdout, stderr } = await estate(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("points to the help where the command line itself is wrong", async () => {
    expect((await estate(["nope"])).stderr).toContain("(--help tells what is known)");
  });

  test("in a variable tells all that are of the wrong form", async () => {
    const env = { ESTATE_CATALOG: "", CDKTF_OUTDIR: " ", ESTATE_STACKS: "a b" };
    const { status, stdout, stderr } = await estate(["synth"], { env });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    for (const name of Object.keys(env)) expect(stderr).toContain(`environment variable ${name}: must be `);
  });
});

describe("a catalog that does not load", () => {
  test.each([
    [
      "does not parse",
      "export default {\n  services: [\n    shop shelf",
      /:3: the catalog does not load: Expected "\]" but found "shelf"; npx tsc/,
    ],
    ["asks for a module that is not there", 'import "./servces";', /:1: .*: Cannot find module '\.\/servces'; npx tsc/],
    ["throws", "const x: any = null;\nexport default x.y;", /:2: .*: TypeError: Cannot read properties of null/],
  ])("because it %s is told with its line, and no trace", async (name, text, expected) => {
    const catalog = write(join(scratch, name, "catalog.ts"), text);
    const { status, stdout, stderr } = await estate(["check", "--catalog", catalog]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^error: \S*(?: \S+)*\/catalog\.ts:/);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("synth", () => {
  test("of the real catalog prints one JSON document and nothing else", async () => {
    const out = join(scratch, "json");
    const { status, stdout, stderr } = await estate(["synth", "--json", "--out", out]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toHaveLength(1);
    const { stacks } = synthesis.parse(JSON.parse(stdout));
    expect(stacks.map(({ name }) => name)).toEqual(["on-call", "dev", "staging", "prod"]);
    for (const { name, resources } of stacks) {
      const { resource } = JSON.parse(readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8"));
      const counted = Object.entries(z.record(z.string(), z.record(z.string(), z.unknown())).parse(resource)).map(
        ([type, instances]) => [type, Object.keys(instances).length],
      );
      expect(resources).toEqual(Object.fromEntries(counted));
      expect(Object.keys(resources).map(systemOf)).not.toContain("other");
    }
  });

  test("builds what the globs select, the same as when it builds all, and the rest is gone", async () => {
    const out = join(scratch, "globs");
    expect((await estate(["synth", ...example, "--out", out])).status).toBe(0);
    const all = bytesOf(join(out, "stacks"));
    expect(Object.keys(all)).toEqual(["dev/cdk.tf.json", "on-call/cdk.tf.json", "prod/cdk.tf.json"]);

    const { status, stdout } = await estate(["synth", "p*", ...example, "--out", out, "--json"]);
    expect(status).toBe(0);
    expect(synthesis.parse(JSON.parse(stdout)).stacks.map(({ name }) => name)).toEqual(["prod"]);
    expect(pathsOf(out)).toEqual([
      "artifacts/prod/alertmanager/alertmanager.yaml",
      "artifacts/prod/fluent-bit/shop/fluent-bit.conf",
      "artifacts/prod/fluent-bit/shop/parsers.conf",
      "artifacts/prod/fluent-bit/shop/task-definition.json",
      "artifacts/prod/fluentd/Gemfile",
      "artifacts/prod/fluentd/fluentd.conf",
      "artifacts/prod/logs/capacity.md",
      "artifacts/prod/prometheus/collector.yml",
      "artifacts/prod/prometheus/prometheus.args",
      "artifacts/prod/prometheus/prometheus.yml",
      "artifacts/prod/prometheus/shop.rules.yaml",
      "artifacts/prod/prometheus/weekly_summary.rules.yaml",
      "artifacts/prod/runtime/shop.env",
      "manifest.json",
      "stacks/prod/cdk.tf.json",
    ]);
    expect(bytesOf(join(out, "stacks"))["prod/cdk.tf.json"]).toBe(all["prod/cdk.tf.json"]);
  });

  test("takes catalog, folder and stacks from the environment, and its own options before them", async () => {
    const env = { ESTATE_CATALOG: exampleCatalogFile, CDKTF_OUTDIR: join(scratch, "env"), ESTATE_STACKS: "dev,on-*" };
    expect((await estate(["synth"], { env })).status).toBe(0);
    expect(pathsOf(join(scratch, "env", "stacks"))).toEqual(["dev/cdk.tf.json", "on-call/cdk.tf.json"]);

    expect((await estate(["synth", "prod", "--out", join(scratch, "option")], { env })).status).toBe(0);
    expect(pathsOf(join(scratch, "option", "stacks"))).toEqual(["prod/cdk.tf.json"]);
  });

  test("tells people the resources of each system, and their sum", async () => {
    const { status, stdout, stderr } = await estate(["synth", ...example, "--out", "table"], { cwd: scratch });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [head = "", ...lines] = stdout.trimEnd().split("\n");
    expect(head.split(/ +/)).toEqual(["stack", ...systemNames, "total"]);
    const rows = lines
      .slice(0, 3)
      .map((line) => line.split(/ +/).map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)));
    expect(rows.map(([name]) => name)).toEqual(["on-call", "dev", "prod"]);
    let all = 0;
    for (const [, ...counts] of rows) {
      const numbers = z
        .array(z.number())
        .length(systemNames.length + 1)
        .parse(counts);
      expect(numbers.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(numbers.at(-1));
      all += numbers.at(-1) ?? 0;
    }
    expect(all).toBeGreaterThan(0);
    expect(lines.slice(3)).toEqual([
      "",
      expect.stringMatching(new RegExp(`^table: ${all} resources in \\d+\\.\\d\\d s$`)),
    ]);
  });
});
