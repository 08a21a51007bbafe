import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { document, estate, makePlace, type Place, projectRoot, type Run, textOf } from "./cli";

const report = z.strictObject({
  mode: z.literal("offline"),
  unseen: z.array(z.string()).min(1),
  terraform: z.strictObject({ product: z.enum(["Terraform", "OpenTofu"]), version: z.string() }),
  ok: z.boolean(),
  changed: z.boolean(),
  stacks: z.array(
    z.strictObject({
      name: z.string(),
      ok: z.literal(true),
      changed: z.boolean(),
      create: z.number(),
      update: z.number(),
      delete: z.number(),
      replace: z.number(),
      "no-op": z.number(),
      move: z.number(),
      forget: z.number(),
      ms: z.number(),
      resources: z.array(
        z.strictObject({
          address: z.string(),
          action: z.string(),
          place: z.object({ file: z.string(), field: z.string() }),
        }),
      ),
      problems: z.array(z.unknown()),
    }),
  ),
  ms: z.number(),
});

const synthesis = z.object({
  stacks: z.array(z.object({ name: z.string(), resources: z.record(z.string(), z.number()) })),
});

describe("estate plan of the whole estate", () => {
  let place: Place;
  let out: Place;
  let planned: Run;

  beforeAll(async () => {
    place = makePlace();
    out = makePlace();
    planned = await estate(place, ["plan", "--json", "--detailed-exitcode", "--out", out.folder]);
  }, 180_000);

  afterAll(() => {
    place.remove();
    out.remove();
  });

  test("exits 2 with --detailed-exitcode, for there are changes", () => {
    expect(planned).toMatchObject({ code: 2 });
  });

  test("prints one JSON document: every resource of every stack is created, and has a place in the catalog", async () => {
    const { stacks, ok, changed } = report.parse(document(planned.stdout));
    expect({ ok, changed }).toEqual({ ok: true, changed: true });
    const folder = join(out.folder, "synth");
    const synth = await estate(place, ["synth", "--json", "--out", folder]);
    const built = synthesis.parse(document(synth.stdout)).stacks;
    const total = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(stacks.map(({ name, create }) => [name, create])).toEqual(
      built.map(({ name, resources }) => [name, total(resources)]),
    );
    for (const { create, resources, ...counts } of stacks) {
      expect(counts).toMatchObject({ update: 0, delete: 0, replace: 0, "no-op": 0, problems: [] });
      expect(resources).toHaveLength(create);
    }
    expect(stacks.length).toBeGreaterThan(1);
  }, 60_000);

  test("keeps the plan of each stack with --out", () => {
    const { stacks } = report.parse(document(planned.stdout));
    for (const { name, create } of stacks) {
      const plan = z
        .object({ resource_changes: z.array(z.object({ mode: z.string() })), errored: z.boolean() })
        .parse(document(textOf(join(out.folder, name, "plan.json")) ?? ""));
      expect(plan.errored).toBe(false);
      expect(plan.resource_changes.filter(({ mode }) => mode === "managed")).toHaveLength(create);
    }
  });

  test("leaves nothing behind", () => {
    expect(place.leftovers()).toEqual([]);
  });
});

describe("estate plan of one stack", () => {
  test("says in the first and the last line that it is offline, and what it does not see; two at once do not disturb each other", async () => {
    const place = makePlace();
    try {
      const before = readdirSync(join(projectRoot));
      const runs = await Promise.all([estate(place, ["plan", "on-call"]), estate(place, ["plan", "on-call"])]);
      for (const { code, stdout } of runs) {
        const lines = stdout.trimEnd().split("\n");
        expect(code).toBe(0);
        expect(lines[0]).toMatch(/^offline plan with Terraform [\d.]+: no credentials, .* does not see .*drift$/);
        expect(lines.at(-1)).toMatch(/^offline plan: \d+ to create, in [\d.]+ s; not seen: .*drift$/);
        expect(lines.filter((line) => line.startsWith("on-call "))).toHaveLength(1);
      }
      expect(readdirSync(projectRoot)).toEqual(before);
      expect(place.leftovers()).toEqual([]);
    } finally {
      place.remove();
    }
  }, 120_000);

  test("refuses a stack that is not there, and naming both --live and --against", async () => {
    const place = makePlace();
    try {
      expect(await estate(place, ["plan", "prdo"])).toMatchObject({
        code: 1,
        stdout: expect.not.stringContaining("create"),
        stderr: expect.stringMatching(/no stack matches "prdo"\.\s+known: on-call, .*prod/),
      });
      expect(await estate(place, ["plan", "--live", "--against", "HEAD"])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("choose one"),
      });
      expect(place.leftovers()).toEqual([]);
    } finally {
      place.remove();
    }
  }, 60_000);
});
