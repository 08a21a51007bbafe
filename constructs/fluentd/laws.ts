import { flushBytesPerSecond, type LogCapacity, mibFor } from "../../model/log-capacity";
import type { LogRate } from "../../model/log-rate";
import type { DefiniteLogShipping } from "../../model/log-shipping";
import { deliveries, destinations } from "./route";
import { type FluentdConfig, type FluentdSection, parameterOf, typeOf } from "./syntax";

/** What a configuration breaks. */
export interface BrokenLaw {
  readonly law: "memory" | "route" | "path" | "disk" | "rate" | "outage" | "lossy";
  readonly message: string;
}

const bufferOf = (output: FluentdSection): FluentdSection | undefined =>
  output.sections.find(({ name }) => name === "buffer");

const nameOf = (output: FluentdSection): string => parameterOf(output, "@id") ?? typeOf(output);

/** MiB of a size such as `8m`. */
const mibOf = (size: string | undefined): number => Number(size?.replace(/m$/, "") ?? Number.NaN);

/** Seconds of a time such as `5s` or `1h`. */
const secondsOf = (time: string | undefined): number => {
  const [, count, unit] = /^(\d+)([smh])$/.exec(time ?? "") ?? [];
  return Number(count) * ({ s: 1, m: 60, h: 3600 }[unit ?? ""] ?? Number.NaN);
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB/s`;

/** What must not be lost in a restart is on disk, in a folder that no other buffer has. */
function bufferLaws(outputs: readonly FluentdSection[]): readonly BrokenLaw[] {
  const paths = new Map<string, string>();
  return outputs.flatMap((output): readonly BrokenLaw[] => {
    const buffer = bufferOf(output);
    if (buffer === undefined || typeOf(buffer) !== "file")
      return [{ law: "memory", message: `${nameOf(output)} buffers in memory: a restart loses what it has not sent` }];
    const path = parameterOf(buffer, "path") ?? "";
    const other = paths.get(path);
    paths.set(path, nameOf(output));
    return other === undefined
      ? []
      : [{ law: "path", message: `${nameOf(output)} and ${other} buffer in the same folder, ${path}` }];
  });
}

/** Each service's tag ends at every output; no output is there that no service reaches. */
function routeLaws(config: FluentdConfig, { services }: LogCapacity): readonly BrokenLaw[] {
  const followed = services.map(({ tag }) => ({ tag, ...destinations(config, "@COLLECT", tag) }));
  const unrouted = destinations(config, "@COLLECT", "nobody.knows.it");
  const reached = new Set(
    [...followed, unrouted, destinations(config, "@ERROR", "any")].flatMap(({ outputs }) => outputs),
  );
  const kinds = new Set(
    deliveries(config)
      .map(typeOf)
      .filter((type) => type !== "file"),
  );
  return [
    ...[...followed, unrouted].flatMap(({ lost }) => lost),
    ...followed.flatMap(({ tag, outputs }) =>
      [...kinds]
        .filter((kind) => !outputs.some((output) => typeOf(output) === kind))
        .map((kind) => `${tag} never reaches the output ${kind}`),
    ),
    ...deliveries(config)
      .filter((output) => !reached.has(output))
      .map((output) => `nothing reaches the output ${nameOf(output)}`),
  ].map((message) => ({ law: "route", message }));
}

/** What one process must take to an output: the peak of the services whose tags end there. */
function rateTo(config: FluentdConfig, output: FluentdSection, { services, carrying }: LogCapacity): LogRate {
  const sent = services.filter(({ tag }) => destinations(config, "@COLLECT", tag).outputs.includes(output));
  return {
    events: sent.reduce((total, { peak }) => total + peak.events, 0) / carrying,
    bytes: sent.reduce((total, { peak }) => total + peak.bytes, 0) / carrying,
  };
}

/** Each buffer is emptied as fast as the peak fills it, and holds an outage. */
function paceLaws(config: FluentdConfig, capacity: LogCapacity, shipping: DefiniteLogShipping): readonly BrokenLaw[] {
  return deliveries(config)
    .filter((output) => typeOf(output) !== "file")
    .flatMap((output): readonly BrokenLaw[] => {
      const buffer = bufferOf(output);
      if (buffer === undefined) return [];
      const needed = rateTo(config, output, capacity);
      const threads = Number(parameterOf(buffer, "flush_thread_count"));
      const chunkMib = mibOf(parameterOf(buffer, "chunk_limit_size"));
      const intervalSeconds = secondsOf(parameterOf(buffer, "flush_interval") ?? parameterOf(buffer, "timekey"));
      const carried = flushBytesPerSecond({ threads, chunkMib, intervalSeconds });
      const held = mibOf(parameterOf(buffer, "total_limit_size"));
      const wanted = mibFor(needed, shipping.outageHours);
      const peak = `${Math.ceil(needed.events)} events/s (${megabytes(needed.bytes)})`;
      return [
        ...(carried >= needed.bytes
          ? []
          : [
              {
                law: "rate" as const,
                message: `${nameOf(output)} sends ${threads} chunks of ${chunkMib} MiB in ${intervalSeconds} s, ${megabytes(carried)}; the peak of a process is ${peak}`,
              },
            ]),
        ...(held >= wanted
          ? []
          : [
              {
                law: "outage" as const,
                message: `the buffer of ${nameOf(output)} holds ${held} MiB; ${shipping.outageHours} h at ${peak} are ${wanted} MiB`,
              },
            ]),
      ];
    });
}

function diskLaws(config: FluentdConfig, { diskGib }: DefiniteLogShipping): readonly BrokenLaw[] {
  const total = deliveries(config)
    .flatMap((output) => bufferOf(output) ?? [])
    .reduce((sum, buffer) => sum + mibOf(parameterOf(buffer, "total_limit_size")), 0);
  if (total <= diskGib * 1024) return [];
  return [
    { law: "disk", message: `the buffers may grow to ${Math.ceil(total / 1024)} GiB, and the disk has ${diskGib}` },
  ];
}

function processLaws({ peak, carrying, perProcess }: LogCapacity, shipping: DefiniteLogShipping): readonly BrokenLaw[] {
  if (perProcess.events <= shipping.eventsPerAggregator) return [];
  return [
    {
      law: "rate",
      message: `${peak.events} events/s at the peak are ${Math.ceil(perProcess.events)} for each of ${carrying} Fluentd while one is away, and each carries ${shipping.eventsPerAggregator}`,
    },
  ];
}

function lossLaws(config: FluentdConfig): readonly BrokenLaw[] {
  const outputs = deliveries(config).filter((output) => typeOf(output) !== "file");
  const kept = outputs.some((output) => parameterOf(bufferOf(output) ?? output, "overflow_action") === "block");
  if (outputs.length === 0 || kept) return [];
  return [{ law: "lossy", message: "every output drops events once its buffer is full" }];
}

/**
 * What a configuration must keep, whoever wrote it: read off the directives themselves and not off what they were made from, so that a slip in
 * the making is found too. Throughput counts one full chunk for each thread in each flush interval, which is less than Fluentd does.
 */
export const brokenLaws = (
  config: FluentdConfig,
  capacity: LogCapacity,
  shipping: DefiniteLogShipping,
): readonly BrokenLaw[] => [
  ...bufferLaws(deliveries(config)),
  ...routeLaws(config, capacity),
  ...diskLaws(config, shipping),
  ...processLaws(capacity, shipping),
  ...paceLaws(config, capacity, shipping),
  ...lossLaws(config),
];
