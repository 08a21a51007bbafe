import { createHash } from "node:crypto";
import type { IngestPipeline } from "../../../constructs/elasticsearch/ingest-pipeline";
import type { Processor } from "../../../constructs/elasticsearch/processor";

export type Event = Record<string, unknown>;

/** `String.hashCode` of the Java language (Java API, "String"). */
export const javaHash = (text: string): number =>
  [...Array(text.length).keys()].reduce((hash, index) => (Math.imul(hash, 31) + text.charCodeAt(index)) | 0, 0);

const floorMod = (value: number, by: number): number => ((value % by) + by) % by;

/** The conditions that the pipelines are made of: comparisons joined by `&&`. Anything else is a mistake of the test. */
function holds(condition: string | undefined, event: Event): boolean {
  return (condition ?? "").split(" && ").every((part) => {
    if (part === "") return true;
    const [, field = "", sign, value] = /^ctx\['(\w+)'\] (==|!=) (null|'\w+')$/.exec(part) ?? [];
    if (sign !== undefined) {
      const actual = event[field] ?? null;
      const wanted = value === "null" ? null : value?.slice(1, -1);
      return sign === "==" ? actual === wanted : actual !== wanted;
    }
    const [, id, percent] =
      /^Math\.floorMod\(ctx\['(\w+)'\]\.toString\(\)\.hashCode\(\), 100\) >= (\d+)$/.exec(part) ?? [];
    if (id === undefined) throw new Error(`the interpreter does not know ${part}`);
    return floorMod(javaHash(String(event[id])), 100) >= Number(percent);
  });
}

class Failure extends Error {
  readonly tag: string;
  constructor(tag: string) {
    super(tag);
    this.tag = tag;
  }
}

const only = (event: Event, keep: readonly string[]): Event =>
  Object.fromEntries(Object.entries(event).filter(([name]) => keep.includes(name)));

const ingested = "2026-01-01T00:00:00.000Z";

/** What a processor makes of an event; undefined when it is dropped. */
function step(processor: Processor, event: Event, failed = ""): Event | undefined {
  const [options] = Object.values(processor);
  if (!holds(options?.if, event)) return event;
  if ("drop" in processor) return undefined;
  if ("set" in processor) {
    const { field, value, override } = processor.set;
    if (override === false && event[field] !== undefined) return event;
    const text = value
      .replace("{{{_ingest.timestamp}}}", ingested)
      .replace("{{{_ingest.on_failure_processor_tag}}}", failed);
    return { ...event, [field]: text };
  }
  if ("remove" in processor) {
    const { remove } = processor;
    return "keep" in remove
      ? only(event, remove.keep)
      : only(
          event,
          Object.keys(event).filter((name) => name !== remove.field),
        );
  }
  if ("fingerprint" in processor) {
    const { target_field, salt } = processor.fingerprint;
    const value = event[target_field];
    return value === undefined
      ? event
      : { ...event, [target_field]: createHash("sha256").update(`${salt}${value}`).digest("base64") };
  }
  if ("date" in processor) {
    const { field, target_field, on_failure = [], tag } = processor.date;
    const time = new Date(String(event[field]));
    if (!Number.isNaN(time.getTime())) return { ...event, [target_field]: time.toISOString() };
    if (on_failure.length === 0) throw new Failure(tag);
    return on_failure.reduce<Event>((before, each) => step(each, before, tag) ?? before, event);
  }
  const { field, tag } = "gsub" in processor ? processor.gsub : processor.uppercase;
  const value = event[field];
  if (value === undefined) return event;
  if (typeof value !== "string") throw new Failure(tag);
  return {
    ...event,
    [field]:
      "gsub" in processor
        ? value.replaceAll(new RegExp(processor.gsub.pattern, "g"), () => processor.gsub.replacement)
        : value.toUpperCase(),
  };
}

/** What a pipeline stores of an event; undefined when it is dropped. */
export function ingest({ processors, onFailure }: IngestPipeline, event: Event): Event | undefined {
  let current = event;
  try {
    for (const processor of processors) {
      const next = step(processor, current);
      if (next === undefined) return undefined;
      current = next;
    }
    return current;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return onFailure.reduce<Event>((before, each) => step(each, before, error.tag) ?? before, current);
  }
}
