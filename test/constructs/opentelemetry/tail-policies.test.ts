import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { TailPolicy } from "../../../constructs/opentelemetry/components";
import { tailPolicies } from "../../../constructs/opentelemetry/tail-policies";
import type { DefiniteTracing } from "../../../model/tracing";

interface Span {
  readonly service: string;
  readonly name: string;
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** A trace, with the place that the hash of its id gives it among all: from 0 to 100. */
interface Trace {
  readonly place: number;
  readonly spans: readonly Span[];
}

/** Whether a span meets a condition, of the two forms that the estate writes. */
function meets({ service, name, milliseconds }: Span, condition: string): boolean {
  const slow =
    /^IsMatch\(resource\.attributes\["service\.name"\], "\^\((.*)\)\$\$"\) and end_time_unix_nano - start_time_unix_nano > (\d+)$/.exec(
      condition,
    );
  if (slow !== null) return (slow[1] ?? "").split("|").includes(service) && milliseconds * 1e6 > Number(slow[2]);
  const named = /^resource\.attributes\["service\.name"\] == "(.*)" and name == "(.*)"$/.exec(condition);
  if (named === null) throw new Error(`unknown condition ${condition}`);
  return named[1] === service && named[2] === name;
}

/** What the processor decides, as its documentation says: a trace is kept when a policy keeps it; a hash of its id decides shares. */
function keeps(policy: TailPolicy, { place, spans }: Trace): boolean {
  switch (policy.type) {
    case "status_code":
      return spans.some(({ failed }) => failed);
    case "string_attribute":
      return spans.some(({ service }) => policy.string_attribute.values.includes(service));
    case "probabilistic":
      return place < policy.probabilistic.sampling_percentage;
    case "ottl_condition":
      return spans.some((span) => policy.ottl_condition.span.some((condition) => meets(span, condition)));
    case "and":
      return policy.and.and_sub_policy.every((part) => keeps(part, { place, spans }));
  }
}

const isKept = (traced: readonly DefiniteTracing[], trace: Trace): boolean =>
  tailPolicies(traced).some((policy) => keeps(policy, trace));

const tracing = (service: string, options: Partial<DefiniteTracing> = {}): DefiniteTracing => ({
  service,
  headPercent: 100,
  ignoresCaller: true,
  slowAfterMs: 1000,
  keepPercent: 10,
  operations: [],
  attributes: [],
  tracesPerSecond: 50,
  spansPerTrace: 20,
  ...options,
});

const names = ["shop", "worker", "reports"] as const;
const percent = fc.constantFrom(0, 1, 5, 10, 50, 100);
const services = fc.tuple(
  ...names.map((name) =>
    fc
      .record({ slowAfterMs: fc.constantFrom(100, 1000, 30_000), keepPercent: percent })
      .map((options) => tracing(name, options)),
  ),
);
const span = fc.record({
  service: fc.constantFrom(...names, "unknown"),
  name: fc.constantFrom("GET /", "POST /payments"),
  milliseconds: fc.integer({ min: 0, max: 60_000 }),
  failed: fc.boolean(),
});
const trace = fc.record({
  place: fc.double({ min: 0, max: 100, maxExcluded: true, noNaN: true }),
  spans: fc.array(span, { minLength: 1, maxLength: 5 }),
});

describe("what the gateways keep", () => {
  test("is every trace with an error, and every one that is slow for a service in it", () => {
    fc.assert(
      fc.property(services, trace, (traced, one) => {
        const limit = new Map(traced.map(({ service, slowAfterMs }) => [service, slowAfterMs ?? 0]));
        const promised = one.spans.some(
          ({ service, milliseconds, failed }) =>
            failed || milliseconds > (limit.get(service) ?? Number.POSITIVE_INFINITY),
        );
        if (promised) expect(isKept(traced, one)).toBe(true);
      }),
    );
  });

  test("is of the rest the largest share that a service in it asks for, exactly", () => {
    fc.assert(
      fc.property(services, trace, (traced, { place, spans }) => {
        const well = spans.map((one) => ({ ...one, failed: false, milliseconds: 0 }));
        const shares = traced.filter(({ service }) => well.some((one) => one.service === service));
        const expected = Math.max(
          Math.min(...traced.map(({ keepPercent }) => keepPercent)),
          ...shares.map(({ keepPercent }) => keepPercent),
        );
        expect(isKept(traced, { place, spans: well })).toBe(place < expected);
      }),
    );
  });

  test("of an operation is what it asks for, and of others of its service what that does", () => {
    const traced = [tracing("shop", { operations: [{ name: "POST /payments", percent: 100 }] }), tracing("worker")];
    const at = (service: string, name: string): Trace => ({
      place: 99,
      spans: [{ service, name, milliseconds: 1, failed: false }],
    });
    expect([
      isKept(traced, at("shop", "POST /payments")),
      isKept(traced, at("shop", "GET /")),
      isKept(traced, at("worker", "POST /payments")),
    ]).toEqual([true, false, false]);
  });

  test("of a service that samples at the head is all that it made", () => {
    const { slowAfterMs: _, ...head } = tracing("shop", { headPercent: 5, ignoresCaller: false, keepPercent: 100 });
    const traced = [head, tracing("worker")];
    expect(
      isKept(traced, { place: 99.9, spans: [{ service: "shop", name: "GET /", milliseconds: 1, failed: false }] }),
    ).toBe(true);
    expect(JSON.stringify(tailPolicies(traced))).not.toContain("shop|");
  });
});
