import { Construct } from "constructs";
import type { Catalog } from "../../model/catalog";
import { checked, never } from "../../model/result";
import { DataOpsgenieUser } from "../../providers/opsgenie/data-opsgenie-user";
import { Escalation } from "../../providers/opsgenie/escalation";
import { NotificationPolicy } from "../../providers/opsgenie/notification-policy";
import { Schedule } from "../../providers/opsgenie/schedule";
import { ScheduleRotation } from "../../providers/opsgenie/schedule-rotation";
import { Service } from "../../providers/opsgenie/service";
import { Team } from "../../providers/opsgenie/team";
import { TeamRoutingRule, type TeamRoutingRuleCriteria } from "../../providers/opsgenie/team-routing-rule";
import { escalationPolicies } from "../pagerduty/escalation";
import { literal } from "../terraform/literal";
import { type Criterion, minorPriorities, type Notified, teamRoutings } from "./routing";
import { opsgenieRotation } from "./schedule";

/** Identifiers (tokens) by the names that people chose. */
type Ids = ReadonlyMap<string, string>;

/** @throws Error for a name that the checks refuse; they run first. */
function idOf(ids: Ids, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`unchecked catalog: nothing on call is named ${name}`);
  return id;
}

/** Source: Opsgenie, Team Routing Rule API, "criteria"; the tier comes as an extra property of the alert. */
function criteria(criterion: Criterion): TeamRoutingRuleCriteria {
  switch (criterion.kind) {
    case "any":
      return { type: "match-all" };
    case "priority":
      return {
        type: "match-any-condition",
        conditions: criterion.oneOf.map((expectedValue, order) => ({
          field: "priority",
          operation: "equals",
          expectedValue,
          order,
        })),
      };
    case "tier":
      return {
        type: "match-all-conditions",
        conditions: [
          {
            field: "extra-properties",
            key: "tier",
            operation: "equals",
            expectedValue: String(criterion.tier),
            order: 0,
          },
        ],
      };
    default:
      return never(criterion);
  }
}

const endOfWork = { startHour: 17, startMin: 0 } as const;
const startOfWork = { endHour: 9, endMin: 0 } as const;

/** From the end of one working day to the beginning of the next, the week through. */
const outsideWork = [
  { startDay: "monday", endDay: "tuesday" },
  { startDay: "tuesday", endDay: "wednesday" },
  { startDay: "wednesday", endDay: "thursday" },
  { startDay: "thursday", endDay: "friday" },
  { startDay: "friday", endDay: "monday" },
].map((days) => ({ ...days, ...endOfWork, ...startOfWork }));

/**
 * Who is called, for all environments together, in Opsgenie: teams with their people, weekly schedules, escalations by tier, routing
 * rules by priority and tier, and a service for each of the catalog. The same values as PagerDuty's make it. Users exist in Opsgenie
 * already and are looked up by e-mail.
 * @throws Error on a team or rotation that the checks refuse; they run first.
 */
