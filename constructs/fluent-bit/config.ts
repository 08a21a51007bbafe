import { mibFor, type ShippedService } from "../../model/log-capacity";
import type { DefiniteLogShipping } from "../../model/log-shipping";
import { pipelinePorts } from "../../model/pipeline-ports";
import { ports } from "../fluentd/aggregator";
import { secretVariables } from "../fluentd/outputs";
import { masked } from "../fluentd/program";

/** A section of Fluent Bit's classic configuration; keys may stand more than once. */
export interface FluentBitSection {
  readonly name: "SERVICE" | "INPUT" | "FILTER" | "OUTPUT" | "PARSER";
  readonly entries: readonly (readonly [key: string, value: string])[];
}

/** Folders and files within the sidecar. */
export const paths = {
  /** On a volume of the task, so that a restart of the container finds what was not sent. */
  buffer: "/var/lib/fluent-bit/buffer",
  socket: "/var/run/fluent.sock",
  config: "/tmp/fluent-bit.conf",
  parsers: "/tmp/parsers.conf",
  authority: "/etc/ssl/certs/ca-bundle.crt",
} as const;

/** Where it answers: for its health within the task, for its metrics to Prometheus. */
export const { fluentBit: httpPort } = pipelinePorts;

/** How long a task that is stopped may go on sending; ECS gives 120 s at the most. */
export const graceSeconds = 90;

/** Hours of the service's whole peak that each task holds while no Fluentd takes it: a deployment of Fluentd, with room. */
export const holdHours = 0.25;

const parser = "estate_json";

const section = (
  name: FluentBitSection["name"],
  entries: Readonly<Record<string, string | number>>,
  ...more: FluentBitSection["entries"]
): FluentBitSection => ({
  name,
  entries: [...Object.entries(entries).map(([key, value]): readonly [string, string] => [key, String(value)]), ...more],
});

/** Fields of the contract's JSON, with the event's own time. */
export const parsers: readonly FluentBitSection[] = [
  section("PARSER", {
    Name: parser,
    Format: "json",
    Time_Key: "timestamp",
    Time_Format: "%Y-%m-%dT%H:%M:%S.%L%z",
    Time_Keep: "On",
  }),
];

/**
 * What must not leave the task. Hashed fields and patterns in text are left to Fluentd, which has the key and a language; until there the
 * way is encrypted.
 */
function redaction({ contract: { redactions } }: ShippedService): readonly FluentBitSection[] {
  const dropped = redactions.filter(({ redaction }) => redaction === "drop");
  return [
    ...(dropped.length === 0
      ? []
      : [
          section(
            "FILTER",
            { Name: "record_modifier", Match: "*" },
            ...dropped.map(({ field }): readonly [string, string] => ["Remove_key", field]),
          ),
        ]),
    ...redactions
      .filter(({ redaction }) => redaction === "mask")
      .map(({ field }) =>
        section("FILTER", { Name: "modify", Match: "*", Condition: `Key_exists ${field}`, Set: `${field} ${masked}` }),
      ),
  ];
}

/**
 * Fluent Bit beside each task of a service: it takes lines from the socket that ECS's logging driver writes to, keeps them on disk until Fluentd
 * has acknowledged them, and joins, parses and redacts them on the way. The configuration that FireLens would make buffers in memory, so
 * the sidecar is started with this one instead.
 * Sources: Fluent Bit manual, Buffering and storage; Outputs, Forward; Amazon ECS Developer Guide, "High throughput log routing".
 */
export const fluentBitConfig = (
  service: ShippedService,
  { address, tls }: DefiniteLogShipping,
): readonly FluentBitSection[] => [
  section("SERVICE", {
    Flush: 1,
    Grace: graceSeconds,
    Log_Level: "info",
    Parsers_File: paths.parsers,
    HTTP_Server: "On",
    HTTP_Listen: "0.0.0.0",
    HTTP_Port: httpPort,
    Health_Check: "On",
    "storage.path": paths.buffer,
    "storage.sync": "normal",
    "storage.backlog.mem_limit": "16M",
    "storage.max_chunks_up": 64,
    "storage.metrics": "On",
  }),
  // Its metrics carry the alias as their `name`, so that an alert says whose events are lost.
  section("INPUT", {
    Name: "forward",
    Alias: service.contract.service,
    unix_path: paths.socket,
    "storage.type": "filesystem",
  }),
  // Docker cuts lines at 16 KiB: a traceback's JSON is whole again before it is parsed.
  section("FILTER", { Name: "multiline", Match: "*", "multiline.key_content": "log", mode: "partial_message" }),
  section("FILTER", { Name: "parser", Match: "*", Key_Name: "log", Parser: parser, Reserve_Data: "Off" }),
  ...redaction(service),
  section("OUTPUT", {
    Name: "forward",
    Alias: service.contract.service,
    Match: "*",
    Tag: service.tag,
    Host: address,
    Port: ports.forward,
    ...(tls
      ? {
          tls: "On",
          "tls.verify": "On",
          "tls.ca_file": paths.authority,
          Shared_Key: `\${${secretVariables.sharedKey}}`,
          Self_Hostname: service.contract.service,
        }
      : {}),
    Require_ack_response: "True",
    Retry_Limit: "no_limits",
    "storage.total_limit_size": `${mibFor(service.peak, holdHours)}M`,
  }),
];

/** The text of sections, one key to a line. */
export const printFluentBit = (sections: readonly FluentBitSection[]): string =>
  sections
    .map(({ name, entries }) => `[${name}]\n${entries.map(([key, value]) => `    ${key} ${value}\n`).join("")}`)
    .join("\n");
