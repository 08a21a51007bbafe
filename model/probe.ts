import type { AwsRegion } from "./aws";
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

/**
 * Runtimes of CloudWatch Synthetics that have Node.js 22 and no browser, the newest first. Those on Node.js 20 are left out: AWS Lambda ended its
 * support in April 2026, and no canary can be made with a runtime that has ended.
 * Source: Amazon CloudWatch User Guide, "Runtime versions using Node.js"; AWS Lambda Developer Guide, "Lambda runtimes".
 */
export const canaryRuntimes = [
  "syn-nodejs-5.2",
  "syn-nodejs-5.1",
  "syn-nodejs-5.0",
  "syn-nodejs-4.2",
  "syn-nodejs-4.1",
  "syn-nodejs-4.0",
] as const;
export type CanaryRuntime = (typeof canaryRuntimes)[number];

/** A managed location of Datadog, as `aws:eu-central-1`; or a private one, as `pl:ours-0123`. */
export type DatadogLocation = `${"aws" | "azure" | "gcp" | "pl"}:${string}`;

/** Who asks a health endpoint from outside, how often, and from where. */
export type Probe =
  /** The company's own blackbox exporter, in the environment's region. */
  | { readonly kind: "blackbox" }
  | { readonly kind: "route53"; readonly regions: readonly Route53Region[]; readonly every: "10s" | "30s" }
  | {
      /** Canaries of CloudWatch Synthetics, one in each region: a script of the estate's own, which costs money with each run. */
      readonly kind: "cloudwatch-synthetics";
      readonly regions: readonly AwsRegion[];
      /** Whole minutes, from one to an hour. */
      readonly every: Duration;
      /** After which a run is stopped, its start included; whole seconds. How long the answer may take is the endpoint's. */
      readonly timeout: Duration;
      readonly runtime: CanaryRuntime;
    }
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

/**
 * Asked by canaries of CloudWatch Synthetics. Default: from Ireland and Northern Virginia, since a continent away the network between is
 * another one; every 5 minutes, for runs are paid by number (a probe that pages wants "1m"); stopped after a minute, which no run needs;
 * with the newest runtime.
 */
export const cloudwatchSynthetics = (options: Partial<Omit<Of<"cloudwatch-synthetics">, "kind">> = {}): Probe => ({
  kind: "cloudwatch-synthetics",
  regions: ["eu-west-1", "us-east-1"],
  every: "5m",
  timeout: "1m",
  runtime: "syn-nodejs-5.2",
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
