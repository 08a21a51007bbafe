import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import shipped from "../../../catalog/catalog";
import { checkCollector } from "../../../constructs/opentelemetry/check-collector";
import { collectorsOf } from "../../../constructs/opentelemetry/collectors";
import { openTelemetryArtifacts } from "../../../constructs/opentelemetry/delivery";
import { collectorLiteral, ottlString } from "../../../constructs/opentelemetry/escape";
import { gatewayConfig } from "../../../constructs/opentelemetry/gateway";
import { environment } from "../../../model/environment";
import { estateOf } from "../../../model/estate";
import { type TraceBackend, traceBackends, tracePipelineOf } from "../../../model/trace-pipeline";
import { tracedServices } from "../../../model/tracing";
import { collectorSchema } from "./collector-schema";

const estates = shipped.environments.map((one) => estateOf(shipped, one));
const collectors = estates.flatMap((estate) =>
  collectorsOf(estate).map((collector) => ({ of: estate.environment.name, ...collector })),
);

describe.each(collectors)("the $role of $of", ({ config, yaml }) => {
  test("has only the options that its components' documentation names", () => {
    expect(collectorSchema.safeParse(parse(yaml)).error?.issues ?? []).toEqual([]);
  });

  test("fits together", () => {
    expect(checkCollector(config)).toEqual([]);
  });

  test("is, as text, the very same value", () => {
    expect(parse(yaml)).toEqual(config);
  });
});

test("the schema refuses an option that a component does not have", () => {
  const document = parse(collectors[0]?.yaml ?? "");
  document.processors.batch.send_size = 1;
  expect(collectorSchema.safeParse(document).error?.issues.map(({ path }) => path)).toEqual([["processors", "batch"]]);
});

test("an environment that collects no traces has no collector", () => {
  const { tracing: _, ...untraced } = shipped.environments[0] ?? environment("none", neverAsked);
  const estate = estateOf(shipped, untraced);
  expect([collectorsOf(estate), openTelemetryArtifacts(estate)]).toEqual([[], []]);
});

const neverAsked = { account: "111111111111", region: "eu-west-1", retentionDays: 7, grafana: "https://g" } as const;

describe("the gateway", () => {
  const [estate] = estates;
  if (estate === undefined) throw new Error("no environment");
  const configFor = (backends: readonly TraceBackend[]) =>
    gatewayConfig(estate.environment, tracedServices(estate), tracePipelineOf({ backends }, "dev"));

  test("fits together whichever backends it sends to", () => {
    fc.assert(
      fc.property(fc.subarray([...traceBackends], { minLength: 1 }), (backends) => {
        expect(checkCollector(configFor(backends))).toEqual([]);
      }),
    );
  });

  test("stores nothing that did not pass the redaction", () => {
    const { receivers, service } = configFor(traceBackends);
    const entrances = Object.values(service.pipelines).filter((pipeline) =>
      pipeline?.receivers.some((id) => Object.hasOwn(receivers, id)),
    );
    expect(entrances.map((pipeline) => pipeline?.processors)).toEqual([
      ["memory_limiter", "attributes/personal", "transform/sensitive"],
    ]);
  });

  test("counts all spans, whatever becomes of their traces", () => {
    const { service } = configFor(["jaeger"]);
    const counted = Object.values(service.pipelines).filter((pipeline) => pipeline?.exporters.includes("spanmetrics"));
    expect(counted.flatMap((pipeline) => pipeline?.processors ?? [])).not.toContain("tail_sampling");
    expect(counted).toHaveLength(1);
  });
});

describe("the tasks that run them", () => {
  const ofProd = new Map(
    openTelemetryArtifacts(estateOf(shipped, shipped.environments[2] ?? environment("none", neverAsked))).map(
      ({ path, content }) => [path, content],
    ),
  );

  test("read every variable that the configuration asks the environment for", () => {
    const asked = [...(ofProd.get("opentelemetry/gateway.yaml") ?? "").matchAll(/\$\{env:(\w+)\}/g)].map(
      ([, name]) => name,
    );
    const { secrets } = JSON.parse(ofProd.get("opentelemetry/gateway.container.json") ?? "");
    // Docker sets the name of the host.
    const given = [...secrets.map(({ name }: { readonly name: string }) => name), "HOSTNAME"];
    expect(asked.filter((name) => !given.includes(name))).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  test("hold no secret themselves", () => {
    expect(ofProd.get("opentelemetry/gateway.yaml")).toContain(`key: \${env:DD_API_KEY}`);
    expect(ofProd.get("opentelemetry/gateway.container.json")).toContain(
      "arn:aws:secretsmanager:eu-central-1:777788889999:secret:prod/opentelemetry/datadog-api-key",
    );
  });
});

describe("texts within a configuration", () => {
  /** What a collector makes of a text. */
  const expanded = (text: string): string => text.replaceAll("$$", "$");
  /** What OTTL makes of a literal. */
  const read = (literal: string): string => literal.slice(1, -1).replace(/\\(.)/gs, "$1");

  test("are read back as they were", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("$", "{", '"', "\\", "a", "n") }), (text) => {
        expect(read(expanded(collectorLiteral(ottlString(text))))).toBe(text);
      }),
    );
  });
});
