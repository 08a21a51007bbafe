import { DataPagerdutyUser } from "@cdktf/provider-pagerduty/lib/data-pagerduty-user";
import { EscalationPolicy } from "@cdktf/provider-pagerduty/lib/escalation-policy";
import { Schedule } from "@cdktf/provider-pagerduty/lib/schedule";
import { Service } from "@cdktf/provider-pagerduty/lib/service";
import { Team } from "@cdktf/provider-pagerduty/lib/team";
import { Construct } from "constructs";
import type { Catalog } from "../../model/catalog";
import { checked } from "../../model/result";
import { literal } from "../terraform/literal";
import { escalationPolicies } from "./escalation";
import { schedule } from "./schedule";
import { pagerDutyServices } from "./service";

/** Identifiers (tokens) by the names that people chose. */
type Ids = ReadonlyMap<string, string>;

/** @throws Error for a name that the checks refuse; they run first. */
function idOf(ids: Ids, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`unchecked catalog: nothing on call is named ${name}`);
  return id;
}

/**
 * Who is called, for all environments together: teams, their schedules, escalation policies, and one service for each service of the
 * catalog. Users exist in PagerDuty already and are looked up by e-mail, since people come and go through the company's directory.
 * @throws Error on a team or rotation that the checks refuse; they run first.
 */
export class OnCall extends Construct {
  /** Identifier (token) of the PagerDuty service by the name of the catalog's service, and of the one for unrouted alerts. */
  readonly serviceIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, catalog: Catalog) {
    super(scope, id);
    const teams = this.teams(catalog);
    const schedules = this.schedules(catalog, teams);
    const policies = this.policies(catalog, teams, schedules);
    this.serviceIds = Object.fromEntries(this.services(catalog, policies));
  }

  private teams({ teams }: Catalog): Ids {
    const scope = new Construct(this, "teams");
    return new Map(
      teams.map(({ name, description }) => [
        name,
        new Team(scope, name, { name: literal(name), description: literal(description) }).id,
      ]),
    );
  }

  private users(addresses: readonly string[]): Ids {
    const scope = new Construct(this, "users");
    return new Map(
      [...new Set(addresses)].map((email) => [
        email,
        new DataPagerdutyUser(scope, email, { email: literal(email) }).id,
      ]),
    );
  }

  /** By the name of the team. */
  private schedules(catalog: Catalog, teams: Ids): Ids {
    const schedules = catalog.teams.map((team) => checked(schedule(team)));
    const users = this.users(schedules.flatMap((each) => each.users));
    const scope = new Construct(this, "schedules");
    return new Map(
      schedules.map(({ name, description, team, timeZone, start, turnSeconds, users: rotation }) => {
        const resource = new Schedule(scope, team, {
          name: literal(name),
          description: literal(description),
          teams: [idOf(teams, team)],
          timeZone,
          layer: [
            {
              name: "Weekly rotation",
              start,
              rotationVirtualStart: start,
              rotationTurnLengthSeconds: turnSeconds,
              users: rotation.map((email) => idOf(users, email)),
            },
          ],
        });
        return [team, resource.id];
      }),
    );
  }

  private policies(catalog: Catalog, teams: Ids, schedules: Ids): Ids {
    const scope = new Construct(this, "escalation-policies");
    return new Map(
      escalationPolicies(catalog).map(({ name, description, team, levels, loops }) => {
        const resource = new EscalationPolicy(scope, name, {
          name: literal(name),
          description: literal(description),
          teams: [idOf(teams, team)],
          numLoops: loops,
          rule: levels.map((level) => ({
            escalationDelayInMinutes: level.delayMinutes,
            target: [{ type: "schedule_reference", id: idOf(schedules, level.team) }],
          })),
        });
        return [name, resource.id];
      }),
    );
  }

  private services(catalog: Catalog, policies: Ids): Ids {
    const scope = new Construct(this, "services");
    return new Map(
      pagerDutyServices(catalog).map(({ name, description, policy, acknowledgementSeconds }) => {
        const resource = new Service(scope, name, {
          name: literal(name),
          description: literal(description),
          escalationPolicy: idOf(policies, policy),
          // Alerts can be merged into one incident; bare incidents cannot.
          alertCreation: "create_alerts_and_incidents",
          // The severity of the alert decides who is woken.
          incidentUrgencyRule: { type: "constant", urgency: "severity_based" },
          acknowledgementTimeout: String(acknowledgementSeconds),
          // Senders resolve what is over; a clock would close what still burns.
          autoResolveTimeout: "null",
        });
        return [name, resource.id];
      }),
    );
  }
}
