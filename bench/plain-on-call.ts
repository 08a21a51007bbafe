import { DataPagerdutyUser } from "@cdktf/provider-pagerduty/lib/data-pagerduty-user";
import { EscalationPolicy } from "@cdktf/provider-pagerduty/lib/escalation-policy";
import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { Schedule } from "@cdktf/provider-pagerduty/lib/schedule";
import { Service } from "@cdktf/provider-pagerduty/lib/service";
import { Team } from "@cdktf/provider-pagerduty/lib/team";
import { type App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Team as TeamValue } from "../model/team";
import type { PlainService } from "./plain-inputs";

/** Minutes of all levels together, and seconds after which an acknowledged incident calls again, by tier. */
const times = {
  1: { total: 60, acknowledged: "3600" },
  2: { total: 240, acknowledged: "14400" },
  3: { total: 1440, acknowledged: "86400" },
  4: { total: 2880, acknowledged: "86400" },
} as const;

const known = <T>(values: ReadonlyMap<string, T>, name: string): T => {
  const value = values.get(name);
  if (value === undefined) throw new Error(`nothing is named ${name}`);
  return value;
};

/** Teams, schedules, escalation policies and PagerDuty services. */
export function plainOnCall(app: App, teams: readonly TeamValue[], services: readonly PlainService[]): void {
  const stack = new TerraformStack(app, "on-call");
  stack.addOverride("terraform.required_version", ">= 1.10");
  new LocalBackend(stack, { path: "../../../terraform.on-call.tfstate" });
  new PagerdutyProvider(stack, "pagerduty");

  const ids = new Map(
    teams.map(({ name, description }) => [name, new Team(stack, `team-${name}`, { name, description }).id]),
  );
  const schedules = new Map(
    teams.map(({ name, onCall }) => [
      name,
      new Schedule(stack, `schedule-${name}`, {
        name: `${name} on-call`,
        description: `Weekly rotation of the team ${name}`,
        teams: [known(ids, name)],
        timeZone: onCall.timeZone,
        layer: [
          {
            name: "Weekly rotation",
            start: `${onCall.start}T09:00:00+01:00`,
            rotationVirtualStart: `${onCall.start}T09:00:00+01:00`,
            rotationTurnLengthSeconds: 604_800,
            users: onCall.rotation.map((email) => new DataPagerdutyUser(stack, email, { email }).id),
          },
        ],
      }).id,
    ]),
  );

  const policies = new Map<string, string>();
  const policyOf = (team: string, tier: PlainService["tier"], levels: readonly string[]): string => {
    const name = `${team} tier ${tier}`;
    const { total } = times[tier];
    const made =
      policies.get(name) ??
      new EscalationPolicy(stack, `policy-${name}`, {
        name,
        description: `Services of the team ${team}, tier ${tier}: ${levels.join(", then ")}, all called within ${total} minutes`,
        teams: [known(ids, team)],
        numLoops: 2,
        rule: levels.map((level) => ({
          escalationDelayInMinutes: total / levels.length,
          target: [{ type: "schedule_reference", id: known(schedules, level) }],
        })),
      }).id;
    policies.set(name, made);
    return made;
  };
  const serviceIds: Record<string, string> = {};
  const add = (name: string, description: string, escalationPolicy: string, acknowledgementTimeout: string): void => {
    serviceIds[name] = new Service(stack, `service-${name}`, {
      name,
      description,
      escalationPolicy,
      alertCreation: "create_alerts_and_incidents",
      incidentUrgencyRule: { type: "constant", urgency: "severity_based" },
      acknowledgementTimeout,
      autoResolveTimeout: "null",
    }).id;
  };
  for (const { name, team, tier } of services) {
    const policy = policyOf(team, tier, ["support", team, "architecture"]);
    add(name, `Generated service ${name}`, policy, times[tier].acknowledged);
  }
  add(
    "Unrouted alerts",
    "Alerts that name no service of the catalog: find out who sends them, and give them a service label or tag",
    policyOf("support", 1, ["support", "architecture"]),
    times[1].acknowledged,
  );
  new TerraformOutput(stack, "pagerduty_service_ids", { value: serviceIds, staticId: true });
}
