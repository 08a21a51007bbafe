import { fail, ok, type Result } from "../../model/result";
import type { Team } from "../../model/team";
import { schedule } from "../pagerduty/schedule";

/** A team's weekly rotation as Opsgenie takes it. */
export interface OpsgenieRotation {
  readonly schedule: string;
  readonly description: string;
  readonly team: string;
  readonly timeZone: string;
  /** First change of shift, in UTC to the minute: `YYYY-MM-DDTHH:MM:00Z`. Shifts then change at that time of the schedule's zone. */
  readonly start: string;
  /** Usernames of Opsgenie, which are e-mail addresses, in the order of the rotation. */
  readonly users: readonly string[];
}

/** A team's rotation; an error that names every problem of it. */
export function opsgenieRotation(team: Team): Result<OpsgenieRotation> {
  const weekly = schedule(team);
  if (!weekly.ok) return fail(weekly.error);
  const { name, description, timeZone, start, users } = weekly.value;
  return ok({
    // Opsgenie takes letters, digits, dots, underscores and hyphens.
    schedule: name.replaceAll(" ", "-"),
    description,
    team: team.name,
    timeZone,
    start: new Date(Date.parse(start)).toISOString().replace(/\.\d{3}Z$/, "Z"),
    users,
  });
}
