import { accessIn, type EnvironmentAccess } from "./access";
import { type AlertRule, alertRule, existsIn, type Surroundings } from "./alert-rule";
import type { Catalog } from "./catalog";
import type { DefiniteObjective } from "./definite-condition";
import type { Environment } from "./environment";
import { type ErrorAlertRule, errorAlertRule } from "./error-alert";
import { type DefiniteHealth, definiteHealth } from "./health";
import { type LogGroup, logGroupOf } from "./log-group";
import { memoized } from "./memoized";
import { definiteObjective } from "./resolve-condition";
import { checked } from "./result";
import { alertsOf, type Service, slisOf } from "./service";
import { objectiveOf } from "./service-objective";
import type { Team } from "./team";

/** One service in one environment: all that renderers need to know of it. */
export interface ServiceEstate {
  readonly service: Service;
  readonly team: Team;
  readonly environment: Environment;
  readonly logGroup: LogGroup;
  readonly objectives: readonly DefiniteObjective[];
  readonly alerts: readonly AlertRule[];
  /** Alerts on its errors in Sentry that exist here; none without error tracking. */
  readonly errorAlerts: readonly ErrorAlertRule[];
  /** Absent of a service that declares no health endpoint. */
  readonly health?: DefiniteHealth;
  /** Tags of every resource that can carry them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** One environment of a catalog, with every service made definite. */
export interface EnvironmentEstate {
  readonly environment: Environment;
  readonly teams: readonly Team[];
  readonly services: readonly ServiceEstate[];
  readonly access: EnvironmentAccess;
  readonly onCall: Catalog["onCall"];
}

function serviceEstate(service: Service, surroundings: Surroundings): ServiceEstate {
  const { team, environment } = surroundings;
  const named = { ...surroundings, service: service.name };
  return {
    service,
    team,
    environment,
    logGroup: logGroupOf(service.runtime, environment),
    objectives: service.objectives.map((declared) =>
      checked(definiteObjective(checked(objectiveOf(declared, slisOf(service.telemetry))), environment.name)),
    ),
    alerts: alertsOf(service)
      .filter((alert) => existsIn(alert, environment.name))
      .map((alert) => alertRule(alert, service, surroundings)),
    errorAlerts: (service.errors?.alerts ?? [])
      .filter((alert) => existsIn(alert, environment.name))
      .map((alert) => errorAlertRule(alert, named)),
    ...(service.health === undefined ? {} : { health: definiteHealth(service.health, named) }),
    tags: { environment: environment.name, service: service.name, team: team.name, tier: String(service.tier) },
  };
}

function environmentEstate(
  { services, teams, runbooks, access, onCall }: Catalog,
  environment: Environment,
): EnvironmentEstate {
  const teamNamed = new Map(teams.map((team) => [team.name, team]));
  return {
    environment,
    teams,
    onCall,
    access: accessIn(access, environment.name, teams),
    services: services.map((service) => {
      const team = teamNamed.get(service.team);
      if (team === undefined)
        throw new Error(`unchecked catalog: ${service.name} has the unknown team ${service.team}`);
      return serviceEstate(service, { team, environment, runbooks });
    }),
  };
}

/** The checks and the stacks read the very same estate, so that what renderers remember of its values serves both. */
const estatesOf = memoized((catalog: Catalog) =>
  memoized((environment: Environment) => environmentEstate(catalog, environment)),
);

/**
 * Makes a catalog definite for one of its environments.
 * @throws Error on what the checks refuse (an unknown team, a threshold that is none); they run first.
 */
export const estateOf = (catalog: Catalog, environment: Environment): EnvironmentEstate =>
  estatesOf(catalog)(environment);
