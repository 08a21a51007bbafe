import type { ServiceEstate } from "./estate";
import { logContractOf } from "./log-contract";
import { inEnvironment } from "./per-environment";
import type { PerEnvironment } from "./register";
import { metricsOf } from "./service";
import { tracingOf } from "./tracing";

/** What a service is told at its start, beside what follows from its other options. */
export interface RuntimeConfiguration {
  /** Port at which it serves its metrics. Default: 9464, the port of OpenTelemetry's exporter for Prometheus. */
  readonly metricsPort?: PerEnvironment<number>;
  /** Seconds between two readings of its metrics. Default: 10. */
  readonly metricsInterval?: PerEnvironment<number>;
  /** Of 100 transactions, how many Sentry measures. Default: 10. */
  readonly sentryTracesPercent?: PerEnvironment<number>;
  /** Variables of its own; no secret, which belongs into Secrets Manager. Default: none. */
  readonly variables?: Readonly<Record<string, PerEnvironment<string>>>;
}

/** A variable of a process' environment. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Ports at which the agent beside a task takes what the service sends. */
export interface AgentPorts {
  readonly otlp: number;
  readonly statsd: number;
}

/** Percent-encoded, as the values of resource attributes must be (OpenTelemetry, Resource SDK, "Specifying resource information via an environment variable"). */
const attribute = ([name, value]: readonly [string, string]): string => `${name}=${encodeURIComponent(value)}`;

/** A percentage as the ratio that samplers take, without a rounding error: 10 is 0.1. */
export const ratioOf = (percent: number): string => String(Number((percent / 100).toPrecision(12)));

/**
 * How the SDK samples. A trace that the gateways must be able to keep is always made, whatever its caller decided; else its caller decides, and
 * the share where there is none.
 * Source: OpenTelemetry, "Environment Variable Specification", `OTEL_TRACES_SAMPLER`.
 */
function samplerVariables(headPercent: number, ignoresCaller: boolean): Readonly<Record<string, string>> {
  return ignoresCaller
    ? { OTEL_TRACES_SAMPLER: "always_on" }
    : { OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: ratioOf(headPercent) };
}

function tracingVariables({ service, environment, logGroup }: ServiceEstate, ports: AgentPorts) {
  const tracing = environment.tracing === undefined ? undefined : tracingOf(service, environment);
  if (tracing === undefined || environment.tracing === undefined) return { OTEL_SDK_DISABLED: "true" };
  const { backends } = environment.tracing;
  return {
    OTEL_SERVICE_NAME: service.name,
    OTEL_RESOURCE_ATTRIBUTES: [
      // Without `service.namespace`: Prometheus would make `namespace/name` of it and the name, and no alert would find its `job`.
      ["deployment.environment.name", environment.name] as const,
      ["deployment.environment", environment.name] as const,
      // By it X-Ray shows a trace's logs beside it.
      ...(backends.includes("xray") ? [["aws.log.group.names", logGroup.name] as const] : []),
    ]
      .map(attribute)
      .join(","),
    ...samplerVariables(tracing.headPercent, tracing.ignoresCaller),
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${ports.otlp}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    // Where a load balancer begins traces, it says so in AWS' header; a caller's own standard header counts more, and so comes last.
    OTEL_PROPAGATORS: `${backends.includes("xray") ? "xray," : ""}tracecontext,baggage`,
    // Metrics are Prometheus' to read and logs the log driver's to take: sent here too, each would be there twice.
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
  };
}

function logVariables(estate: ServiceEstate): Readonly<Record<string, string>> {
  const contract = logContractOf(estate);
  if (contract === undefined) return {};
  const { level, components } = contract.logging;
  return {
    LOG_LEVEL: level,
    LOG_FORMAT: "json",
    LOG_COMPONENT_LEVELS: components.map((component) => `${component.name}=${component.level}`).join(","),
  };
}

/**
 * Where values are counted. Sources: Datadog documentation, DogStatsD, "Client instantiation parameters", and "Unified service tagging"; statsd for
 * Python, "Configuring Statsd", for `STATSD_HOST` and `STATSD_PORT`. `STATSD_TAGS` is a name of this estate.
 */
function statsdVariables({ service, team, environment }: ServiceEstate, ports: AgentPorts) {
  if (metricsOf(service).every(({ datadog }) => datadog === undefined)) return {};
  const tags = [`env:${environment.name}`, `service:${service.name}`, `team:${team.name}`].join(",");
  return {
    DD_AGENT_HOST: "localhost",
    DD_DOGSTATSD_PORT: String(ports.statsd),
    DD_ENV: environment.name,
    DD_SERVICE: service.name,
    DD_TAGS: `team:${team.name},tier:${service.tier}`,
    STATSD_HOST: "localhost",
    STATSD_PORT: String(ports.statsd),
    STATSD_TAGS: tags,
  };
}

/** Whether a service is a program of the company's that reads its environment: one on ECS that logs as the contract says. */
export const isConfigured = (estate: ServiceEstate): boolean =>
  (estate.service.runtime.kind === "ecs-service" || estate.service.runtime.kind === "celery-worker") &&
  logContractOf(estate) !== undefined;

/** The variables that follow from a service's options in an environment: what it may not say itself. */
export function derivedVariables(estate: ServiceEstate, ports: AgentPorts): readonly Variable[] {
  const { service, environment } = estate;
  const { metricsPort = 9464, metricsInterval = 10, sentryTracesPercent = 10 } = service.configuration ?? {};
  return Object.entries({
    ENVIRONMENT: environment.name,
    ...logVariables(estate),
    ...tracingVariables(estate, ports),
    PROMETHEUS_METRICS_PORT: String(inEnvironment<number>(metricsPort, environment.name)),
    PROMETHEUS_METRICS_INTERVAL: String(inEnvironment<number>(metricsInterval, environment.name)),
    // Sentry's SDKs read these, but the share of traces only those of Node.js do: Python's must be given it (getsentry/sentry-javascript,
    // packages/node-core, `getTracesSampleRate`; getsentry/sentry-python, client.py, `_get_options`).
    SENTRY_ENVIRONMENT: environment.name,
    SENTRY_TRACES_SAMPLE_RATE: ratioOf(inEnvironment<number>(sentryTracesPercent, environment.name)),
    ...statsdVariables(estate, ports),
  }).map(([name, value]) => ({ name, value }));
}

/** Every variable of a service, sorted by name. */
export function runtimeVariables(estate: ServiceEstate, ports: AgentPorts): readonly Variable[] {
  const own = Object.entries(estate.service.configuration?.variables ?? {}).map(([name, value]) => ({
    name,
    value: inEnvironment<string>(value, estate.environment.name),
  }));
  return [...derivedVariables(estate, ports), ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}
