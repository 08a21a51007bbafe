import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { type Checkout, makeCheckout } from "./checkout";
import { document, estate, makePlace, type Place, type Run } from "./cli";

const report = z.object({
  against: z.object({ revision: z.string(), commit: z.string() }),
  changed: z.boolean(),
  stacks: z.array(
    z.object({
      name: z.string(),
      create: z.number(),
      update: z.number(),
      delete: z.number(),
      replace: z.number(),
      "no-op": z.number(),
      resources: z.array(
        z.object({ address: z.string(), action: z.string(), place: z.record(z.string(), z.string()).optional() }),
      ),
    }),
  ),
});

const terraformPlan = z.object({
  resource_changes: z.array(
    z.object({
      address: z.string(),
      previous_address: z.string().optional(),
      type: z.string(),
      change: z.object({ actions: z.array(z.string()) }),
    }),
  ),
});

/** What `terraform show -json` says of every resource. */
const changesIn = (file: string) => terraformPlan.parse(JSON.parse(readFileSync(file, "utf8"))).resource_changes;

/** What a rename may do to a resource; `read` is a data source's. */
const harmless = new Set(["no-op", "update", "read"]);

/** The types of which a service has resources of its own, in each stack. */
const ofEnvironment = new Set([
  "aws_ssm_parameter",
  "datadog_logs_metric",
  "aws_cloudwatch_log_data_protection_policy",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_query_definition",
  "aws_prometheus_rule_group_namespace",
  "datadog_monitor",
  "grafana_dashboard",
]);
const movedTypes = new Map([
  ["on-call", new Set(["pagerduty_service"])],
  ["dev", ofEnvironment],
  ["prod", ofEnvironment],
]);

const lab = `      lab: {
        account: "333333333333",
        region: "eu-west-1",
        retentionDays: 7,
        grafana: "https://grafana.example.com",
      },
`;

