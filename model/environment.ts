import type { AwsRegion, RetentionDays } from "./aws";
import type { Elastic } from "./elastic";
import type { MaintenanceWindow } from "./maintenance-window";

/** The systems that can evaluate an alert rule; each alert is evaluated by exactly one of them in an environment. */
export const evaluators = ["prometheus", "datadog", "cloudwatch", "grafana"] as const;
export type Evaluator = (typeof evaluators)[number];

/** Where Terraform keeps the state of an environment's stack. */
export type State =
  /** A file beside the checkout: for one person, or a trial. */
  | { readonly kind: "local" }
  /** A bucket with Terraform's own lock file (`use_lockfile`): for teams. */
  | { readonly kind: "s3"; readonly bucket: string; readonly region: AwsRegion };

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
  /** Where its logs can be searched. Default: in CloudWatch and Datadog alone. */
  readonly elastic?: Elastic;
}

/** An environment with its defaults filled in. */
export interface Environment
  extends Required<Omit<EnvironmentOptions, "elastic">>,
    Pick<EnvironmentOptions, "elastic"> {
  readonly name: string;
}

/** Fills in the defaults of one environment. */
export function environment(name: string, options: EnvironmentOptions): Environment {
  return {
    production: false,
    evaluator: "prometheus",
    datadog: "https://api.datadoghq.com/",
    state: { kind: "local" },
    maintenance: [],
    ...options,
    name,
  };
}
