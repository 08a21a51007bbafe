import type { Alert, Unmonitored } from "./alert";
import type { Dashboard, Panel } from "./dashboard";
import type { ErrorTracking } from "./error-tracking";
import type { Health } from "./health";
import type { Indicator } from "./indicator";
import type { LogFieldDefinition } from "./log-field";
import type { LogMetric } from "./log-metric";
import type { Logging } from "./logging";
import type { MaintenanceWindow } from "./maintenance-window";
import { memoized } from "./memoized";
import type { MetricDefinition } from "./metric";
import type { TeamName } from "./register";
import type { Runtime } from "./runtime";
import type { RuntimeConfiguration } from "./runtime-configuration";
import type { SavedQuery } from "./saved-query";
import { type Scrape, usualScrapes } from "./scrape";
import { burnRateAlerts, type ServiceObjective, type SliSources } from "./service-objective";
import { fileOfCaller } from "./source-file";
import type { StatusComponent } from "./status-page";
import type { TelemetryContract } from "./telemetry";
import type { Tier } from "./tier";
import { scrapeSeconds } from "./time-to-page";
import type { Tracing } from "./tracing";

/** Lists may hold lists, so that a pack of alerts or queries stands beside single ones. */
export type Nested<T> = readonly (T | readonly T[])[];

/** What a user writes of a service. */
export interface ServiceOptions {
  /** One line for people. */
  readonly description: string;
  /** Who owns it and is called. */
  readonly team: TeamName;
  readonly tier: Tier;
  /**
   * The name under which it was deployed: Terraform then moves its resources instead of replacing them. Its rule group namespace in
   * Amazon Managed Prometheus, which nobody can rename, keeps that name for as long as this stands, and so does its project's slug in
   * Sentry, which its keys belong to. It may stand for ever.
   * Taken out, once every environment is deployed, it lets the namespace be replaced: deleted, and created under the new name, so that
   * Prometheus counts each alert's `for` anew. A second rename comes after that. Default: never renamed.
   */
  readonly renamedFrom?: string;
  readonly runtime: Runtime;
  /** Everything that the service emits. */
  readonly telemetry: readonly { readonly contract: TelemetryContract }[];
  /** How it logs: levels, rates, sampling. Default: `loggingOf`'s. */
  readonly logging?: Logging;
  /** How it traces what it does. Default: not traced, as what the company did not write cannot be. */
  readonly tracing?: Tracing;
  /** What it is told at its start, beside what follows from its other options. Default: `RuntimeConfiguration`'s defaults. */
  readonly configuration?: RuntimeConfiguration;
  /** What is promised to users of the service; each brings its burn-rate alerts. Default: none. */
  readonly objectives?: readonly ServiceObjective[];
  /** At least one alert, or `unmonitored("why")`. */
  readonly alerts: Nested<Alert> | Unmonitored;
  /** Default: none. */
  readonly queries?: Nested<SavedQuery>;
  /** Default: none. */
  readonly logMetrics?: Nested<LogMetric>;
  /** Dashboards beside the service's own, which every service has. Default: none. */
  readonly dashboards?: readonly Dashboard[];
  /**
   * Pages of metrics that Prometheus scrapes of it. Default: its runtime's usual one, the service's own page or its exporter's; none for
   * a service of whose metrics Prometheus holds none.
   */
  readonly scrapes?: readonly Scrape[];
  /** Active series that its metrics may have in Prometheus, in each environment. Default: `defaultSeriesBudget`. */
  readonly seriesBudget?: number;
  /** Names of services that it cannot work without: while one is down, its own symptoms call nobody. Default: none. */
  readonly dependsOn?: readonly string[];
  /** Times of the week in which its alerts call nobody. Default: none. */
  readonly maintenance?: readonly MaintenanceWindow[];
  /** How users see it on the public status page. Default: not at all, as for what users do not know. */
  readonly statusPage?: StatusComponent;
  /** What Sentry keeps of its errors. Default: none, as of a service that is not the company's own code. */
  readonly errors?: ErrorTracking;
  /** What it says of its own health, and who asks. Default: none, as of a service that nobody reaches by HTTP. */
  readonly health?: Health;
}

