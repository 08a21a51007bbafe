import type { AwsRegion, RetentionDays } from "./aws";
import type { Elastic } from "./elastic";
import type { LogArchive } from "./log-archive";
import type { LogShipping } from "./log-shipping";
import type { MaintenanceWindow } from "./maintenance-window";
import type { TracePipeline } from "./trace-pipeline";

/** The systems that can evaluate an alert rule; each alert is evaluated by exactly one of them in an environment. */
export const evaluators = ["prometheus", "datadog", "cloudwatch", "grafana"] as const;
export type Evaluator = (typeof evaluators)[number];

/** Where Terraform keeps the state of an environment's stack. */
export type State =
  /** A file beside the checkout: for one person, or a trial. */
  | { readonly kind: "local" }
  /** A bucket with Terraform's own lock file (`use_lockfile`): for teams. */
  | { readonly kind: "s3"; readonly bucket: string; readonly region: AwsRegion };

/** Days that metrics are kept. */
export interface MetricsRetention {
  /** By Prometheus itself: two weeks and a day, so that this week can be compared with the last. Default: 15. */
  readonly serverDays: number;
  /** By the workspace, 1 to 1095. Default: 150, AMP's own. */
  readonly workspaceDays: number;
}

/** What a user writes of an environment. */
export interface EnvironmentOptions {
  /** The AWS account's 12 digits. */
  readonly account: string;
  readonly region: AwsRegion;
  /** Only production pages, encrypts its logs with a key of its own and protects them from deletion. Default: false. */
  readonly production?: boolean;
  /** Days that log groups keep their events. */
  readonly retentionDays: RetentionDays;
  /** Who evaluates alerts that do not say it themselves. Default: Prometheus, where most metrics live. */
  readonly evaluator?: Evaluator;
  /** Base URL of the environment's Grafana. */
  readonly grafana: string;
  /** API URL of the Datadog site. Default: `https://api.datadoghq.com/`, the US1 site. */
  readonly datadog?: string;
  /** Default: local. */
  readonly state?: State;
  /** Times of the week in which alerts call nobody. Default: none. */
  readonly maintenance?: readonly MaintenanceWindow[];
  /** How traces are collected and where they are stored. Default: they are not. */
  readonly tracing?: TracePipeline;
  /** How long metrics are kept. Default: 15 days by Prometheus itself, 150 by its workspace. */
  readonly metricsRetention?: Partial<MetricsRetention>;
  /** How log events travel from services to where they are read. Default: `logShippingOf`'s. */
  readonly logShipping?: LogShipping;
  /** Where log events are kept beside CloudWatch. Default: none, since events of tests are worth no archive. */
  readonly logArchive?: LogArchive | "none";
  /** Where its logs can be searched. Default: in CloudWatch and Datadog alone. */
  readonly elastic?: Elastic;
}

/** An environment with its defaults filled in. */
export interface Environment extends Required<Omit<EnvironmentOptions, "elastic" | "metricsRetention" | "tracing">> {
  readonly metricsRetention: MetricsRetention;
  readonly name: string;
  readonly tracing?: TracePipeline;
  readonly elastic?: Elastic;
}

/** Fills in the defaults of one environment. */
export function environment(name: string, options: EnvironmentOptions): Environment {
  return {
    production: false,
    evaluator: "prometheus",
    datadog: "https://api.datadoghq.com/",
    state: { kind: "local" },
    maintenance: [],
    logShipping: {},
    logArchive: "none",
    ...options,
    metricsRetention: { serverDays: 15, workspaceDays: 150, ...options.metricsRetention },
    name,
  };
}
