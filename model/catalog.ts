import { type Access, type AccessOptions, noAccess } from "./access";
import type { AlertCase } from "./alert-case";
import { type Environment, type EnvironmentOptions, environment, type State } from "./environment";
import type { Sentry, SentryOptions } from "./error-tracking";
import type { OpsgenieRegion, Pager } from "./pager";
import type { TeamName } from "./register";
import type { Nested, Service } from "./service";
import { noSimulation, type Simulation } from "./simulation";
import { fileOfCaller } from "./source-file";
import type { StatusPageOptions } from "./status-page";
import { type Team, type TeamOptions, team } from "./team";

/** How on-call works, for all environments together. */
export interface OnCallOptions {
  /** The team called first: level 1. Level 2 is the service's own team. */
  readonly support: TeamName;
  /** The team called last: level 3. */
  readonly architecture: TeamName;
  /** State of the `on-call` stack. Default: local. */
  readonly state?: State;
  /** The system that calls people. Default: PagerDuty, which every evaluator and Amazon's alert manager can reach. */
  readonly pager?: Pager;
  /** Where the Opsgenie account lives, if that is the pager. Default: us, Opsgenie's own default. */
  readonly opsgenieRegion?: OpsgenieRegion;
}

/** Everything that the estate is made from. */
export interface Catalog {
  readonly organization: string;
  /** URL below which alerts' runbooks are found by name. */
  readonly runbooks?: string;
  readonly environments: readonly Environment[];
  readonly teams: readonly Team[];
  readonly services: readonly Service[];
  readonly onCall: Required<OnCallOptions>;
  /** Who gets into what. */
  readonly access: Access;
  /** The public status page. */
  readonly statusPage?: StatusPageOptions;
  /** Where the services' errors go. */
  readonly sentry?: Sentry;
  /** How the services' telemetry is simulated, and what can go wrong with it. */
  readonly simulation: Simulation;
  /** Cases of the user's own for alerts, which `./estate prove` decides. */
  readonly proofs: readonly AlertCase[];
  /** The file that declares it, for messages. */
  readonly file: string;
}

/** What a user's catalog is made from; environments and teams are keyed by name. */
export interface CatalogOptions {
  readonly organization: string;
  /** URL below which alerts' runbooks are found by name. Default: none, so that each alert has a whole URL. */
  readonly runbooks?: string;
  readonly environments: Readonly<Record<string, EnvironmentOptions>>;
  readonly teams: Readonly<Record<string, TeamOptions>>;
  readonly services: readonly Service[];
  readonly onCall: OnCallOptions;
  /** Who gets into what. Default: nobody but the administrators of each system. */
  readonly access?: AccessOptions;
  /** The public status page, on which services have components. Default: none. */
  readonly statusPage?: StatusPageOptions;
  /** Where the services' errors go. Default: nowhere; a service with `errors` needs it. */
  readonly sentry?: SentryOptions;
  /** How the services' telemetry is simulated. Default: as their contracts and alerts say, without faults. */
  readonly simulation?: Partial<Simulation>;
  /** Cases for alerts that cannot be proven from their own definition, and for what matters most. Default: none. */
  readonly proofs?: Nested<AlertCase>;
}

/** On-call as it is where nothing is said of it. */
export const onCallDefaults = { state: { kind: "local" }, pager: "pagerduty", opsgenieRegion: "us" } as const;

/** Declares the catalog. */
export function catalog(options: CatalogOptions): Catalog {
  return {
    organization: options.organization,
    ...(options.runbooks === undefined ? {} : { runbooks: options.runbooks }),
    environments: Object.entries(options.environments).map(([name, settings]) => environment(name, settings)),
    teams: Object.entries(options.teams).map(([name, settings]) => team(name, settings)),
    services: options.services,
    onCall: { ...onCallDefaults, ...options.onCall },
    access: { ...noAccess, ...options.access },
    ...(options.statusPage === undefined ? {} : { statusPage: options.statusPage }),
    ...(options.sentry === undefined ? {} : { sentry: { api: "https://sentry.io/api/", ...options.sentry } }),
    simulation: { ...noSimulation, ...options.simulation },
    proofs: (options.proofs ?? []).flat(),
    file: fileOfCaller(catalog),
  };
}
