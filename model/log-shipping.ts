import type { Environment } from "./environment";

/** The systems that log events are delivered to; each gets every event. */
export const logOutputs = ["elasticsearch", "cloudwatch", "s3", "datadog"] as const;
export type LogOutput = (typeof logOutputs)[number];

/**
 * The field that Fluentd sets on every event: the host that it runs on. Whoever takes events from several ways reads from it that this one has been sampled,
 * throttled and hashed; no service may log it.
 */
export const collectorField = "collector";

/** How log events travel from the services of an environment: by Fluent Bit beside each, and Fluentd in the middle. */
export interface LogShipping {
  /** Default: Elasticsearch, CloudWatch and Datadog. */
  readonly outputs?: readonly LogOutput[];
  /** The bucket of the S3 output and of Datadog's archive; it exists already. Default: none, so that neither is there. */
  readonly bucket?: string;
  /** The IAM role that Datadog's AWS integration takes, by name. Default: `DatadogIntegrationRole`, which its own template makes. */
  readonly datadogRole?: string;
  /** Where the services reach Fluentd. Default: `fluentd.<environment>.internal`. */
  readonly address?: string;
  /** Whether the way to Fluentd is encrypted and takes a shared key, which Fluent Bit sends over TLS alone. Default: true. */
  readonly tls?: boolean;
  /** Fluentd processes. Default: as many as carry the peak, and one more, so that one may be away. */
  readonly aggregators?: number;
  /**
   * Events a second that one process carries. Default: 5,000; Fluentd is one core, and half of it is left for redaction and for
   * catching up after an outage. Measure your own with the `fluentd_output_status_emit_records` that it serves.
   */
  readonly eventsPerAggregator?: number;
  /** Hours at the peak that an output may be away and nothing is lost. Default: 4 in production, a shift's half; else 1. */
  readonly outageHours?: number;
  /** GiB of disk that each process has for its buffers. Default: 200 in production (the most that a Fargate task has), else 50. */
  readonly diskGib?: number;
}

/** The way of log events with nothing left open, but what follows from rates. */
export interface DefiniteLogShipping extends Required<Omit<LogShipping, "bucket" | "aggregators">> {
  readonly bucket?: string;
  readonly aggregators?: number;
}

/** Fills in the defaults of an environment's log shipping. */
export const logShippingOf = ({
  name,
  production,
  logShipping = {},
}: Pick<Environment, "name" | "production" | "logShipping">): DefiniteLogShipping => ({
  outputs: ["elasticsearch", "cloudwatch", "datadog"],
  datadogRole: "DatadogIntegrationRole",
  address: `fluentd.${name}.internal`,
  tls: true,
  eventsPerAggregator: 5000,
  outageHours: production ? 4 : 1,
  diskGib: production ? 200 : 50,
  ...logShipping,
});
