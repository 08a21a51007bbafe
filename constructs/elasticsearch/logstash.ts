import type { DefiniteElastic } from "../../model/elastic";
import { collectorField } from "../../model/log-shipping";
import { logLevels } from "../../model/logging";
import { redactionOf, sensitivePatterns } from "../../model/redaction";
import { masked } from "./ingest-pipeline";
import type { LogstashConfig, Step } from "./logstash-config";
import { freeTextsOf } from "./mapping";
import type { LogStream } from "./stream";

/** Where Logstash's machine keeps its key and certificate. */
const tls = {
  ssl_enabled: true,
  ssl_certificate: "/etc/logstash/certs/logstash.crt",
  ssl_key: "/etc/logstash/certs/logstash.key",
} as const;

/** A double quote as Ruby's expressions know it without one, since a text of Logstash cannot hold both kinds. */
const withoutQuotes = (pattern: string): string => pattern.replaceAll('"', "\\x22");

/**
 * What becomes of one service's events: redacted before they travel on, but for hashes, which need the salt that the ingest pipeline alone has and would differ if
 * they were made twice; and no more of one value than the contract allows.
 */
function stepsOf({ dataset, contract }: LogStream, namespace: string): readonly Step[] {
  const { fields, logging } = contract;
  const of = (redaction: "mask" | "drop") =>
    fields.filter((field) => redactionOf(field) === redaction).map(({ name }) => name);
  // Only Fluentd, which does not send to Logstash, may say that an event has been sampled and hashed.
  const [update, removed] = [of("mask"), [...of("drop"), collectorField]];
  const { throttle } = logging;
  const from = throttle === undefined ? -1 : logLevels.indexOf(throttle.from);
  return [
    {
      plugin: "mutate",
      settings: {
        ...(update.length === 0 ? {} : { update: Object.fromEntries(update.map((field) => [field, masked])) }),
        gsub: freeTextsOf(contract).flatMap(({ name }) =>
          sensitivePatterns.flatMap((each) => [name, withoutQuotes(each.pattern), `[${each.name}]`]),
        ),
        remove_field: removed,
        add_field: {
          "[data_stream][type]": "logs",
          "[data_stream][dataset]": dataset,
          "[data_stream][namespace]": namespace,
        },
      },
    },
    ...(throttle === undefined
      ? []
      : ([
          {
            when: [
              {
                all: [
                  { kind: "one-of", field: "level", values: logLevels.slice(from) },
                  { kind: "exists", field: throttle.field },
                ],
                steps: [
                  {
                    plugin: "throttle",
                    settings: {
                      key: `${dataset} %{${throttle.field}}`,
                      after_count: throttle.events,
                      period: String(throttle.perSeconds),
                      // The plugin wants room for two periods (Logstash reference, "Throttle filter plugin", `max_age`).
                      max_age: 2 * throttle.perSeconds,
                      add_tag: ["throttled"],
                    },
                  },
                ],
              },
            ],
          },
          { when: [{ all: [{ kind: "has-tag", tag: "throttled" }], steps: [{ plugin: "drop", settings: {} }] }] },
        ] as const satisfies readonly Step[])),
  ];
}

/**
 * The pipeline of an environment: Beats, TCP and HTTP in, each service's events into its data stream out. Events of a service that nobody declared are dropped, and
 * counted under the id `undeclared-service` by Logstash's own API: nobody has said what of them may be stored.
 */
export const logstashConfigOf = (
  { elasticsearch }: DefiniteElastic,
  streams: readonly LogStream[],
  namespace: string,
): LogstashConfig => ({
  input: [
    { plugin: "beats", settings: { id: "beats", port: 5044, ...tls } },
    { plugin: "tcp", settings: { id: "tcp", port: 5514, codec: "json_lines", ...tls } },
    { plugin: "http", settings: { id: "http", port: 8080, codec: "json", ...tls } },
  ],
  filter: [
    {
      when: [
        {
          all: [{ kind: "begins-as-json", field: "message" }],
          steps: [{ plugin: "json", settings: { id: "parse", source: "message" } }],
        },
      ],
    },
    {
      when: streams.map((stream) => ({
        all: [{ kind: "equals", field: "service", value: stream.contract.service }],
        steps: stepsOf(stream, namespace),
      })),
      otherwise: [{ plugin: "drop", settings: { id: "undeclared-service" } }],
    },
  ],
  output: [
    {
      plugin: "elasticsearch",
      settings: {
        id: "elasticsearch",
        hosts: elasticsearch,
        data_stream: "true",
        // Out of Logstash's keystore; the key belongs to the role of shippers.
        api_key: "${ELASTICSEARCH_API_KEY}",
      },
    },
  ],
});

/** A persistent queue of so many bytes, in whole gigabytes: in memory alone a restart would lose what is in it. */
export const queueSize = (bytes: number): string => `${Math.max(1, Math.ceil(bytes / 1024 ** 3))}gb`;