export interface Service
  extends Omit<ServiceOptions, "telemetry" | "objectives" | "alerts" | "queries" | "logMetrics" | "dashboards"> {
  readonly name: string;
  readonly telemetry: readonly TelemetryContract[];
  readonly objectives: readonly ServiceObjective[];
  /** Its own, and those of its objectives. */
  readonly alerts: readonly Alert[] | Unmonitored;
  readonly queries: readonly SavedQuery[];
  readonly logMetrics: readonly LogMetric[];
  readonly dashboards: readonly Dashboard[];
  /** The file that declares it, for messages. */
  readonly file: string;
}

const isUnmonitored = (alerts: Nested<Alert> | Unmonitored): alerts is Unmonitored =>
  !Array.isArray(alerts) && "unmonitored" in alerts;

/** Declares a service. `name` is in kebab-case; it is the `job` of its metrics, the `service` of its logs and tags. */
export function service(name: string, options: ServiceOptions): Service {
  // Where the compiler was not asked a list may be missing; the checks then say so, together with everything else.
  const {
    telemetry = [],
    objectives = [],
    alerts = [],
    queries = [],
    logMetrics = [],
    dashboards = [],
    ...rest
  } = options;
  const contracts = telemetry.map((emitted) => emitted?.contract);
  return {
    ...rest,
    name,
    telemetry: contracts,
    objectives,
    alerts: isUnmonitored(alerts)
      ? alerts
      : [...alerts.flat(), ...objectives.flatMap((objective) => burnRateAlerts(objective, slisOf(contracts)))],
    queries: queries.flat(),
    logMetrics: logMetrics.flat(),
    dashboards,
    file: fileOfCaller(service),
  };
}

/** The alerts of a service; none when it is unmonitored. */
export const alertsOf = ({ alerts }: Service): readonly Alert[] => ("unmonitored" in alerts ? [] : alerts);

/** The SLIs of telemetry contracts by name; of two with one name the first counts. */
export const slisOf = (contracts: readonly (TelemetryContract | undefined)[]): SliSources =>
  new Map(contracts.flatMap((contract) => Object.entries(contract?.slis ?? {})).reverse());

/** Every metric that a service declares. */
export const metricsOf = ({ telemetry }: Service): readonly MetricDefinition[] =>
  telemetry.flatMap(({ metrics }) => metrics);

/** Every log field that a service declares. */
export const logFieldsOf = memoized(({ telemetry }: Service): readonly LogFieldDefinition[] =>
  telemetry.flatMap(({ logFields }) => logFields),
);

/** Every panel that a service's telemetry brings to its dashboard. */
export const contractPanelsOf = ({ telemetry }: Service): readonly Panel[] =>
  telemetry.flatMap(({ panels }) => Object.values(panels).flatMap((section) => section ?? []));

/** The indicators that a service's conditions in words may name. */
export const indicatorsOf = memoized(
  ({ telemetry }: Service): ReadonlyMap<string, Indicator> =>
    new Map(telemetry.flatMap(({ indicators }) => Object.entries(indicators))),
);

/** What Prometheus scrapes of a service: what it says, else its runtime's usual page, if Prometheus holds any of its metrics. */
export const scrapesOf = (service: Service): readonly Scrape[] =>
  service.scrapes ?? (metricsOf(service).some(({ prometheus }) => prometheus) ? usualScrapes(service.runtime) : []);

/** Seconds between two samples of a service's metrics, at the most: those of its slowest page. */
export const sampleSecondsOf = (service: Service): number =>
  Math.max(0, ...scrapesOf(service).map(({ seconds }) => seconds)) || scrapeSeconds;
