import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { brokenLaws } from "../../../constructs/fluentd/laws";
import { destinations } from "../../../constructs/fluentd/route";
import type { FluentdConfig, FluentdSection } from "../../../constructs/fluentd/syntax";
import { text } from "../../../constructs/fluentd/syntax";
import { logCapacity } from "../../../model/log-capacity";
import { type LogShipping, logOutputs, logShippingOf } from "../../../model/log-shipping";
import { all, configWith, estateWith } from "./shipping";

const broken = (config: FluentdConfig, shipping: LogShipping = all): readonly string[] => {
  const estate = estateWith(shipping);
  return brokenLaws(config, logCapacity(estate), logShippingOf(estate.environment)).map(
    ({ law, message }) => `${law}: ${message}`,
  );
};

/** A configuration with a parameter changed wherever it stands in sections of a name. */
const changed = (config: FluentdConfig, name: string, parameter: string, to: (from: string) => string): FluentdConfig =>
  config.map(
    (section): FluentdSection => ({
      ...section,
      parameters: section.parameters.map((each) =>
        section.name === name && each.name === parameter && each.value.kind === "text"
          ? { ...each, value: text(to(each.value.text)) }
          : each,
      ),
      sections: changed(section.sections, name, parameter, to),
    }),
  );

/** A configuration without the directives that a test picks. */
const without = (config: FluentdConfig, gone: (section: FluentdSection) => boolean): FluentdConfig =>
  config
    .filter((section) => !gone(section))
    .map((section) => ({ ...section, sections: without(section.sections, gone) }));

describe("what is made keeps every law", () => {
  test("for any outputs, rates and outages that the disk holds", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...logOutputs), { minLength: 1 }),
        fc.integer({ min: 10, max: 20_000 }),
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 1, max: 3 }),
        (outputs, peakEventsPerSecond, averageEventBytes, outageHours) => {
          const shipping = { outputs, bucket: "company-logs", outageHours, diskGib: 1_000_000 };
          const estate = estateWith(shipping, { peakEventsPerSecond, averageEventBytes });
          const config = configWith(shipping, { peakEventsPerSecond, averageEventBytes });
          expect(brokenLaws(config, logCapacity(estate), logShippingOf(estate.environment))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("ten thousand events a second are carried while one process is away", () => {
    const { peak, aggregators, perProcess } = logCapacity(estateWith(all));
    expect(peak.events).toBeGreaterThanOrEqual(10_000);
    expect(aggregators).toBe(4);
    expect(perProcess.events * (aggregators - 1)).toBeCloseTo(peak.events);
    expect(perProcess.events).toBeLessThan(5000);
  });

  test("each service's tag ends at every output, by every way that filters may choose", () => {
    expect(destinations(configWith(), "@COLLECT", "logs.app-service").outputs).toHaveLength(4);
  });
});

describe("what breaks a law is told with its figures", () => {
  test.each([
    [
      "a memory buffer",
      changed(configWith(), "buffer", "@type", () => "memory"),
      /memory: elasticsearch buffers in memory/,
    ],
    ["a shared folder", changed(configWith(), "buffer", "path", () => "/x"), /path: .* buffer in the same folder, \/x/],
    [
      "too little throughput",
      changed(configWith(), "buffer", "flush_thread_count", () => "1"),
      /rate: elasticsearch sends 1 chunks of 8 MiB in 5 s, 1\.68 MB\/s; the peak of a process is 3367 events\/s \(2\.13 MB\/s\)/,
    ],
    [
      "too small a buffer",
      changed(configWith(), "buffer", "total_limit_size", () => "512m"),
      /outage: the buffer of s3 holds 512 MiB; 4 h at 3367 events\/s \(2\.13 MB\/s\) are 29220 MiB/,
    ],
    [
      "more than the disk",
      changed(configWith(), "buffer", "total_limit_size", (size) => `${Number.parseInt(size, 10) * 2}m`),
      /disk: the buffers may grow to \d+ GiB, and the disk has 200/,
    ],
    [
      "a service that nothing takes",
      without(configWith(), ({ name, argument }) => name === "match" && argument === "logs.celery-worker.**"),
      /route: logs\.celery-worker never reaches the output elasticsearch/,
    ],
    [
      "a label without a catch-all",
      without(configWith(), ({ name, argument }) => name === "match" && argument === "**"),
      /route: no match of @COLLECT takes nobody\.knows\.it/,
    ],
    [
      "an output that nothing reaches",
      without(
        configWith(),
        ({ name, parameters }) =>
          name === "store" && parameters.some(({ value }) => value.kind === "text" && value.text === "@S3"),
      ),
      /route: nothing reaches the output s3/,
    ],
    [
      "a circle",
      changed(configWith(), "store", "@label", () => "@COLLECT"),
      /route: logs\.analytics-backend goes in a circle: @COLLECT → @COLLECT/,
    ],
    [
      "outputs that all drop",
      changed(configWith(), "buffer", "overflow_action", () => "drop_oldest_chunk"),
      /lossy: every output drops/,
    ],
  ])("%s", (_, config, message) => expect(broken(config)).toContainEqual(expect.stringMatching(message)));

  test("too few processes", () => {
    const few = { ...all, aggregators: 2 };
    expect(broken(configWith(few), few)).toContain(
      "rate: 10100 events/s at the peak are 10100 for each of 1 Fluentd while one is away, and each carries 5000",
    );
  });
});
