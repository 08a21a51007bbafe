/*
 * The parts of an OpenTelemetry collector that the estate uses, each with the options that it sets and no others. An id is a component's type, or
 * type and name (`otlp/jaeger`), so that the compiler holds each id to its type's options.
 *
 * Sources: the README of each component in open-telemetry/opentelemetry-collector and -contrib; "Configuration" of the collector's documentation.
 */

/** A Go duration: `10s`. */
export type GoDuration = `${number}${"ms" | "s" | "m"}`;

interface Endpoint {
  readonly endpoint: string;
}

/** Without TLS: both ends are within one private network, or one task. */
interface Insecure {
  readonly tls: { readonly insecure: true };
}

export type Receivers = {
  readonly [id in "otlp" | `otlp/${string}`]?: {
    readonly protocols: { readonly grpc?: Endpoint; readonly http?: Endpoint };
  };
} & {
  readonly [id in "jaeger" | `jaeger/${string}`]?: {
    readonly protocols: { readonly grpc?: Endpoint; readonly thrift_http?: Endpoint };
  };
} & { readonly [id in "zipkin" | `zipkin/${string}`]?: Endpoint };

/** What becomes of one attribute. */
export type AttributeAction =
  | { readonly key: string; readonly action: "upsert" | "update"; readonly value: string }
  | { readonly key: string; readonly action: "delete" | "hash" };

interface Policy<K extends string> {
  readonly name: string;
  readonly type: K;
}

export type SimplePolicy =
  | (Policy<"status_code"> & { readonly status_code: { readonly status_codes: readonly ("ERROR" | "OK" | "UNSET")[] } })
  | (Policy<"string_attribute"> & {
      readonly string_attribute: { readonly key: string; readonly values: readonly string[] };
    })
  | (Policy<"probabilistic"> & { readonly probabilistic: { readonly sampling_percentage: number } })
  | (Policy<"ottl_condition"> & {
      readonly ottl_condition: { readonly error_mode: "ignore"; readonly span: readonly string[] };
    });

export type TailPolicy =
  | SimplePolicy
  | (Policy<"and"> & { readonly and: { readonly and_sub_policy: readonly SimplePolicy[] } });

export interface TailSamplingSettings {
  readonly decision_wait: GoDuration;
  readonly num_traces: number;
  readonly expected_new_traces_per_sec: number;
  readonly decision_cache: { readonly sampled_cache_size: number; readonly non_sampled_cache_size: number };
  readonly policies: readonly TailPolicy[];
}

export type Processors = {
  readonly [id in "memory_limiter" | `memory_limiter/${string}`]?: {
    readonly check_interval: GoDuration;
    readonly limit_percentage: number;
    readonly spike_limit_percentage: number;
  };
} & {
  readonly [id in "resource" | `resource/${string}`]?: { readonly attributes: readonly AttributeAction[] };
} & {
  readonly [id in "attributes" | `attributes/${string}`]?: { readonly actions: readonly AttributeAction[] };
} & {
  readonly [id in "transform" | `transform/${string}`]?: {
    readonly error_mode: "ignore";
    readonly trace_statements: readonly {
      readonly context: "resource" | "span" | "spanevent";
      readonly statements: readonly string[];
    }[];
  };
} & { readonly [id in "tail_sampling" | `tail_sampling/${string}`]?: TailSamplingSettings } & {
  readonly [id in "batch" | `batch/${string}`]?: { readonly timeout: GoDuration; readonly send_batch_size: number };
};

export type Exporters = {
  readonly [id in "otlp" | `otlp/${string}`]?: Endpoint & Insecure;
} & { readonly [id in "zipkin" | `zipkin/${string}`]?: Endpoint & { readonly format: "proto" } } & {
  readonly [id in "awsxray" | `awsxray/${string}`]?: {
    readonly region: string;
    readonly indexed_attributes: readonly string[];
  };
} & {
  readonly [id in "datadog" | `datadog/${string}`]?: { readonly api: { readonly key: string; readonly site: string } };
} & {
  readonly [id in "prometheusremotewrite" | `prometheusremotewrite/${string}`]?: Endpoint & {
    readonly auth: { readonly authenticator: string };
    readonly external_labels: Readonly<Record<string, string>>;
  };
} & {
  readonly [id in "loadbalancing" | `loadbalancing/${string}`]?: {
    readonly routing_key: "traceID";
    readonly protocol: { readonly otlp: Insecure & { readonly timeout: GoDuration } };
    readonly resolver: {
      readonly dns: { readonly hostname: string; readonly port: string; readonly interval: GoDuration };
    };
  };
};

export type Connectors = {
  readonly [id in "spanmetrics" | `spanmetrics/${string}`]?: {
    readonly namespace: string;
    readonly histogram: {
      readonly unit: "s" | "ms";
      readonly explicit: { readonly buckets: readonly GoDuration[] };
    };
    readonly exemplars: { readonly enabled: boolean };
    readonly metrics_flush_interval: GoDuration;
    readonly metrics_expiration: GoDuration;
    readonly resource_metrics_key_attributes: readonly string[];
  };
} & {
  readonly [id in "forward" | `forward/${string}` | "datadog" | `datadog/${string}`]?: Readonly<Record<string, never>>;
};

export type Extensions = { readonly [id in "health_check" | `health_check/${string}`]?: Endpoint } & {
  readonly [id in "sigv4auth" | `sigv4auth/${string}`]?: { readonly region: string; readonly service: "aps" };
};

export type Signal = "traces" | "metrics" | "logs";

export interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

/** What a collector says of itself. Source: OpenTelemetry Collector, "Internal telemetry"; OpenTelemetry declarative configuration. */
export interface SelfTelemetry {
  readonly metrics: {
    readonly readers: readonly {
      readonly pull: {
        readonly exporter: {
          readonly prometheus: {
            readonly host: string;
            readonly port: number;
            readonly without_scope_info: boolean;
            readonly without_type_suffix: boolean;
            readonly without_units: boolean;
          };
        };
      };
    }[];
  };
}

/** A collector's configuration, in the layout of its file. */
export interface CollectorConfig {
  readonly extensions: Extensions;
  readonly receivers: Receivers;
  readonly processors: Processors;
  readonly connectors: Connectors;
  readonly exporters: Exporters;
  readonly service: {
    readonly telemetry: SelfTelemetry;
    readonly extensions: readonly string[];
    readonly pipelines: { readonly [id in Signal | `${Signal}/${string}`]?: Pipeline };
  };
}
