import type { Environment } from "./environment";
import { type Health, healthUrl, healthyModule, servingModule } from "./health";
import { inEnvironment } from "./per-environment";
import { pipelinePorts } from "./pipeline-ports";
import type { PerEnvironment } from "./register";
import { never } from "./result";
import type { Runtime } from "./runtime";
import type { TelemetryContract } from "./telemetry";
import { scrapeSeconds } from "./time-to-page";

/**
 * How Prometheus finds the processes that it scrapes. ECS has no discovery of its own in Prometheus, so its services are asked of the
 * DNS of Cloud Map, which every task registers with: that needs no further program, unlike a file or an address that somebody must
 * keep up to date. In names, `{service}` and `{environment}` stand for their own.
 */
export type Discovery =
  /** Every address that a name resolves to: one per task. */
  | { readonly kind: "dns"; readonly name: PerEnvironment<string> }
  /** Every running EC2 instance with a tag. */
  | { readonly kind: "ec2"; readonly tag: string; readonly value: string }
  /** This host alone. */
  | { readonly kind: "host"; readonly host: PerEnvironment<string> };

/** What a prober is asked to look at, instead of at itself. */
export interface Probe {
  /** Module of the blackbox exporter. */
  readonly module: string;
  /** URLs that it asks, each a target of its own. */
  readonly urls: readonly PerEnvironment<string>[];
  /** A metric that is stored under another name, so that what two modules see of one address is told apart. Default: none. */
  readonly renamed?: { readonly metric: string; readonly to: string };
}

/**
 * What else is known of a page. `containers`: it tells of all containers of a host, so that its targets are no instances of the service,
 * and of its samples the service's own alone are stored. `beside`: it is of a container beside the tasks of another service, or of an
 * exporter, so that its targets are no instances of this one, though its samples are this one's. `pushed`: it holds what jobs of many
 * services pushed, of which the service's own alone is stored. `statsd`: what it has was counted by StatsD. `alertmanager`: alerts are sent
 * to it.
 */
export type ScrapeRole = "page" | "containers" | "beside" | "pushed" | "statsd" | "alertmanager";

/** One page of metrics of a service, and where it is found. */
export interface Scrape {
  /** What exposes it, in kebab-case; the service's first scrape has the service's name as its job, each other one `service/name`. */
  readonly name: string;
  readonly port: number;
  /** Default: `/metrics`. */
  readonly path: string;
  /** Seconds between two scrapes. Default: `scrapeSeconds`, which the alerts' windows are held against. */
  readonly seconds: number;
  readonly discovery: Discovery;
  /** Processes at the most, for estimates of series; of a probe the exporters, as its targets are counted. Default: 4. */
  readonly instances: PerEnvironment<number>;
  /** Contracts whose metrics are on it. Default: those of the service that no other of its scrapes names. */
  readonly exposes?: readonly { readonly contract: TelemetryContract }[];
  readonly probe?: Probe;
  readonly role: ScrapeRole;
}

/** What can be said of any scrape. */
export type ScrapeOptions = Partial<Omit<Scrape, "probe" | "role">>;

/** Name of an exporter that is a task of its own. */
const byName = (name: string): Discovery => ({ kind: "dns", name: `${name}.{environment}.internal` });

/** Tasks of a service, by the name that Cloud Map gives it. */
export const inCloudMap = (name: PerEnvironment<string> = "{service}.{environment}.internal"): Discovery => ({
  kind: "dns",
  name,
});

/** EC2 instances with a tag. */
export const taggedInstances = (tag: string, value: string): Discovery => ({ kind: "ec2", tag, value });

const scrape = (name: string, port: number, options: ScrapeOptions, discovery = inCloudMap()): Scrape => ({
  name,
  port,
  path: "/metrics",
  seconds: scrapeSeconds,
  discovery,
  instances: 4,
  role: "page",
  ...options,
});

/** The page of the service itself. Default port: 8080. */
export const metricsPage = (options: ScrapeOptions = {}): Scrape => scrape("metrics", 8080, options);

/** The node exporter of every host that is tagged `monitoring: node`. What a host is short of is short for minutes: 30 seconds do. */
export const nodeExporter = (options: ScrapeOptions = {}): Scrape =>
  scrape("node-exporter", 9100, { seconds: 30, ...options }, taggedInstances("monitoring", "node"));

/** The postgres exporter, a task beside the database, which runs nothing of ours. */
export const postgresExporter = (options: ScrapeOptions = {}): Scrape =>
  scrape("postgres-exporter", 9187, { instances: 1, ...options }, byName("postgres-exporter"));

/** A redis exporter in every task of Redis. */
export const redisExporter = (options: ScrapeOptions = {}): Scrape => scrape("redis-exporter", 9121, options);

/** A celery exporter, which sees all workers through the broker. */
export const celeryExporter = (options: ScrapeOptions = {}): Scrape =>
  scrape("celery-exporter", 9808, { instances: 1, ...options }, byName("celery-exporter"));

/** cAdvisor of every host that is tagged `monitoring: node`, for what it says of the service's containers. Default port: 8081. */
export const cadvisor = (options: ScrapeOptions = {}): Scrape => ({
  ...scrape("cadvisor", 8081, options, taggedInstances("monitoring", "node")),
  role: "containers",
});

