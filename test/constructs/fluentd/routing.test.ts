import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { takes } from "../../../constructs/fluentd/route";
import { section } from "../../../constructs/fluentd/syntax";
import type { Logging } from "../../../model/logging";
import { sensitivePatterns } from "../../../model/redaction";
import { interpret, type LogEvent } from "./interpreter";
import { all, anyEvents, configWith, estateWith } from "./shipping";

const sampledAndThrottled: Logging = {
  keepPercent: { DEBUG: 10, INFO: 50 },
  throttle: { field: "workspace_id", events: 12, perSeconds: 60 },
};

const outputsOf = (service: string): readonly string[] => ["elasticsearch", `cloudwatch-${service}`, "s3", "datadog"];

describe("which tags a pattern takes", () => {
  test.each([
    ["logs.app.**", "logs.app", true],
    ["logs.app.**", "logs.app.web.1", true],
    ["logs.app.**", "logs.app-service", false],
    ["logs.*", "logs.app", true],
    ["logs.*", "logs.app.web", false],
    ["**", "anything.at.all", true],
    ["a.* logs.b", "logs.b", true],
  ])("%s and %s: %s", (pattern, tag, taken) => expect(takes(pattern, tag)).toBe(taken));
});

describe("every event of every service", () => {
  test("reaches each output exactly once, when nothing is sampled or throttled", () => {
    const estate = estateWith(all, {});
    const config = configWith(all, {});
    fc.assert(
      fc.property(anyEvents(estate), ({ service, events }) => {
        const delivered = interpret(config, events);
        const name = service.contract.service;
        for (const output of outputsOf(name)) expect(delivered.get(output)?.length ?? 0).toBe(events.length);
        expect([...delivered.keys()].every((output) => outputsOf(name).includes(output))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("reaches all outputs or none: sampling and throttling decide once", () => {
    const estate = estateWith(all, sampledAndThrottled);
    const config = configWith(all, sampledAndThrottled);
    fc.assert(
      fc.property(anyEvents(estate), ({ service, events }) => {
        const delivered = interpret(config, events);
        const [first, ...others] = outputsOf(service.contract.service).map((output) => delivered.get(output) ?? []);
        for (const other of others) expect(other).toEqual(first);
        // Each event once: as many of each as went in, at the most.
        expect(new Set(first).size).toBe(first?.length);
      }),
      { numRuns: 50 },
    );
  });

  test("is kept or dropped with its trace, and never dropped as an error", () => {
    const config = configWith(all, { keepPercent: { INFO: 50 } });
    const of = (trace: string, level: string): LogEvent => ({
      tag: "logs.app-service",
      time: 0,
      record: { level, trace_id: trace, message: "m" },
    });
    const traces = Array.from({ length: 400 }, (_, index) => `trace-${index}`);
    const kept = interpret(
      config,
      traces.flatMap((trace) => [of(trace, "INFO"), of(trace, "INFO"), of(trace, "ERROR")]),
    );
    const perTrace = new Map<unknown, number>();
    for (const { record } of kept.get("s3") ?? [])
      perTrace.set(record["trace_id"], (perTrace.get(record["trace_id"]) ?? 0) + 1);
    expect(new Set(perTrace.values())).toEqual(new Set([1, 3]));
    const whole = [...perTrace.values()].filter((count) => count === 3).length;
    expect(whole).toBeGreaterThan(160);
    expect(whole).toBeLessThan(240);
  });

  test("leaves without what is sensitive, however deep, and with its identifiers", () => {
    const config = configWith(all, {});
    fc.assert(
      fc.property(anyEvents(estateWith(all, {})), ({ events, service }) => {
        const got = interpret(config, events).get("elasticsearch") ?? [];
        got.forEach(({ record }, index) => {
          const stored = JSON.stringify(record);
          for (const { pattern } of sensitivePatterns) expect(stored).not.toMatch(new RegExp(pattern));
          const sent = events[index]?.record ?? {};
          expect(record["trace_id"]).toBe(sent["trace_id"]);
          const masks = service.contract.redactions.some(({ field }) => field === "client_ip");
          if (masks && "client_ip" in sent) expect(record["client_ip"]).toBe("[redacted]");
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe("one workspace's errors", () => {
  const errors = (workspace: string | undefined, from: number, count: number): readonly LogEvent[] =>
    Array.from({ length: count }, (_, index) => ({
      tag: "logs.analytics-backend",
      time: from + index * 10,
      record: { level: "ERROR", message: "m", ...(workspace === undefined ? {} : { workspace_id: workspace }) },
    }));
  const count = (events: readonly LogEvent[], config = configWith()): number =>
    interpret(config, events).get("s3")?.length ?? 0;

  // Ten in a minute, shared by four processes.
  test("are limited, the others' are not", () => {
    expect(count(errors("w1", 0, 100))).toBe(2);
    expect(count([...errors("w1", 0, 100), ...errors("w2", 2000, 2)])).toBe(4);
  });

  test("are heard again in the next period", () => {
    expect(count([...errors("w1", 0, 100), ...errors("w1", 60_000, 100)])).toBe(4);
  });

  test("without a workspace are not one group", () => expect(count(errors(undefined, 0, 100))).toBe(100));

  test("a throttle without a reset rate would silence for ever who was limited once", () => {
    const naive = [
      section(
        ["label", "@COLLECT"],
        {},
        section(["filter", "**"], {
          "@type": "throttle",
          group_key: "workspace_id",
          group_bucket_period_s: 60,
          group_bucket_limit: 10,
        }),
        section(["match", "**"], { "@type": "s3", "@id": "s3" }),
      ),
    ];
    expect(count([...errors("w1", 0, 100), ...errors("w1", 600_000, 5)], naive)).toBe(10);
  });

  test("events that no service claims are kept aside, without what is sensitive", () => {
    const stray = { tag: "logs.nobody", time: 0, record: { message: "ann@example.com asked" } };
    expect([...interpret(configWith(), [stray])]).toEqual([
      ["unrouted", [{ ...stray, record: { message: "[email-address] asked" } }]],
    ]);
  });

  test("a line of a plain logging driver is parsed", () => {
    const line = { tag: "logs.app-service", time: 0, record: { log: '{"level":"INFO","message":"m"}' } };
    const [event] = interpret(configWith(), [line]).get("s3") ?? [];
    expect(event?.record).toEqual({
      level: "INFO",
      message: "m",
      service: "app-service",
      environment: "prod",
      collector: "a-host",
    });
  });
});
