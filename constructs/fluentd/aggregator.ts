import type { EnvironmentEstate } from "../../model/estate";
import { type LogCapacity, logCapacity, type ShippedService } from "../../model/log-capacity";
import { collectorField, logShippingOf } from "../../model/log-shipping";
import { type LogLevel, logLevels } from "../../model/logging";
import { memoized } from "../../model/memoized";
import { pipelinePorts } from "../../model/pipeline-ports";
import { dataFolder, fileBuffer, limitOfEach } from "./buffer";
import { labelOf, outputLabels, secretVariables } from "./outputs";
import { keepProgram, patternsProgram, type RecordProgram, redactProgram } from "./program";
import { type FluentdConfig, type FluentdSection, fromEnvironment, hostname, section } from "./syntax";

/** Ports of a process. Source: Fluentd documentation, `forward`, `monitor_agent`; fluent-plugin-prometheus. */
export const ports = { forward: 24224, monitor: 24220, prometheus: pipelinePorts.fluentd } as const;

const matching = (tag: string): string => `${tag}.**`;
const relabel = (label: string) => ({ "@type": "relabel", "@label": label });

/** Events come by the forward protocol, over TLS from those who know the key; an event is acknowledged once it is on disk here. */
function inputs(tls: boolean): readonly FluentdSection[] {
  const transport = section(["transport", "tls"], {
    cert_path: "/fluentd/tls/tls.crt",
    private_key_path: "/fluentd/tls/tls.key",
    min_version: "TLS1_2",
  });
  const security = section("security", {
    self_hostname: hostname,
    shared_key: fromEnvironment(secretVariables.sharedKey),
  });
  return [
    // One process is one core, and each has its buffers and its counters to itself: more processes, not more workers.
    section(
      "system",
      { workers: 1, root_dir: `${dataFolder}/root`, log_level: "info" },
      section("log", { format: "json" }),
    ),
    section(
      "source",
      {
        "@type": "forward",
        "@id": "forward",
        "@label": "@COLLECT",
        port: ports.forward,
        bind: "0.0.0.0",
        skip_invalid_event: true,
      },
      ...(tls ? [transport, security] : []),
    ),
    section("source", { "@type": "monitor_agent", bind: "127.0.0.1", port: ports.monitor }),
    section("source", { "@type": "prometheus", bind: "0.0.0.0", port: ports.prometheus }),
    section(
      "source",
      // What only grows is a counter, as its alert needs; without this the plugin shows all as gauges.
      { "@type": "prometheus_output_monitor", interval: 10, gauge_all: false },
      section("labels", { host: hostname }),
    ),
  ];
}

const runs = (pattern: string, key: string, program: RecordProgram, removed: string): FluentdSection =>
  section(
    ["filter", pattern],
    { "@type": "record_modifier", remove_keys: removed },
    section("record", { [key]: { kind: "program", program } }),
  );

/** Names who it is from by the tag, which the aggregator trusts, and not by what the event says. */
const enrich = ({ contract, tag }: ShippedService): FluentdSection =>
  section(
    ["filter", matching(tag)],
    { "@type": "record_modifier" },
    section("record", { service: contract.service, environment: contract.environment, [collectorField]: hostname }),
  );

/** Sampled first, as the rest is work for nothing. Its decision is a field that no later filter sees. */
function sample({ contract, tag }: ShippedService): readonly FluentdSection[] {
  const program = keepProgram(contract);
  if (program === undefined) return [];
  return [
    section(
      ["filter", matching(tag)],
      { "@type": "record_modifier" },
      section("record", { _keep: { kind: "program", program } }),
    ),
    section(
      ["filter", matching(tag)],
      { "@type": "grep" },
      section("regexp", { key: "_keep", pattern: "/\\Atrue\\z/" }),
    ),
    section(["filter", matching(tag)], { "@type": "record_modifier", remove_keys: "_keep" }),
  ];
}

const levelsFrom = (from: LogLevel): readonly string[] => logLevels.slice(logLevels.indexOf(from));

const labelName = (prefix: string, service: string): string =>
  `@${prefix}_${service.toUpperCase().replaceAll("-", "_")}`;

