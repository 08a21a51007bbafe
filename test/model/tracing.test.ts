import { describe, expect, test } from "@jest/globals";
import { redactions } from "../../model/redaction";
import { attributeRedactions, commonAttributes } from "../../model/span-attribute";
import { gatewayLoad, tracePipelineOf } from "../../model/trace-pipeline";
import { type Tracing, tracedServices, tracingOf } from "../../model/tracing";
import { exampleEstate, exampleService } from "../support/example";

const { environment } = exampleEstate("prod");
const definite = (tracing: Tracing) => tracingOf(exampleService({ tracing }), environment);

describe("tracing of a service", () => {
  test("is none unless it says so", () => {
    expect(tracingOf(exampleService(), environment)).toBeUndefined();
    expect(tracedServices(exampleEstate("prod"))).toEqual([]);
  });

  test("judges whole traces by default, and so begins all of them, whatever the caller decided", () => {
    expect(definite({})).toMatchObject({ headPercent: 100, ignoresCaller: true, keepPercent: 10, slowAfterMs: 1000 });
  });

  test("at the head promises nothing: no trace is kept for being slow, and what was made is not thinned again", () => {
    const head = definite({ sampling: { kind: "head", percent: { default: 50, prod: 5 } } });
    expect(head).toMatchObject({ headPercent: 5, ignoresCaller: false, keepPercent: 100 });
    expect(head).not.toHaveProperty("slowAfterMs");
  });

  test("follows the environment", () => {
    expect(
      definite({
        sampling: { kind: "tail", slowAfter: { default: "1s", prod: "250ms" }, keepPercent: { default: 100, prod: 1 } },
      }),
    ).toMatchObject({ slowAfterMs: 250, keepPercent: 1 });
  });
});

describe("what a gateway must hold", () => {
  const traced = [definite({ tracesPerSecond: 100, spansPerTrace: 10 }), definite({ tracesPerSecond: 50 })].flatMap(
    (one) => one ?? [],
  );
  const loadOf = (gateways: number) =>
    gatewayLoad(traced, tracePipelineOf({ backends: ["jaeger"], gateways, decisionSeconds: 10 }, "prod"));

  test("is half as much again as arrives in the time that it waits", () => {
    // 150 traces a second for 10 s, and half of that; 2000 spans a second of 2 KiB.
    expect(loadOf(1)).toEqual({ tracesPerSecond: 150, traces: 2250, memoryMiB: 59 });
  });

  test("is the others' share too while one is replaced", () => {
    expect(loadOf(2)).toEqual(loadOf(1));
    expect(loadOf(4).tracesPerSecond).toBe(50);
  });

  test("is less by what the head drops", () => {
    const head = definite({ sampling: { kind: "head", percent: 10 }, tracesPerSecond: 1000 });
    if (head === undefined) throw new Error("not traced");
    expect(gatewayLoad([head], tracePipelineOf({ backends: ["jaeger"], gateways: 1 }, "prod")).tracesPerSecond).toBe(
      100,
    );
  });
});

describe("attributes of spans", () => {
  test("are redacted by the strictest of the services that know them", () => {
    const declared = redactions.map((redact) => ({ name: "email", pii: "personal" as const, redact }));
    expect(attributeRedactions(declared)).toEqual([{ name: "email", redaction: "drop" }]);
    expect(attributeRedactions([...declared].reverse())).toEqual([{ name: "email", redaction: "drop" }]);
  });

  test("that say nothing of a person are kept", () => {
    expect(attributeRedactions([{ name: "http.route", pii: "none" }])).toEqual([]);
  });

  test("that instrumentations write by themselves are never kept when they are personal", () => {
    const redacted = attributeRedactions(commonAttributes).map(({ name }) => name);
    expect(redacted).toEqual(commonAttributes.map(({ name }) => name));
  });
});
