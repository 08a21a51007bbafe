import { createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import { masked, type RecordProgram } from "../../../constructs/fluentd/program";
import { labelled, meets } from "../../../constructs/fluentd/route";
import {
  type FluentdConfig,
  type FluentdSection,
  type FluentdValue,
  parameterOf,
  typeOf,
} from "../../../constructs/fluentd/syntax";
import { never } from "../../../model/result";

export type LogRecord = Readonly<Record<string, unknown>>;

/** An event; `time` is in milliseconds. */
export interface LogEvent {
  readonly tag: string;
  readonly time: number;
  readonly record: LogRecord;
}

/** What each output received, by its id. */
export type Delivered = ReadonlyMap<string, readonly LogEvent[]>;

/** The key that fields are hashed with here. */
export const hashKey = "a key for tests";

/** What a program of ours means, said a second time without Ruby. */
export function meaningOf(program: RecordProgram, { time, record }: LogEvent): LogRecord | boolean {
  switch (program.kind) {
    case "keep": {
      const key = String(record["trace_id"] ?? record["request_id"] ?? Math.trunc(time));
      return crc32(key) % 100 < (program.percent[String(record["level"] ?? "")] ?? 100);
    }
    case "redact": {
      const fields = new Map(program.fields.map(({ field, redaction }) => [field, redaction]));
      const clean = (value: unknown): unknown => {
        if (typeof value === "string")
          return program.patterns.reduce(
            (text, { name, pattern }) => text.replaceAll(new RegExp(pattern, "g"), `[${name}]`),
            value,
          );
        if (Array.isArray(value)) return value.map(clean);
        if (typeof value === "object" && value !== null)
          return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
        return value;
      };
      return Object.fromEntries(
        Object.entries(record).flatMap(([key, value]) => {
          const redaction = value === null && fields.get(key) !== "drop" ? undefined : fields.get(key);
          if (redaction === "drop") return [];
          const redacted =
            redaction === "mask"
              ? masked
              : redaction === "hash"
                ? createHmac("sha256", hashKey).update(String(value)).digest("hex")
                : value;
          return [[key, program.exact.includes(key) ? redacted : clean(redacted)]];
        }),
      );
    }
    default:
      return never(program);
  }
}

const pattern = (text: string | undefined): RegExp =>
  new RegExp(
    (text ?? "")
      .replace(/^\/|\/$/g, "")
      .replaceAll("\\A", "^")
      .replaceAll("\\z", "$"),
  );

interface Bucket {
  readonly period: number;
  readonly count: number;
}

/** Runs events through a configuration in the order of time, as the plugins' documentation and sources say that they behave. */
export function interpret(config: FluentdConfig, events: readonly LogEvent[], start = "@COLLECT"): Delivered {
  const delivered = new Map<string, LogEvent[]>();
  const buckets = new Map<FluentdSection, Map<unknown, Bucket>>();

  const gotFrom = (value: FluentdValue, event: LogEvent): unknown => {
    switch (value.kind) {
      case "text":
        return value.text;
      case "hostname":
        return "a-host";
      case "environment":
        return `of ${value.variable}`;
      case "program":
        return meaningOf(value.program, event);
      default:
        return never(value);
    }
  };

  const without = (record: LogRecord, keys: readonly string[]): LogRecord =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

  function modify(filter: FluentdSection, event: LogEvent): LogRecord {
    let { record } = event;
    for (const { name, value } of filter.sections.flatMap(({ parameters }) => parameters)) {
      const got = gotFrom(value, { ...event, record });
      // A program that redacts changes the record itself.
      record =
        value.kind === "program" && value.program.kind === "redact" ? { ...Object(got) } : { ...record, [name]: got };
    }
    return without(record, (parameterOf(filter, "remove_keys") ?? "").split(","));
  }

  function grep(filter: FluentdSection, { record }: LogEvent): boolean {
    const rules = filter.sections.flatMap((inner) => (inner.name === "and" ? inner.sections : [inner]));
    const hits = rules.map((rule) =>
      pattern(parameterOf(rule, "pattern")).test(String(record[parameterOf(rule, "key") ?? ""] ?? "")),
    );
    return rules.some(({ name }) => name === "exclude") ? !hits.every(Boolean) : hits.every(Boolean);
  }

  /** fluent-plugin-throttle: an empty bucket at each period, unless the group must first fall below its reset rate. */
  function throttle(filter: FluentdSection, { record, time }: LogEvent): boolean {
    const number = (name: string): number => Number(parameterOf(filter, name));
    const limit = number("group_bucket_limit");
    const seconds = number("group_bucket_period_s");
    const reset = parameterOf(filter, "group_reset_rate_s");
    const groups = buckets.get(filter) ?? new Map<unknown, Bucket>();
    buckets.set(filter, groups);
    const group = record[parameterOf(filter, "group_key") ?? ""];
    const period = Math.floor(time / 1000 / seconds);
    const known = groups.get(group) ?? { period, count: 0 };
    // Whoever says no reset rate gets the limit by the period in whole numbers, and no rate is below 0.
    const stuck = known.count > limit && reset === undefined && Math.floor(limit / seconds) === 0;
    const bucket = period > known.period && !stuck ? { period, count: 0 } : known;
    groups.set(group, { ...bucket, count: bucket.count + 1 });
    return bucket.count + 1 <= limit;
  }

  function filtered(filter: FluentdSection, event: LogEvent): LogEvent | undefined {
    switch (typeOf(filter)) {
      case "parser": {
        const log = event.record["log"];
        return typeof log === "string"
          ? { ...event, record: { ...without(event.record, ["log"]), ...JSON.parse(log) } }
          : event;
      }
      case "record_modifier":
        return { ...event, record: modify(filter, event) };
      case "grep":
        return grep(filter, event) ? event : undefined;
      case "throttle":
        return throttle(filter, event) ? event : undefined;
      default:
        throw new Error(`no meaning is known of the filter ${typeOf(filter)}`);
    }
  }

  function deliver(target: FluentdSection, event: LogEvent): void {
    const type = typeOf(target);
    if (type === "copy") for (const store of target.sections) deliver(store, event);
    else if (type === "relabel") route(parameterOf(target, "@label") ?? "", event);
    else {
      const id = parameterOf(target, "@id") ?? type;
      delivered.set(id, [...(delivered.get(id) ?? []), event]);
    }
  }

  function route(label: string, event: LogEvent): void {
    const { filters, match } = meets(labelled(config, label) ?? [], event.tag);
    let current: LogEvent | undefined = event;
    for (const filter of filters) current = current === undefined ? undefined : filtered(filter, current);
    if (current === undefined) return;
    if (match === undefined) throw new Error(`no match of ${label} takes ${event.tag}`);
    deliver(match, current);
  }

  for (const event of events) route(start, event);
  return delivered;
}
