import { z } from "zod";

/*
 * A collector's configuration as the reference documentation has it (the README of each component), with nothing more allowed than stands
 * there: an option that a component does not have keeps a collector from starting.
 */
const duration = z.string().regex(/^\d+(ms|s|m)$/);
const address = z.strictObject({ endpoint: z.string().regex(/^[\w.-]+:\d+$/) });
const insecure = z.strictObject({ insecure: z.literal(true) });
const action = z.union([
  z.strictObject({ key: z.string(), action: z.enum(["upsert", "update", "insert"]), value: z.string() }),
  z.strictObject({ key: z.string(), action: z.enum(["delete", "hash"]) }),
]);
const policyFields = {
  status_code: z.strictObject({ status_codes: z.array(z.enum(["OK", "ERROR", "UNSET"])).min(1) }),
  string_attribute: z.strictObject({ key: z.string(), values: z.array(z.string()).min(1) }),
  probabilistic: z.strictObject({ sampling_percentage: z.number().min(0).max(100) }),
  ottl_condition: z.strictObject({
    error_mode: z.enum(["ignore", "propagate"]),
    span: z.array(z.string()).min(1),
  }),
};
const simplePolicy = z.union(
  Object.entries(policyFields).map(([type, fields]) =>
    z.strictObject({ name: z.string(), type: z.literal(type), [type]: fields }),
  ),
);
const policy = z.union([
  simplePolicy,
  z.strictObject({
    name: z.string(),
    type: z.literal("and"),
    and: z.strictObject({ and_sub_policy: z.array(simplePolicy).min(2) }),
  }),
]);

const types: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  extensions: {
    health_check: address,
    sigv4auth: z.strictObject({ region: z.string(), service: z.string() }),
  },
  receivers: {
    otlp: z.strictObject({ protocols: z.strictObject({ grpc: address.optional(), http: address.optional() }) }),
    jaeger: z.strictObject({
      protocols: z.strictObject({ grpc: address.optional(), thrift_http: address.optional() }),
    }),
    zipkin: address,
  },
  processors: {
    memory_limiter: z.strictObject({
      check_interval: duration,
      limit_percentage: z.number().max(100),
      spike_limit_percentage: z.number().max(100),
    }),
    resource: z.strictObject({ attributes: z.array(action).min(1) }),
    attributes: z.strictObject({ actions: z.array(action).min(1) }),
    transform: z.strictObject({
      error_mode: z.enum(["ignore", "silent", "propagate"]),
      trace_statements: z.array(
        z.strictObject({
          context: z.enum(["resource", "scope", "span", "spanevent"]),
          statements: z.array(z.string()),
        }),
      ),
    }),
    tail_sampling: z.strictObject({
      decision_wait: duration,
      num_traces: z.int().positive(),
      expected_new_traces_per_sec: z.int().nonnegative(),
      decision_cache: z.strictObject({ sampled_cache_size: z.int(), non_sampled_cache_size: z.int() }),
      policies: z.array(policy).min(1),
    }),
    batch: z.strictObject({ timeout: duration, send_batch_size: z.int().positive() }),
  },
  connectors: {
    spanmetrics: z.strictObject({
      namespace: z.string(),
      histogram: z.strictObject({
        unit: z.enum(["s", "ms"]),
        explicit: z.strictObject({ buckets: z.array(duration).min(1) }),
      }),
      exemplars: z.strictObject({ enabled: z.boolean() }),
      metrics_flush_interval: duration,
      metrics_expiration: duration,
      resource_metrics_key_attributes: z.array(z.string()),
    }),
    forward: z.strictObject({}),
    datadog: z.strictObject({}),
  },
  exporters: {
    otlp: z.strictObject({ endpoint: z.string(), tls: insecure }),
    zipkin: z.strictObject({ endpoint: z.url(), format: z.enum(["json", "proto"]) }),
    awsxray: z.strictObject({ region: z.string(), indexed_attributes: z.array(z.string()) }),
    datadog: z.strictObject({ api: z.strictObject({ key: z.string(), site: z.string() }) }),
    prometheusremotewrite: z.strictObject({
      endpoint: z.string(),
      auth: z.strictObject({ authenticator: z.string() }),
      external_labels: z.record(z.string(), z.string()),
    }),
    loadbalancing: z.strictObject({
      routing_key: z.enum(["traceID", "service"]),
      protocol: z.strictObject({ otlp: z.strictObject({ timeout: duration, tls: insecure }) }),
      resolver: z.strictObject({
        dns: z.strictObject({ hostname: z.string(), port: z.string(), interval: duration }),
      }),
    }),
  },
};

/** A reader that others pull from. Source: OpenTelemetry declarative configuration, `meter_provider.readers`, of 2024 and early 2025. */
const reader = z.strictObject({
  pull: z.strictObject({
    exporter: z.strictObject({
      prometheus: z.strictObject({
        host: z.string(),
        port: z.number().int(),
        without_scope_info: z.boolean(),
        without_type_suffix: z.boolean(),
        without_units: z.boolean(),
      }),
    }),
  }),
});

const section = (known: Readonly<Record<string, z.ZodType>>) =>
  z.record(z.string(), z.unknown()).superRefine((components, context) => {
    for (const [id, settings] of Object.entries(components)) {
      const parsed = (known[id.split("/")[0] ?? id] ?? z.never()).safeParse(settings);
      for (const issue of parsed.error?.issues ?? [])
        context.addIssue({ code: "custom", path: [id, ...issue.path], message: issue.message });
    }
  });

export const collectorSchema = z.strictObject({
  ...Object.fromEntries(Object.entries(types).map(([name, known]) => [name, section(known)])),
  service: z.strictObject({
    telemetry: z.strictObject({ metrics: z.strictObject({ readers: z.array(reader).min(1) }) }),
    extensions: z.array(z.string()),
    pipelines: z.record(
      z.string().regex(/^(traces|metrics|logs)(\/[\w-]+)?$/),
      z.strictObject({
        receivers: z.array(z.string()),
        processors: z.array(z.string()),
        exporters: z.array(z.string()),
      }),
    ),
  }),
});
