import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { type Offline, startOffline, type TypesInUse } from "../../../offline/offline";
import { estateBindings } from "../../../offline/schema/bindings";
import { typesInUse } from "../../../offline/schema/types-in-use";
import { layOutStacks, resolveRemoteStates, type StackCopy } from "../../../offline/workspace";
import { layDownStates } from "../../../tools/terraform/lay-down";
import { readSynthesized } from "../../../tools/terraform/synthesized";
import { run, unwrap } from "../offline/rig";
import { estate, makePlace, projectRoot } from "./cli";

const state = z.object({
  outputs: z.record(z.string(), z.unknown()),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      provider: z.string(),
      instances: z.array(
        z.object({
          schema_version: z.number(),
          attributes: z.record(z.string(), z.unknown()),
          sensitive_attributes: z.array(z.unknown()).default([]),
          dependencies: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

/** The managed resources and outputs of a state, in an order of their own; the order of sensitive paths means nothing. */
function contentOf(text: string) {
  const { outputs, resources } = state.parse(JSON.parse(text));
  const managed = resources
    .filter(({ mode }) => mode === "managed")
    .map(({ instances, ...resource }) => ({
      ...resource,
      instances: instances.map((instance) => ({
        ...instance,
        sensitive_attributes: instance.sensitive_attributes.map((path) => JSON.stringify(path)).sort(),
        // Ours has no data sources, for every plan reads them anew.
        dependencies: instance.dependencies.filter((address) => !address.startsWith("data.terraform_remote_state.")),
      })),
    }));
  return { outputs, resources: Object.fromEntries(managed.map((one) => [`${one.type}.${one.name}`, one])) };
}

async function withOffline<T>(types: TypesInUse, work: (offline: Offline) => Promise<T>): Promise<T> {
  const cacheDir = join(projectRoot, ".cache", "offline");
  const offline = await startOffline({ providers: estateBindings(projectRoot), types, cacheDir });
  try {
    return await work(offline);
  } finally {
    await offline.stop();
  }
}

describe("a state that is laid down", () => {
  let folder: string;
  let laidDown: ReadonlyMap<string, string>;
  let applied: readonly StackCopy[];
  let milliseconds: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "laid-down-"));
    const place = makePlace();
    const synth = await estate(place, ["synth", "--out", join(folder, "out")]);
    place.remove();
    if (synth.code !== 0) throw new Error(synth.stderr);
    const stacks = readSynthesized(join(folder, "out"));
    const types = unwrap(typesInUse(stacks.map(({ text }) => text)));
    const { signal } = new AbortController();

    const states = await withOffline(types, (offline) => {
      const start = performance.now();
      const ended = layDownStates({
        stacks,
        root: join(folder, "laid-down"),
        offline,
        // Nothing may be applied here: a stack that cannot be computed fails.
        terraform: { path: "/bin/false", product: "Terraform", version: "1.10.0" },
        environment: {},
        interruption: { interrupt: signal, kill: signal, signal: () => undefined },
      });
      return ended.finally(() => {
        milliseconds = performance.now() - start;
      });
    });
    laidDown = unwrap(states);
    applied = unwrap(layOutStacks(join(folder, "applied"), stacks));
    for (const copy of applied) {
      resolveRemoteStates(copy, applied);
      // Each with a provider of its own: what is the same in two stacks would get other made-up ids in the second.
      await withOffline(types, async (offline) => {
        for (const args of [
          ["init", "-input=false"],
          ["apply", "-auto-approve", "-input=false"],
        ]) {
          const ended = await run(["terraform", ...args, "-no-color"], copy.folder, offline.environment(process.env));
          if (ended.code !== 0) throw new Error(`${copy.name}: ${ended.stderr}`);
        }
      });
    }
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is the one that terraform apply writes, for every stack of the estate", () => {
    expect(applied.length).toBeGreaterThan(1);
    for (const { name, stateFile } of applied) {
      const computed = contentOf(readFileSync(laidDown.get(name) ?? "", "utf8"));
      expect(Object.keys(computed.resources).length).toBeGreaterThan(10);
      expect(computed).toEqual(contentOf(readFileSync(stateFile, "utf8")));
    }
  });

  test("takes no time", () => {
    expect(milliseconds).toBeLessThan(5000);
  });
});
