import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import shipped from "../../../catalog/catalog";
import { alert } from "../../../model/alert";
import type { Catalog } from "../../../model/catalog";
import { keepPlannedOutputs, resolveRemoteStates, type StackCopy } from "../../../offline/workspace";
import { synthesize } from "../../../tools/synthesize";
import { datadogAlerts, gauges } from "../../support/datadog-alerts";
import { example, exampleCatalog, exampleService } from "../../support/example";
import opsgenieCatalog from "../../support/opsgenie-catalog";
import { type Configuration, plannedActions, type Rig, startRig, unwrap } from "./rig";

/** The stacks of a catalog, the first the one that all others depend on. */
function stacksOf(catalog: Catalog): Readonly<Record<string, Configuration>> {
  const outdir = mkdtempSync(join(tmpdir(), "estate-synthesized-"));
  try {
    const { stacks } = synthesize(catalog, { outdir, stacks: [] });
    return Object.fromEntries(
      stacks.map(({ name }) => [name, JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"))]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const changesOf = (actions: Readonly<Record<string, string>>): readonly string[] => [
  ...new Set(Object.values(actions).filter((action) => action !== "no-op" && action !== "read")),
];

async function apply(rig: Rig, copy: StackCopy): Promise<void> {
  resolveRemoteStates(copy, rig.copies);
  expect(await rig.terraform(copy.name, "apply", "-auto-approve", "-input=false")).toMatchObject({
    code: 0,
    stderr: "",
  });
}

describe.each([
  ["shipped", shipped],
  ["of the tests", exampleCatalog()],
  ["that Opsgenie calls for", opsgenieCatalog],
  [
    "of every kind that Datadog evaluates",
    exampleCatalog([exampleService({ telemetry: [example, gauges], alerts: datadogAlerts })]),
  ],
])("the whole estate %s", (_, catalog) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(stacksOf(catalog));
    for (const { name } of rig.copies) {
      expect(await rig.terraform(name, "init", "-input=false")).toMatchObject({ code: 0, stderr: "" });
    }
  }, 180_000);
  afterAll(() => rig.close());

  test("is derived without a doubt", () => {
    expect(rig.offline.warnings).toEqual([]);
  });

  test("is valid, and planned before anything is there", async () => {
    for (const copy of rig.copies) {
      expect(await rig.terraform(copy.name, "validate")).toMatchObject({ code: 0, stderr: "" });
      expect(resolveRemoteStates(copy, rig.copies)).toEqual([]);
      expect(changesOf(await plannedActions(rig, copy.name))).toEqual(["create"]);
      unwrap(keepPlannedOutputs(copy, (await rig.terraform(copy.name, "show", "-json", "plan")).stdout));
    }
  }, 180_000);

  test("is applied, and then there is nothing left to do", async () => {
    for (const copy of rig.copies) rmSync(join(copy.folder, "planned-outputs.tfstate"));
    for (const copy of rig.copies) {
      await apply(rig, copy);
      expect((await rig.terraform(copy.name, "plan", "-detailed-exitcode")).code).toBe(0);
    }
  }, 180_000);

  test("is destroyed", async () => {
    for (const { name } of [...rig.copies].reverse()) {
      expect(await rig.terraform(name, "destroy", "-auto-approve")).toMatchObject({ code: 0, stderr: "" });
    }
  }, 180_000);
});

describe("one threshold, changed in the catalog", () => {
  const withThreshold = (threshold: string): Readonly<Record<string, Configuration>> => {
    const highErrorRate = alert("HighErrorRate", {
      when: `error_rate > ${threshold}`,
      for: "5m",
      severity: "SEV-2",
      summary: "{value} of requests fail",
      runbook: "https://runbooks.example.com/high-error-rate",
    });
    return stacksOf(exampleCatalog([exampleService({ alerts: [highErrorRate] })]));
  };
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(withThreshold("1%"));
    for (const copy of rig.copies) {
      expect(await rig.terraform(copy.name, "init", "-input=false")).toMatchObject({ code: 0, stderr: "" });
      await apply(rig, copy);
    }
  }, 180_000);
  afterAll(() => rig.close());

  test("is exactly one update in each environment", async () => {
    const changed = withThreshold("2%");
    for (const { name } of rig.copies) {
      rig.configure(name, changed[name] ?? {});
      const actions = await plannedActions(rig, name);
      const updates = Object.entries(actions).filter(([, action]) => action !== "no-op");
      const expected =
        name === "on-call" ? [] : [[expect.stringMatching(/^aws_prometheus_rule_group_namespace\./), "update"]];
      expect(updates).toEqual(expected);
    }
  });
});

describe("a dashboard that everybody may see", () => {
  let rig: Rig;
  beforeAll(async () => {
    const { access } = opsgenieCatalog;
    const over = access.sharing.map((rule) => ({ ...rule, since: "2020-01-06", until: "2020-02-06" }));
    rig = await startRig({
      running: stacksOf(opsgenieCatalog)["prod"] ?? {},
      over: stacksOf({ ...opsgenieCatalog, access: { ...access, sharing: over } })["prod"] ?? {},
    });
  }, 180_000);
  afterAll(() => rig.close());

  test.each([
    ["running", false],
    ["over", true],
  ] as const)("whose time is %s: the plan warns of it, and goes through: %s", async (stack, warns) => {
    expect(await rig.terraform(stack, "init", "-input=false")).toMatchObject({ code: 0, stderr: "" });
    const copy = rig.copies.find(({ name }) => name === stack);
    if (copy !== undefined) resolveRemoteStates(copy, rig.copies);
    const { code, stdout, stderr } = await rig.terraform(stack, "plan", "-input=false", "-refresh=false");
    expect({ code, warned: /was to end on 2020-02-06/.test((stdout + stderr).replaceAll(/\s+/g, " ")) }).toEqual({
      code: 0,
      warned: warns,
    });
  });
});
