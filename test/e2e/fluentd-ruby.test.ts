import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { parseFluentd } from "../../constructs/fluentd/parse";
import { printFluentd } from "../../constructs/fluentd/print";
import { hashKeyVariable, type RecordProgram } from "../../constructs/fluentd/program";
import { section } from "../../constructs/fluentd/syntax";
import { logCapacity } from "../../model/log-capacity";
import { sensitivePatterns } from "../../model/redaction";
import { checked } from "../../model/result";
import { hashKey, type LogEvent, meaningOf } from "../constructs/fluentd/interpreter";
import { estateWith, eventsOf } from "../constructs/fluentd/shipping";
import { unpackedRuby } from "./support/ruby";

jest.setTimeout(120_000);

/** The Ruby that stands in the file, as Fluentd hands it to `record_modifier`, which takes off the braces. */
function rubyInFile(program: RecordProgram): string {
  const filter = section(["filter", "**"], {}, section("record", { _x: { kind: "program", program } }));
  const [read] = checked(parseFluentd(checked(printFluentd([filter]))));
  const value = read?.sections[0]?.parameters[0]?.value;
  if (value?.kind !== "text") throw new Error("no program in the file");
  return value.text.slice(2, -1);
}

/** Runs a program over each event of the input, as `record_modifier` does: it may change the record, and yields a value. */
const harness = (ruby: string): string =>
  [
    'require "json"; require "zlib"; require "openssl"',
    `def expand(tag, time, record, tag_parts)\n${ruby}\nend`,
    "events = JSON.parse(STDIN.read)",
    "answers = events.map { |e| record = e['record']; value = expand(e['tag'], e['time'] / 1000.0, record, nil); { value: value, record: record } }",
    "puts JSON.generate(answers)",
  ].join("\n");

const answers = z.array(z.object({ value: z.unknown(), record: z.record(z.string(), z.unknown()) }));

const ruby = unpackedRuby();
const suite = ruby === undefined ? describe.skip : describe;

suite(`the Ruby in Fluentd's configuration${ruby === undefined ? " (not run: no ruby)" : ""}`, () => {
  const run = (program: RecordProgram, events: readonly LogEvent[]) =>
    answers.parse(
      JSON.parse(ruby?.(harness(rubyInFile(program)), JSON.stringify(events), { [hashKeyVariable]: hashKey }) ?? "[]"),
    );

  const [service] = logCapacity(estateWith({})).services;
  if (service === undefined) throw new Error("no service");
  const events = fc.sample(eventsOf(service), { numRuns: 40, seed: 1 }).flat();

  test("redacts what is meant to be redacted, in a real Ruby", () => {
    const program: RecordProgram = {
      kind: "redact",
      fields: [
        { field: "client_ip", redaction: "mask" },
        { field: "workspace_id", redaction: "hash" },
        { field: "error_details", redaction: "drop" },
      ],
      patterns: sensitivePatterns,
      exact: ["trace_id", "workspace_id"],
    };
    expect(events.length).toBeGreaterThan(100);
    expect(run(program, events).map(({ record }) => record)).toEqual(events.map((event) => meaningOf(program, event)));
  });

  test("redacts what the log contract says", () => {
    const { fields, redactions } = service.contract;
    const program: RecordProgram = {
      kind: "redact",
      fields: redactions,
      patterns: sensitivePatterns,
      exact: fields.filter(({ name }) => name.endsWith("_id")).map(({ name }) => name),
    };
    expect(run(program, events).map(({ record }) => record)).toEqual(events.map((event) => meaningOf(program, event)));
  });

  test("keeps the same traces as is meant", () => {
    const program: RecordProgram = { kind: "keep", percent: { DEBUG: 10, INFO: 50, WARNING: 99 } };
    const kept = run(program, events).map(({ value }) => value);
    expect(kept).toEqual(events.map((event) => meaningOf(program, event)));
    expect(new Set(kept)).toEqual(new Set([true, false]));
  });

  test("text that looks like Ruby stays text", () => {
    const program: RecordProgram = {
      kind: "redact",
      fields: [{ field: 'it\'s "#{exit 3}" \\', redaction: "mask" }],
      patterns: [],
      exact: [],
    };
    const record = { 'it\'s "#{exit 3}" \\': "secret", other: "kept" };
    expect(run(program, [{ tag: "t", time: 0, record }])[0]?.record).toEqual({
      'it\'s "#{exit 3}" \\': "[redacted]",
      other: "kept",
    });
  });
});
