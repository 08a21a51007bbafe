import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { synthesize } from "../../../tools/synthesize";
import { planOffline } from "../../../tools/terraform/offline-plan";
import type { PlannedStack } from "../../../tools/terraform/plan-stacks";
import { searchPath } from "../../../tools/terraform/search-path";
import { readSynthesized, type SynthesizedFile } from "../../../tools/terraform/synthesized";
import { exampleCatalog } from "../../support/example";
import { makePlace, type Place } from "./cli";

const silent = { note: () => undefined, step: () => undefined, done: () => undefined, stop: () => undefined };

describe("a stack that terraform refuses", () => {
  const catalog = exampleCatalog();
  let place: Place;
  let text: string;
  let runs = 0;

  beforeAll(() => {
    place = makePlace();
    synthesize(catalog, { outdir: join(place.folder, "out"), stacks: ["prod", "on-call"] });
    text = readFileSync(join(place.folder, "out", "stacks", "prod", "cdk.tf.json"), "utf8");
  });

  afterAll(() => place.remove());

  /** Plans a stack of this text, against one of another if there is one. */
  async function planOf(stack: string, against?: string): Promise<PlannedStack> {
    const { signal } = new AbortController();
    const root = join(place.folder, String(++runs));
    const onCall = readSynthesized(join(place.folder, "out")).filter(({ name }) => name === "on-call");
    // As deep as the synthesized ones: the paths of local states are relative.
    const file = (name: string, content: string): SynthesizedFile => {
      const folder = join(place.folder, `${name}-${runs}`, "stacks", "prod");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cdk.tf.json"), content);
      return { name: "prod", dependsOn: ["on-call"], folder, text: content };
    };
    const [, planned] = await planOffline({
      catalog,
      stacks: [...onCall, file("head", stack)],
      against: against === undefined ? [] : [...onCall, file("base", against)],
      root,
      environment: process.env,
      terraform: {
        path: searchPath("terraform", process.env["PATH"]) ?? "terraform",
        product: "Terraform",
        version: "1.10.0",
      },
      interruption: { interrupt: signal, kill: signal, signal: () => undefined },
      progress: silent,
    });
    if (planned === undefined) throw new Error("nothing was planned");
    return planned;
  }

  /** The stack with something else in the monitor of the alert ErrorLogs. */
  const withMonitor = (change: (body: Record<string, unknown>) => Record<string, unknown>): string => {
    const document: { resource: Record<string, Record<string, Record<string, unknown>>> } & Record<string, unknown> =
      JSON.parse(text);
    const monitors = document.resource["datadog_monitor"] ?? {};
    const [[name, body] = ["", {}]] = Object.entries(monitors);
    return JSON.stringify(
      { ...document, resource: { ...document.resource, datadog_monitor: { ...monitors, [name]: change(body) } } },
      undefined,
      2,
    );
  };

  const alert = { file: catalog.services[0]?.file, service: "shop", rule: "ErrorLogs" };

  test.each([
    ["an unknown argument", { bogus: 1 }, /Extraneous JSON object property|Unsupported argument/, "bogus"],
    ["a wrong type", { include_tags: "perhaps" }, /Incorrect attribute value type/, "include_tags"],
    ["a dangling reference", { message: "${aws_kms_key.nowhere.arn}" }, /Reference to undeclared resource/, "message"],
    ["a value that is not allowed", { type: "metric alrt" }, /type/, "type"],
  ])(
    "for %s: the alert is named",
    async (_, more, summary, field) => {
      const { plan } = await planOf(withMonitor((body) => ({ ...body, ...more })));
      expect(plan.kind).toBe("failed");
      if (plan.kind !== "failed") return;
      const [problem] = plan.problems;
      expect(problem?.summary).toMatch(summary);
      expect(problem?.places).toEqual([
        expect.objectContaining({
          ...alert,
          field: expect.stringMatching(new RegExp(`^datadog_monitor\\.\\w+(\\.${field})?$`)),
        }),
      ]);
    },
    60_000,
  );

  test("for a missing argument: the alert is named", async () => {
    const { plan } = await planOf(withMonitor(({ query: _, ...body }) => body));
    expect(plan).toMatchObject({
      kind: "failed",
      problems: [{ severity: "error", summary: "Missing required argument", places: [alert] }],
    });
  }, 60_000);

  test("for a cycle: all in it are named", async () => {
    const name = /"(datadog_shop_ErrorLogs_\w+)"/.exec(text)?.[1] ?? "";
    const document: { resource: Record<string, Record<string, Record<string, unknown>>> } & Record<string, unknown> =
      JSON.parse(withMonitor((body) => ({ ...body, message: "${aws_prometheus_workspace.other.arn}" })));
    const workspaces = {
      other: { "//": { metadata: { path: "prod/other" } }, alias: `\${datadog_monitor.${name}.id}` },
    };
    const resource = {
      ...document.resource,
      aws_prometheus_workspace: { ...document.resource["aws_prometheus_workspace"], ...workspaces },
    };
    const { plan } = await planOf(JSON.stringify({ ...document, resource }));
    expect(plan).toMatchObject({ kind: "failed", problems: [{ summary: expect.stringMatching(/^Cycle: /) }] });
    expect(plan.kind === "failed" && plan.problems[0]?.places).toContainEqual(expect.objectContaining(alert));
  }, 60_000);

  test("for a resource that is there twice: the alert is named", async () => {
    const document: { resource: Record<string, Record<string, unknown>> } = JSON.parse(text);
    const [[name, body] = ["", {}]] = Object.entries(document.resource["datadog_monitor"] ?? {});
    const twice = text.replace(
      '"datadog_monitor": {',
      (start) => `${start}\n${JSON.stringify(name)}: ${JSON.stringify(body)},\n`,
    );
    expect(twice).not.toBe(text);
    const { plan } = await planOf(twice);
    expect(plan).toMatchObject({
      kind: "failed",
      problems: expect.arrayContaining([
        expect.objectContaining({
          summary: expect.stringMatching(/^Duplicate resource/),
          places: [expect.objectContaining(alert)],
        }),
      ]),
    });
  }, 60_000);

  test("and one that only moved destroys nothing", async () => {
    const name = /"(datadog_shop_ErrorLogs_\w+)"/.exec(text)?.[1] ?? "";
    const renamed: Record<string, unknown> = JSON.parse(text.replaceAll(name, "datadog_shop_Renamed"));
    const moved = [{ from: `datadog_monitor.${name}`, to: "datadog_monitor.datadog_shop_Renamed" }];
    const { plan } = await planOf(JSON.stringify({ ...renamed, moved }), text);
    expect(plan.kind === "planned" && plan.changes.filter(({ action }) => action !== "no-op")).toEqual([
      { address: "datadog_monitor.datadog_shop_Renamed", action: "move", previousAddress: `datadog_monitor.${name}` },
    ]);
  }, 60_000);

  test("and one that only Terraform can evaluate is laid down by applying it", async () => {
    const computed = withMonitor((body) => ({ ...body, name: '${upper("errors")}' }));
    const { plan } = await planOf(computed, computed);
    expect(plan).toMatchObject({ kind: "planned", changed: false });
  }, 60_000);
});
