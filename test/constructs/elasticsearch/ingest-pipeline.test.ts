import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import catalog from "../../../catalog/catalog";
import { ingestPipelineOf } from "../../../constructs/elasticsearch/ingest-pipeline";
import { logStreamsOf } from "../../../constructs/elasticsearch/stream";
import { environment } from "../../../model/environment";
import { estateOf } from "../../../model/estate";
import type { LogContract } from "../../../model/log-contract";
import { choice, number, text, timestamp } from "../../../model/log-field";
import { loggingOf } from "../../../model/logging";
import { interpret } from "../fluentd/interpreter";
import { all, anyEvents, configWith, estateWith } from "../fluentd/shipping";
import { ingest, javaHash } from "./interpreter";
import { processor } from "./processors";

const prod = environment("prod", { account: "1", region: "eu-west-1", retentionDays: 30, grafana: "" });

const contract: LogContract = {
  service: "shop",
  environment: "prod",
  fields: [
    timestamp("timestamp", { description: "", required: true }).definition,
    choice("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], { description: "", required: true }).definition,
    text("service", { description: "", required: true }).definition,
    text("message", { description: "", required: true }).definition,
    text("trace_id", { description: "" }).definition,
    text("client_ip", { description: "", pii: "personal" }).definition,
    text("email", { description: "", pii: "personal", redact: "hash" }).definition,
    text("address", { description: "", pii: "personal", redact: "drop" }).definition,
    number("duration_ms", { description: "", unit: "milliseconds" }).definition,
  ],
  redactions: [
    { field: "client_ip", redaction: "mask" },
    { field: "email", redaction: "hash" },
    { field: "address", redaction: "drop" },
  ],
  logging: loggingOf({ keepPercent: { INFO: 20 } }, prod),
};
const pipeline = ingestPipelineOf(contract, "pepper");

const event = {
  timestamp: "2026-03-01T12:00:00+01:00",
  level: "warn",
  service: "shop",
  message: "mail to jo@example.com failed, Bearer abcdefghijklmnop1234",
  trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
  client_ip: "192.0.2.7",
  email: "jo@example.com",
  address: "1 Main Street",
  duration_ms: 12.5,
  surprise: "jo@example.com",
};

describe("an event on its way into Elasticsearch", () => {
  test("is redacted as its contract says, has its own time and its level in the contract's words", () => {
    expect(ingest(pipeline, event)).toEqual({
      "@timestamp": "2026-03-01T11:00:00.000Z",
      level: "WARNING",
      service: "shop",
      message: "mail to [email-address] failed, [bearer-token]",
      trace_id: event.trace_id,
      client_ip: "[redacted]",
      email: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      duration_ms: 12.5,
    });
  });

  test("has another hash with another salt", () => {
    expect(ingest(ingestPipelineOf(contract, "salt"), event)?.["email"]).not.toBe(ingest(pipeline, event)?.["email"]);
  });

  test("keeps nothing that anybody wrote when a step of its redaction fails, and says which", () => {
    expect(ingest(pipeline, { ...event, message: { nested: "jo@example.com" } })).toEqual({
      "@timestamp": expect.any(String),
      ingest_failure: "redact email-address",
      level: "WARNING",
      service: "shop",
      trace_id: event.trace_id,
      duration_ms: 12.5,
    });
  });

  test("whose time cannot be read is stored at the time of its arrival, and says so", () => {
    expect(ingest(pipeline, { ...event, timestamp: "yesterday" })).toMatchObject({
      "@timestamp": "2026-01-01T00:00:00.000Z",
      ingest_failure: "time",
      message: expect.stringContaining("[email-address]"),
    });
  });

  test("never shows what is personal, whatever it holds", () => {
    const secret = "jo.doe@example.com";
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(secret),
      fc.string().map((before) => `${before} ${secret}`),
      fc.constant({ of: secret }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(event), "other"), value), (arbitrary) => {
        // Texts that are one of a few words, or are told to be safe by name, are the contract's promise.
        const { level: _level, service: _service, trace_id: _trace, duration_ms: _duration, ...rest } = arbitrary;
        expect(JSON.stringify(ingest(pipeline, rest) ?? "")).not.toContain(secret);
      }),
    );
  });
});

describe("sampling", () => {
  const id = fc.stringMatching(/^[0-9a-f]{32}$/);
  const kept = (level: string, trace: string | undefined): boolean =>
    ingest(pipeline, { ...event, level, ...(trace === undefined ? { trace_id: undefined } : { trace_id: trace }) }) !==
    undefined;

  test("keeps every error, and what belongs to no trace", () => {
    fc.assert(
      fc.property(id, (trace) => expect([kept("ERROR", trace), kept("CRITICAL", trace)]).toEqual([true, true])),
    );
    expect(kept("INFO", undefined)).toBe(true);
  });

  test("keeps as much as is asked for, a trace whole or not at all", () => {
    const ids = fc.sample(id, { numRuns: 2000, seed: 7 });
    const share = ids.filter((trace) => kept("INFO", trace)).length / ids.length;
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
    expect(javaHash("hello")).toBe(99162322);
  });
});

describe("an event that comes through Fluentd", () => {
  const byFluentd = { ...event, level: "INFO", email: "the hash that Fluentd made", collector: "a-host" };

  test("is not hashed again, is masked if it was not, and does not keep Fluentd's word", () => {
    expect(ingest(pipeline, byFluentd)).toEqual({
      ...ingest(pipeline, { ...event, level: "ERROR" }),
      level: "INFO",
      email: byFluentd.email,
    });
  });

  test("is not sampled again: none of those that Fluentd kept is dropped", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{32}$/), (trace) => {
        expect(ingest(pipeline, { ...byFluentd, trace_id: trace })).toMatchObject({ trace_id: trace });
      }),
    );
  });

  const sampled = { keepPercent: { DEBUG: 10, INFO: 50 } };
  const estate = estateWith(all, sampled);
  const config = configWith(all, sampled);
  const pipelines = new Map(
    logStreamsOf(estate).map((stream) => [stream.contract.service, ingestPipelineOf(stream.contract, "pepper")]),
  );

  test("is stored once for each that Fluentd delivers, with every declared field as Fluentd left it", () => {
    fc.assert(
      fc.property(anyEvents(estate), ({ service: { contract }, events }) => {
        const way = pipelines.get(contract.service);
        if (way === undefined) throw new Error(`${contract.service} has no pipeline`);
        for (const { record } of interpret(config, events).get("elasticsearch") ?? []) {
          const stored = ingest(way, { ...record });
          expect(record).toMatchObject(
            Object.fromEntries(Object.entries(stored ?? {}).filter(([name]) => name in record)),
          );
          expect(Object.keys(stored ?? {})).toEqual(expect.arrayContaining(["level", "message", "service"]));
          expect(stored).not.toHaveProperty("collector");
          // What the pipeline has redacted, it would not redact any further.
          expect(ingest(way, { ...stored, collector: "a-host" })).toEqual(stored);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the pipelines of the estate", () => {
  const streams = catalog.environments.flatMap((each) => logStreamsOf(estateOf(catalog, each)));

  test.each(streams.map((stream) => [stream.name, stream] as const))(
    "%s is made of processors that exist",
    (_, each) => {
      const { processors, onFailure } = ingestPipelineOf(each.contract, "");
      for (const one of [...processors, ...onFailure]) expect(processor.safeParse(one).error).toBeUndefined();
      // The first that fails must not let the others' fields pass.
      expect(onFailure[0]).toHaveProperty("remove.keep");
    },
  );
});