/**
 * The Pushgateway of an environment, for jobs that are gone before anybody scrapes them. A job pushes with the name of its service as its
 * `job`, and without an instance: `PUT /metrics/job/<service>`. What was pushed stays until it is deleted, so push when a run last
 * succeeded, and hold its age against the schedule. Source: Prometheus, "When to use the Pushgateway".
 */
export const pushgateway = (options: ScrapeOptions = {}): Scrape => ({
  ...scrape("pushgateway", 9091, { instances: 1, ...options }, byName("pushgateway")),
  role: "pushed",
});

/** A StatsD exporter in every task of the service, for what it counts by StatsD. */
export const statsdExporter = (options: ScrapeOptions = {}): Scrape => ({
  ...scrape("statsd-exporter", 9102, options),
  role: "statsd",
});

/** The module for any page, whatever is on it. */
export const pageModule = "http_2xx";

/** URLs that a blackbox exporter asks, by one of its modules. Default module: `http_2xx`. */
export const blackboxProbe = (
  urls: readonly PerEnvironment<string>[],
  { module = pageModule, ...options }: ScrapeOptions & { readonly module?: string } = {},
): Scrape => ({
  ...scrape(
    "blackbox-exporter",
    9115,
    { path: "/probe", instances: 1, ...options },
    {
      kind: "host",
      host: "blackbox-exporter.{environment}.internal",
    },
  ),
  probe: { module, urls },
});

/** A service's health endpoint, asked by the blackbox exporter whether it serves: `probe_success` is 1 while it is healthy or degraded. */
export const servingProbe = (service: string, health: Health, options: ScrapeOptions = {}): Scrape =>
  blackboxProbe([healthUrl(health)], { name: servingModule(service), module: servingModule(service), ...options });

/**
 * The same endpoint, asked whether it is wholly well: `probe_healthy` is 1 while it is healthy, and 0 while it is degraded or does not serve.
 */
export function healthyProbe(service: string, health: Health, options: ScrapeOptions = {}): Scrape {
  const module = healthyModule(service);
  const urls = [healthUrl(health)];
  return {
    ...blackboxProbe(urls, { name: module, module, ...options }),
    probe: { module, urls, renamed: { metric: "probe_success", to: "probe_healthy" } },
  };
}

/** Prometheus itself. */
export const prometheusItself = (options: ScrapeOptions = {}): Scrape =>
  scrape("prometheus", 9090, { instances: 2, ...options }, byName("prometheus"));

/** Alertmanager, which alerts are sent to as well. */
export const alertmanagers = (options: ScrapeOptions = {}): Scrape => ({
  ...scrape("alertmanager", 9093, { instances: 2, ...options }, byName("alertmanager")),
  role: "alertmanager",
});

/** Fluentd, by its plugin for Prometheus, at the name that `logShipping` gives it. */
export const fluentdAggregators = (options: ScrapeOptions = {}): Scrape =>
  scrape("fluentd", pipelinePorts.fluentd, { instances: 2, ...options }, byName("fluentd"));

/** A container beside each task of a service, which carries what the service emits and has a page of its own. */
const beside = (service: string, carrier: string, port: number, options: ScrapeOptions): Scrape => ({
  ...scrape(`${carrier}-${service}`, port, options, byName(service)),
  role: "beside",
});

/**
 * Fluent Bit beside each task of a service. The second version of its page has every metric with its labels and the storage's.
 * Source: Fluent Bit manual, Monitoring, "REST API interface".
 */
export const fluentBitBeside = (service: string, options: ScrapeOptions = {}): Scrape =>
  beside(service, "fluent-bit", pipelinePorts.fluentBit, { path: "/api/v2/metrics/prometheus", ...options });

/** The gateways of traces, by the collectors' own metrics, at the name that `tracing` gives them. */
export const collectorGateways = (options: ScrapeOptions = {}): Scrape =>
  scrape("gateway", pipelinePorts.collector, { instances: 2, ...options }, byName("otel-gateway"));

/** The collector beside each task of a service. */
export const collectorBeside = (service: string, options: ScrapeOptions = {}): Scrape =>
  beside(service, "otel-agent", pipelinePorts.collector, options);

/**
 * An exporter that asks a cluster of Elasticsearch about itself, a task for which the cluster is another's. Each scrape asks every node, which
 * costs the masters something: 30 seconds do. Source: elasticsearch_exporter, README, "Configuration".
 */
export const elasticsearchExporter = (options: ScrapeOptions = {}): Scrape => ({
  ...scrape(
    "elasticsearch-exporter",
    9114,
    { seconds: 30, instances: 1, ...options },
    byName("elasticsearch-exporter"),
  ),
  role: "beside",
});

/** What is scraped of a service that does not say it. */
export function usualScrapes(runtime: Runtime): readonly Scrape[] {
  switch (runtime.kind) {
    case "ecs-service":
    case "celery-worker":
      return [metricsPage()];
    case "rds-instance":
      return [postgresExporter()];
    case "ec2-hosts":
      return [nodeExporter()];
    default:
      return never(runtime);
  }
}

/** A name with the placeholders filled in. */
export const namedIn = (
  text: PerEnvironment<string>,
  service: string,
  environment: Pick<Environment, "name">,
): string =>
  inEnvironment(text, environment.name)
    .replaceAll("{service}", () => service)
    .replaceAll("{environment}", () => environment.name);

/** How many targets a scrape has in an environment, at the most. */
export const targetsIn = ({ probe, instances }: Scrape, environment: string): number =>
  probe === undefined ? inEnvironment(instances, environment) : probe.urls.length;
