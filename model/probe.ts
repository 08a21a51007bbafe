import type { Duration } from "./duration";

/** Regions that Route 53 asks from. Source: Amazon Route 53 API, HealthCheckConfig, `Regions`. */
export const route53Regions = [
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "eu-west-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "sa-east-1",
] as const;
export type Route53Region = (typeof route53Regions)[number];

/** A managed location of Datadog, as `aws:eu-central-1`; or a private one, as `pl:ours-0123`. */
export type DatadogLocation = `${"aws" | "azure" | "gcp" | "pl"}:${string}`;

/** Who asks a health endpoint from outside, how often, and from where. */
export type Probe =
  /** The company's own blackbox exporter, in the environment's region. */
  | { readonly kind: "blackbox" }
  | { readonly kind: "route53"; readonly regions: readonly Route53Region[]; readonly every: "10s" | "30s" }
  | {
      readonly kind: "datadog-synthetics";
      readonly locations: readonly DatadogLocation[];
      readonly every: Duration;
    }
  | {
      readonly kind: "grafana-synthetics";
      /** Ids of probes, as the Synthetic Monitoring app of the company's own stack lists them. */
      readonly probes: readonly number[];
      readonly every: Duration;
    }
  /** Sentry itself, from all of its regions in turn; an outage is an issue of the service's project. */
  | { readonly kind: "sentry-uptime"; readonly every: "1m" | "5m" | "10m" | "20m" | "30m" | "1h" };

export type ProbeKind = Probe["kind"];

type Of<K extends ProbeKind> = Extract<Probe, { kind: K }>;

/** Asked by the blackbox exporter, as often as Prometheus scrapes it. */
export const blackbox = (): Probe => ({ kind: "blackbox" });

/**
 * Asked by Route 53. Default: every 30 seconds from Ireland, Northern Virginia and Singapore: three are the fewest that Route 53 takes,
 * and an endpoint that two continents cannot reach is down.
 */
export const route53 = (options: Partial<Omit<Of<"route53">, "kind">> = {}): Probe => ({
  kind: "route53",
  regions: ["eu-west-1", "us-east-1", "ap-southeast-1"],
  every: "30s",
  ...options,
});

/** Asked by Datadog. Default: every minute, from Frankfurt, Ireland and Northern Virginia. */
export const datadogSynthetics = (options: Partial<Omit<Of<"datadog-synthetics">, "kind">> = {}): Probe => ({
  kind: "datadog-synthetics",
  locations: ["aws:eu-central-1", "aws:eu-west-1", "aws:us-east-1"],
  every: "1m",
  ...options,
});

/** Asked by Grafana Synthetic Monitoring. Default: every minute. */
export const grafanaSynthetics = (
  options: Pick<Of<"grafana-synthetics">, "probes"> & Partial<Of<"grafana-synthetics">>,
): Probe => ({ every: "1m", ...options, kind: "grafana-synthetics" });

/** Asked by Sentry. Default: every minute. */
export const sentryUptime = (options: Partial<Omit<Of<"sentry-uptime">, "kind">> = {}): Probe => ({
  kind: "sentry-uptime",
  every: "1m",
  ...options,
});
