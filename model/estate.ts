import { type AlertRule, alertRule, existsIn, type Surroundings } from "./alert-rule";
import type { Catalog } from "./catalog";
import type { Environment } from "./environment";
import { type LogGroup, logGroupOf } from "./log-group";
import { alertsOf, type Service } from "./service";
import type { Team } from "./team";

/** One service in one environment: all that renderers need to know of it. */
export interface ServiceEstate {
  readonly service: Service;
  readonly team: Team;
  readonly environment: Environment;
  readonly logGroup: LogGroup;
  readonly alerts: readonly AlertRule[];
  /** Tags of every resource that can carry them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** One environment of a catalog, with every service made definite. */
export interface EnvironmentEstate {
  readonly environment: Environment;
  readonly teams: readonly Team[];
  readonly services: readonly ServiceEstate[];
}

function serviceEstate(service: Service, surroundings: Surroundings): ServiceEstate {
  const { team, environment } = surroundings;
  return {
    service,
    team,
    environment,
    logGroup: logGroupOf(service.runtime, environment),
    alerts: alertsOf(service)
      .filter((alert) => existsIn(alert, environment.name))
      .map((alert) => alertRule(alert, service, surroundings)),
    tags: { environment: environment.name, service: service.name, team: team.name, tier: String(service.tier) },
  };
}

/**
 * Makes a catalog definite for one of its environments.
 * @throws Error on what the checks refuse (an unknown team, a threshold that is none); they run first.
 */
export function estateOf({ services, teams, runbooks }: Catalog, environment: Environment): EnvironmentEstate {
  const teamNamed = new Map(teams.map((team) => [team.name, team]));
  return {
    environment,
    teams,
    services: services.map((service) => {
      const team = teamNamed.get(service.team);
      if (team === undefined)
        throw new Error(`unchecked catalog: ${service.name} has the unknown team ${service.team}`);
      return serviceEstate(service, { team, environment, runbooks });
    }),
  };
}