export class OpsgenieOnCall extends Construct {
  /** Identifier (token) of the team by its name. */
  readonly teamIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, catalog: Catalog) {
    super(scope, id);
    const users = this.users(catalog);
    const teams = this.teams(catalog, users);
    const schedules = this.schedules(catalog, teams, users);
    const escalations = this.escalations(catalog, teams, schedules);
    this.routing(catalog, teams, schedules, escalations);
    this.services(catalog, teams);
    this.teamIds = Object.fromEntries(teams);
  }

  private users({ teams }: Catalog): Ids {
    const scope = new Construct(this, "users");
    const addresses = new Set(teams.flatMap(({ onCall }) => onCall.rotation));
    return new Map(
      [...addresses].map((email) => [email, new DataOpsgenieUser(scope, email, { username: literal(email) }).id]),
    );
  }

  private teams({ teams }: Catalog, users: Ids): Ids {
    const scope = new Construct(this, "teams");
    return new Map(
      teams.map(({ name, description, onCall }) => [
        name,
        new Team(scope, name, {
          name: literal(name),
          description: literal(description),
          member: [...new Set(onCall.rotation)].map((email) => ({ id: idOf(users, email), role: "user" })),
          // Opsgenie gives each team a schedule, an escalation and a rule of its own making, beside ours.
          deleteDefaultResources: true,
        }).id,
      ]),
    );
  }

  /** By the name of the team. */
  private schedules(catalog: Catalog, teams: Ids, users: Ids): Ids {
    const scope = new Construct(this, "schedules");
    const rotations = new Construct(this, "rotations");
    return new Map(
      catalog.teams
        .map((team) => checked(opsgenieRotation(team)))
        .map((each) => {
          const { id } = new Schedule(scope, each.team, {
            name: literal(each.schedule),
            description: literal(each.description),
            timezone: each.timeZone,
            ownerTeamId: idOf(teams, each.team),
            enabled: true,
          });
          new ScheduleRotation(rotations, each.team, {
            scheduleId: id,
            name: "Weekly-rotation",
            type: "weekly",
            length: 1,
            startDate: each.start,
            participant: each.users.map((email) => ({ type: "user", id: idOf(users, email) })),
          });
          return [each.team, id];
        }),
    );
  }

  /** By the name of the policy. Delays count from the alert, where PagerDuty's count from the level before. */
  private escalations(catalog: Catalog, teams: Ids, schedules: Ids): Ids {
    const scope = new Construct(this, "escalations");
    return new Map(
      escalationPolicies(catalog).map(({ name, description, team, levels, loops }) => {
        const { id } = new Escalation(scope, name, {
          name: literal(name),
          description: literal(description),
          ownerTeamId: idOf(teams, team),
          rules: levels.map((level, index) => ({
            condition: "if-not-acked",
            notifyType: "default",
            delay: levels.slice(0, index).reduce((minutes, { delayMinutes }) => minutes + delayMinutes, 0),
            recipient: [{ type: "schedule", id: idOf(schedules, level.team) }],
          })),
          repeat: [{ count: loops, waitInterval: levels.at(-1)?.delayMinutes ?? 1, resetRecipientStates: false }],
        });
        return [name, id];
      }),
    );
  }

  private routing(catalog: Catalog, teams: Ids, schedules: Ids, escalations: Ids): void {
    const scope = new Construct(this, "routing");
    const notify = (notified: Notified): { type: string; id: string } => {
      switch (notified.kind) {
        case "schedule":
          return { type: "schedule", id: idOf(schedules, notified.team) };
        case "escalation":
          return { type: "escalation", id: idOf(escalations, notified.policy) };
        default:
          return never(notified);
      }
    };
    for (const { team, rules } of teamRoutings(catalog)) {
      const own = new Construct(scope, team);
      const teamId = idOf(teams, team);
      rules.reduce<TeamRoutingRule | undefined>(
        (before, { name, criterion, notified }, order) =>
          new TeamRoutingRule(own, name.replaceAll(" ", "-"), {
            teamId,
            name: literal(name),
            order,
            criteria: [criteria(criterion)],
            notify: [notify(notified)],
            // A rule's order is an index, and so must exist: one after the other.
            ...(before === undefined ? {} : { dependsOn: [before] }),
          }),
        undefined,
      );
      new NotificationPolicy(own, "Minor-alerts-wait", {
        teamId,
        name: "Minor alerts wait for the next working day",
        enabled: true,
        filter: {
          type: "match-any-condition",
          conditions: minorPriorities.map((expectedValue) => ({
            field: "priority",
            operation: "equals",
            expectedValue,
          })),
        },
        timeRestriction: { type: "weekday-and-time-of-day", restrictions: outsideWork },
        delayAction: { delayOption: "next-weekday", untilHour: startOfWork.endHour, untilMinute: startOfWork.endMin },
      });
    }
  }

  private services({ services }: Catalog, teams: Ids): void {
    const scope = new Construct(this, "services");
    for (const { name, description, team, tier } of services) {
      new Service(scope, name, {
        name: literal(name),
        description: literal(description),
        teamId: idOf(teams, team),
        tags: [`tier:${tier}`],
      });
    }
  }
}
