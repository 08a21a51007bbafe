import type { Role } from "./access";
import type { EnvironmentEstate, ServiceEstate } from "./estate";
import { never } from "./result";
import type { Team } from "./team";

/** A role of a team in an environment, and the services whose signals and configuration it is about. */
export interface TeamAccess {
  readonly team: Team;
  readonly role: Role;
  readonly services: readonly ServiceEstate[];
}

/**
 * Who gets into an environment, and to what; each system gives it in its own words. An editor changes what belongs to its own team; the
 * others read across teams, since an incident does not stop at one.
 */
export const accessOf = ({ access, services }: EnvironmentEstate): readonly TeamAccess[] =>
  access.grants.map(({ team, role }) => {
    switch (role) {
      case "editor":
        return { team, role, services: services.filter((service) => service.team.name === team.name) };
      case "viewer":
      case "on-call":
      case "auditor":
        return { team, role, services };
      default:
        return never(role);
    }
  });

/** Everybody of a team: those on its rotation, and the others that it names. */
export const membersOf = ({ onCall, members = [] }: Team): readonly string[] => [
  ...new Set([...onCall.rotation, ...members]),
];