/** A service with a throttle has two ways to delivery: events that the limit is about, and all others. */
function throttleLabels({ contract, tag }: ShippedService, capacity: LogCapacity): readonly FluentdSection[] {
  const { throttle } = contract.logging;
  if (throttle === undefined) return [];
  const { field, from, events, perSeconds } = throttle;
  const concerned = (kind: "regexp" | "exclude"): FluentdSection =>
    section(
      ["filter", matching(tag)],
      { "@type": "grep" },
      section(
        "and",
        {},
        section(kind, { key: "level", pattern: `/\\A(${levelsFrom(from).join("|")})\\z/` }),
        section(kind, { key: field, pattern: "/./" }),
      ),
    );
  const deliver = section(["match", matching(tag)], relabel("@DELIVER"));
  return [
    section(
      ["label", labelName("LIMITED", contract.service)],
      {},
      concerned("regexp"),
      section(["filter", matching(tag)], {
        "@type": "throttle",
        group_key: field,
        group_bucket_period_s: perSeconds,
        group_bucket_limit: limitOfEach(events, capacity),
        group_drop_logs: true,
        // Its default is the limit by the period in whole numbers: 10 in 60 s is 0, and who was once limited is never heard again.
        group_reset_rate_s: -1,
      }),
      deliver,
    ),
    section(["label", labelName("UNLIMITED", contract.service)], {}, concerned("exclude"), deliver),
  ];
}

const splitThrottled = ({ contract, tag }: ShippedService): readonly FluentdSection[] =>
  contract.logging.throttle === undefined
    ? []
    : [
        section(
          ["match", matching(tag)],
          { "@type": "copy" },
          section("store", relabel(labelName("LIMITED", contract.service))),
          section("store", relabel(labelName("UNLIMITED", contract.service))),
        ),
      ];

/**
 * What is kept on this disk for a person to look at: events of nobody's tag, and those that an output refused. Of what has no contract only
 * patterns are redacted.
 */
const keepOnDisk = (label: string, name: string): FluentdSection =>
  section(
    ["label", label],
    {},
    runs("**", "_redact", patternsProgram, "_redact"),
    section(
      ["match", "**"],
      { "@type": "file", "@id": name, path: `${dataFolder}/${name}/events`, compress: "gzip" },
      fileBuffer(name),
    ),
  );

/**
 * Fluentd of an environment: it collects, parses, names, redacts, samples and throttles the events of every service, and delivers each to every
 * output from a buffer on disk. Order matters: what is dropped is dropped first, and nothing leaves unredacted.
 */
export const aggregatorConfig = memoized((estate: EnvironmentEstate): FluentdConfig => {
  const shipping = logShippingOf(estate.environment);
  const capacity = logCapacity(estate);
  const { services } = capacity;
  return [
    ...inputs(shipping.tls),
    section(
      ["label", "@COLLECT"],
      {},
      // Events of Fluent Bit are parsed already and have no `log`; those of a plain logging driver have nothing else.
      section(
        ["filter", "logs.**"],
        {
          "@type": "parser",
          key_name: "log",
          reserve_data: true,
          remove_key_name_field: true,
          emit_invalid_record_to_error: false,
        },
        section("parse", { "@type": "json" }),
      ),
      ...services.flatMap(sample),
      ...services.map(enrich),
      ...services.map(({ contract, tag }) => runs(matching(tag), "_redact", redactProgram(contract), "_redact")),
      ...services.flatMap(splitThrottled),
      ...services
        .filter(({ contract }) => contract.logging.throttle === undefined)
        .map(({ tag }) => section(["match", matching(tag)], relabel("@DELIVER"))),
      section(["match", "**"], relabel("@UNROUTED")),
    ),
    ...services.flatMap((service) => throttleLabels(service, capacity)),
    section(
      ["label", "@DELIVER"],
      {},
      section(
        ["match", "logs.**"],
        { "@type": "copy" },
        ...shipping.outputs.map((output) => section("store", relabel(labelOf(output)))),
      ),
    ),
    ...outputLabels({ environment: estate.environment, shipping, capacity }),
    keepOnDisk("@UNROUTED", "unrouted"),
    keepOnDisk("@ERROR", "errors"),
  ];
});