describe("estate plan --against", () => {
  let place: Place;
  let home: Place;
  let checkout: Checkout;
  let first: string;

  beforeAll(() => {
    place = makePlace();
    home = makePlace();
    checkout = makeCheckout(home.folder);
    first = execFileSync("git", ["rev-parse", "HEAD"], { cwd: home.folder, encoding: "utf8" }).trim();
  }, 60_000);

  afterAll(() => {
    place.remove();
    home.remove();
  });

  // The next test finds the first commit again, and nobody finds anything of the runs.
  afterEach(() => {
    execFileSync("git", ["reset", "--quiet", "--hard", first], { cwd: home.folder });
    expect(place.leftovers()).toEqual([]);
    expect(
      execFileSync("git", ["worktree", "list"], { cwd: home.folder, encoding: "utf8" }).trim().split("\n"),
    ).toHaveLength(1);
  });

  const plan = (...args: readonly string[]): Promise<Run> =>
    estate(place, ["plan", "--catalog", "test/support/example-catalog.ts", ...args], { root: home.folder });

  test("the same revision: no changes, exit code 0", async () => {
    const run = await plan("--against", "HEAD", "--json", "--detailed-exitcode");
    expect(run).toMatchObject({ code: 0 });
    const { changed, stacks, against } = report.parse(document(run.stdout));
    expect({ changed, against }).toEqual({ changed: false, against: { revision: "HEAD", commit: first } });
    expect(stacks.map(({ name }) => name)).toEqual(["on-call", "dev", "prod"]);
    for (const stack of stacks) {
      expect(stack).toMatchObject({ create: 0, update: 0, delete: 0, replace: 0, resources: [] });
      expect(stack["no-op"]).toBeGreaterThan(5);
    }
  }, 120_000);

  test("one threshold of the working tree: exactly one update, of that alert, exit code 2", async () => {
    checkout.replace("test/support/example.ts", '.above("10")', '.above("20")');
    const run = await plan("prod", "--against", "HEAD", "--json", "--detailed-exitcode");
    expect(run).toMatchObject({ code: 2 });
    const { stacks } = report.parse(document(run.stdout));
    expect(stacks).toMatchObject([{ name: "prod", create: 0, update: 1, delete: 0, replace: 0 }]);
    expect(stacks[0]?.resources).toEqual([
      {
        address: expect.stringMatching(/^datadog_monitor\./),
        action: "update",
        place: expect.objectContaining({
          file: join("test", "support", "example.ts"),
          service: "shop",
          rule: "ErrorLogs",
        }),
      },
    ]);
  }, 120_000);

  test("a new name of a log group: a replacement, and nothing lost elsewhere", async () => {
    checkout.replace("test/support/example.ts", "logGroup: `/ecs/${name}`", "logGroup: `/ecs/new-${name}`");
    const run = await plan("prod", "--against", "HEAD", "--json");
    const { stacks } = report.parse(document(run.stdout));
    const replaced = stacks[0]?.resources.filter(({ action }) => action === "replace") ?? [];
    expect(replaced.map(({ address }) => address)).toContainEqual(expect.stringMatching(/^aws_cloudwatch_log_group\./));
    expect(stacks[0]).toMatchObject({ create: 0, delete: 0 });
  }, 120_000);

  test("a service more and one less, between two commits: its resources, in the stack that others read too", async () => {
    checkout.replace(
      "test/support/example.ts",
      "readonly Service[] = [exampleService()]",
      'readonly Service[] = [exampleService(), exampleService({}, "warehouse")]',
    );
    checkout.commit("a service more");
    const more = report.parse(document((await plan("--against", "HEAD~1", "--json")).stdout)).stacks;
    const named = (name: string) => more.find((stack) => stack.name === name);
    expect(named("on-call")).toMatchObject({ create: 1, delete: 0 });
    expect(named("prod")?.create).toBeGreaterThan(5);
    expect(named("prod")).toMatchObject({ delete: 0, replace: 0 });

    execFileSync("git", ["reset", "--quiet", "--hard", "HEAD~1"], { cwd: home.folder });
    const less = report.parse(document((await plan("--against", "HEAD@{1}", "--json")).stdout)).stacks;
    expect(less.map(({ create }) => create)).toEqual([0, 0, 0]);
    expect(less.map((stack) => stack.delete)).toEqual(more.map(({ create }) => create));
  }, 180_000);

  test("a renamed service: its resources are moved, and none of any type is deleted, replaced or created", async () => {
    checkout.replace("test/support/example.ts", 'name = "shop"', 'name = "store"');
    checkout.replace("test/support/example.ts", "logGroup: `/ecs/${name}`", 'logGroup: "/ecs/shop"');
    checkout.replace("test/support/example.ts", "    tier: 1,\n", '    tier: 1,\n    renamedFrom: "shop",\n');
    const kept = join(place.folder, "plans");
    const { stacks } = report.parse(document((await plan("--against", "HEAD", "--json", "--out", kept)).stdout));
    for (const { name, ...stack } of stacks) {
      expect(stack).toMatchObject({ create: 0, delete: 0, replace: 0 });
      const changes = changesIn(join(kept, name, "plan.json"));
      // Terraform's own word, and not only our reading of it.
      expect(changes.flatMap(({ change: { actions } }) => actions).filter((action) => !harmless.has(action))).toEqual(
        [],
      );
      const moved = changes.filter(({ previous_address }) => previous_address !== undefined);
      const ofService = changes.filter(({ address }) => /[_-]store[_-]/.test(address));
      expect(moved.map(({ address }) => address)).toEqual(ofService.map(({ address }) => address));
      expect(new Set(moved.map(({ type }) => type))).toEqual(movedTypes.get(name));
    }
    rmSync(kept, { recursive: true });
  }, 120_000);

  test("an environment less: its whole stack is deleted", async () => {
    checkout.replace("test/support/example.ts", "      dev: {\n", `${lab}      dev: {\n`);
    const more = checkout.commit("an environment more");
    execFileSync("git", ["reset", "--quiet", "--hard", first], { cwd: home.folder });
    const { stacks } = report.parse(document((await plan("--against", more, "--json")).stdout));
    const gone = stacks.find(({ name }) => name === "lab");
    expect(gone).toMatchObject({ create: 0, update: 0, replace: 0, "no-op": 0 });
    expect(gone?.delete).toBeGreaterThan(5);
    expect(stacks.find(({ name }) => name === "prod")).toMatchObject({ delete: 0 });
  }, 120_000);

  test("a revision that is not there, or does not synthesize, is told in words", async () => {
    expect(await plan("--against", "nowhere")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--against nowhere: there is no such revision"),
    });
    expect(await plan("--against", "--upload-pack=evil")).toMatchObject({ code: 1 });

    checkout.replace("test/support/example.ts", 'team: "backend"', 'team: "nobody"');
    checkout.commit("refused");
    checkout.replace("test/support/example.ts", 'team: "nobody"', 'team: "backend"');
    expect(await plan("--against", "HEAD")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--against HEAD: it does not synthesize\n[\s\S]*nobody/),
    });

    rmSync(join(home.folder, "main.ts"));
    checkout.commit("no main");
    execFileSync("git", ["checkout", "--quiet", first, "--", "main.ts"], { cwd: home.folder });
    expect(await plan("--against", "HEAD")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--against HEAD: it has no main.ts"),
    });
  }, 120_000);
});
