import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { type Catalog, catalog } from "../../model/catalog";
import type { Service } from "../../model/service";
import type { TracePipeline } from "../../model/trace-pipeline";
import type { Tracing } from "../../model/tracing";
import { exampleCatalog, exampleService } from "../support/example";

const example = exampleCatalog();
const [settings] = example.environments;
if (settings === undefined) throw new Error("no environment");
const { name: _, tracing: __, ...prod } = settings;

function estate(services: readonly Service[], tracing: TracePipeline = { backends: ["jaeger"] }): Catalog {
  return catalog({
    organization: "example",
    environments: { prod: { ...prod, tracing } },
    teams: Object.fromEntries(example.teams.map(({ name, ...team }) => [name, team])),
    services,
    onCall: { support: "support", architecture: "architecture" },
  });
}

const found = (checked: Catalog) =>
  checkCatalog(checked)
    .filter(({ id }) => /^(tracing|opentelemetry)\/|^catalog\/shape/.test(id))
    .map(({ id, where: { field }, message }) => `${id} | ${field} | ${message}`);

const ofTracing = (tracing: Tracing) => found(estate([exampleService({ tracing })]));
const ofPipeline = (tracing: TracePipeline) => found(estate([exampleService({ tracing: {} })], tracing));

/** What the compiler would refuse, from a catalog that it was not asked about. */
const unchecked = <T>(text: string): T => JSON.parse(text);

describe("tracing", () => {
  test("with its defaults is sound", () => {
    expect(ofTracing({})).toEqual([]);
  });

  test.each<[string, Tracing, RegExp]>([
    [
      "a share above all",
      { sampling: { kind: "tail", keepPercent: 150 } },
      /^tracing\/percent \| tracing.sampling.keepPercent \| 150 is not/,
    ],
    [
      "a share below nothing",
      { sampling: { kind: "head", percent: { default: 10, prod: -1 } } },
      /^tracing\/percent .*-1/,
    ],
    [
      "slow that is a share",
      unchecked('{"sampling":{"kind":"tail","slowAfter":"5%"}}'),
      /^tracing\/time .*"5%" is not a time/,
    ],
    ["slow that is no time", unchecked('{"sampling":{"kind":"tail","slowAfter":"1 secnd"}}'), /^tracing\/time .*secnd/],
    ["slow from the beginning", { sampling: { kind: "tail", slowAfter: "0s" } }, /^tracing\/time .*above zero/],
    [
      "an operation with a lower share",
      { sampling: { kind: "tail", keepPercent: { default: 10, prod: 60 } }, operations: { "GET /": 50 } },
      /^tracing\/operation .*50 % is less than the 60 %/,
    ],
    [
      "an operation at the head",
      { sampling: { kind: "head", percent: 10 }, operations: { "GET /": 50 } },
      /^tracing\/operation .*kept already/,
    ],
    [
      "an environment that does not exist",
      unchecked('{"tracesPerSecond":{"default":10,"prd":1}}'),
      /^tracing\/unknown-environment .*Did you mean "prod"/,
    ],
    ["no traces at all", { tracesPerSecond: 0 }, /^tracing\/rate .*0 is not/],
    [
      "more than the gateways can hold",
      { tracesPerSecond: 100_000 },
      /^opentelemetry\/gateway-memory \| environments.prod.tracing.gatewayMemoryMiB/,
    ],
  ])("%s is refused", (_name, tracing, message) => {
    const [first, ...more] = ofTracing(tracing);
    expect(first).toMatch(message);
    expect(more).toEqual([]);
  });

  test("of a wrong shape is a finding, and no crash", () => {
    expect(ofTracing(unchecked('{"sampling":{"kind":"middle"},"attributes":[{"name":1}]}'))).toEqual([
      expect.stringMatching(/^catalog\/shape \| tracing.sampling.kind/),
      expect.stringMatching(/^catalog\/shape \| tracing.attributes.0.name/),
      expect.stringMatching(/^catalog\/shape \| tracing.attributes.0.pii/),
    ]);
  });

  test("at the head of what calls a service that keeps all its errors is told", () => {
    const shop = exampleService({ tracing: {}, dependsOn: [] }, "shop");
    const caller = exampleService(
      { tracing: { sampling: { kind: "head", percent: 5 } }, dependsOn: ["shop"] },
      "caller",
    );
    expect(found(estate([shop, caller]))).toEqual([
      expect.stringMatching(/^tracing\/partial .*shop keeps all its errors/),
    ]);
  });

  test("of more services than a parameter can name is refused before it is deployed", () => {
    const many = Array.from({ length: 80 }, (_value, index) =>
      exampleService(
        { tracing: { operations: { [`GET /a-rather-long-route-of-the-service/${index}`]: 50 }, tracesPerSecond: 1 } },
        `service-${index}`,
      ),
    );
    expect(found(estate(many))).toEqual([expect.stringMatching(/^opentelemetry\/size .*a parameter holds 8192/)]);
  });
});

describe("a pipeline of traces", () => {
  test.each<[string, TracePipeline, RegExp]>([
    ["without a backend", { backends: [] }, /^tracing\/backends .*no system/],
    [
      "with one that does not exist",
      unchecked('{"backends":["jeager"]}'),
      /^tracing\/backends .*Did you mean "jaeger"/,
    ],
    ["with one twice", { backends: ["xray", "xray"] }, /^tracing\/backends .*twice/],
    [
      "with half a gateway",
      { backends: ["xray"], gateways: 0.5 },
      /^tracing\/pipeline \| environments.prod.tracing.gateways/,
    ],
    ["without time", { backends: ["xray"], decisionSeconds: 0 }, /^tracing\/pipeline .*decisionSeconds/],
    ["of a wrong shape", unchecked('{"backends":"jaeger"}'), /^catalog\/shape \| environments.prod.tracing.backends/],
  ])("%s is refused", (_name, pipeline, message) => {
    const [first, ...more] = ofPipeline(pipeline);
    expect(first).toMatch(message);
    expect(more).toEqual([]);
  });
});
