import type { Environment } from "../../model/environment";
import type { LogCapacity } from "../../model/log-capacity";
import type { DefiniteLogShipping, LogOutput } from "../../model/log-shipping";
import { never } from "../../model/result";
import { buffer } from "./buffer";
import { type FluentdSection, fromEnvironment, hostname, section } from "./syntax";

/** Variables that the process has from Secrets Manager. None of their values is in the file. */
export const secretVariables = {
  sharedKey: "FLUENTD_SHARED_KEY",
  elasticsearchHosts: "ELASTICSEARCH_HOSTS",
  elasticsearchKey: "ELASTICSEARCH_API_KEY",
  datadogKey: "DD_API_KEY",
} as const;

interface OutputOptions {
  readonly environment: Environment;
  readonly shipping: DefiniteLogShipping;
  readonly capacity: LogCapacity;
}

/** The tag is `logs.<service>`, so its second part names the service, whatever an event says of itself. */
const service = `\${tag[1]}`;
const everything = "logs.**";

/** Datadog's intake of a site, from the URL of its API. Source: Datadog documentation, Log collection, "Logging endpoints". */
const intakeOf = (api: string): string => `http-intake.logs.${new URL(api).host.replace(/^api\./, "")}`;

/**
 * Writes to the data stream of each service, which the estate's own templates make: `create` is what a data stream takes. The plugin for
 * data streams would install templates and lifecycles of its own beside those.
 */
const elasticsearch = ({ environment, shipping, capacity }: OutputOptions): FluentdSection =>
  section(
    ["match", everything],
    {
      "@type": "elasticsearch",
      "@id": "elasticsearch",
      hosts: fromEnvironment(secretVariables.elasticsearchHosts),
      scheme: "https",
      api_key: fromEnvironment(secretVariables.elasticsearchKey),
      index_name: `logs-${service}-${environment.name}`,
      write_operation: "create",
      include_timestamp: true,
      suppress_type_name: true,
      request_timeout: "30s",
      reconnect_on_error: true,
      reload_on_failure: true,
      reload_connections: false,
      // Fluentd must start, and buffer, while Elasticsearch is away.
      verify_es_version_at_startup: false,
      default_elasticsearch_version: 8,
      log_es_400_reason: true,
    },
    buffer({ name: "elasticsearch", output: "elasticsearch", rate: capacity.perProcess, keys: "tag" }, shipping),
  );

/** Each service has its log group, and so its own output: the estate names groups as people chose, not after tags. */
const cloudwatch = ({ environment, shipping, capacity }: OutputOptions): readonly FluentdSection[] =>
  capacity.services.map(({ contract, logGroup, tag, peak }) =>
    section(
      ["match", `${tag}.**`],
      {
        "@type": "cloudwatch_logs",
        "@id": `cloudwatch-${contract.service}`,
        region: environment.region,
        log_group_name: logGroup,
        log_stream_name: hostname,
        // The group is there, with its retention and its key; each process adds a stream of its own to it.
        auto_create_stream: true,
        put_log_events_disable_retry_limit: true,
      },
      buffer(
        {
          name: `cloudwatch-${contract.service}`,
          output: "cloudwatch",
          rate: { events: peak.events / capacity.carrying, bytes: peak.bytes / capacity.carrying },
          keys: "tag",
        },
        shipping,
      ),
    ),
  );

/** Objects by service and hour. The name comes of the chunk, so that a second try overwrites the first instead of doubling it. */
const s3 = ({ environment, shipping, capacity }: OutputOptions): FluentdSection =>
  section(
    ["match", everything],
    {
      "@type": "s3",
      "@id": "s3",
      s3_bucket: shipping.bucket ?? "",
      s3_region: environment.region,
      path: `fluentd/service=${service}/year=%Y/month=%m/day=%d/hour=%H/`,
      s3_object_key_format: "%{path}%{hex_random}.%{file_extension}",
      hex_random_length: 16,
      check_object: false,
      check_bucket: false,
      auto_create_bucket: false,
      store_as: "gzip",
    },
    section("format", { "@type": "json" }),
    buffer({ name: "s3", output: "s3", rate: capacity.perProcess, keys: "tag,time" }, shipping),
  );

const datadog = ({ environment, shipping, capacity }: OutputOptions): FluentdSection =>
  section(
    ["match", everything],
    {
      "@type": "datadog",
      "@id": "datadog",
      api_key: fromEnvironment(secretVariables.datadogKey),
      host: intakeOf(environment.datadog),
      use_http: true,
      use_ssl: true,
      use_compression: true,
      dd_tags: `env:${environment.name}`,
      // The buffer tries again, for ever; tries within the plugin would hold its thread.
      max_retries: 3,
    },
    buffer({ name: "datadog", output: "datadog", rate: capacity.perProcess, keys: "tag" }, shipping),
  );

function matchesOf(output: LogOutput, options: OutputOptions): readonly FluentdSection[] {
  switch (output) {
    case "elasticsearch":
      return [elasticsearch(options)];
    case "cloudwatch":
      return cloudwatch(options);
    case "s3":
      return [s3(options)];
    case "datadog":
      return [datadog(options)];
    default:
      return never(output);
  }
}

export const labelOf = (output: LogOutput): string => `@${output.toUpperCase()}`;

/** One label for each output, which takes every event. */
export const outputLabels = (options: OutputOptions): readonly FluentdSection[] =>
  options.shipping.outputs.map((output) => section(["label", labelOf(output)], {}, ...matchesOf(output, options)));
