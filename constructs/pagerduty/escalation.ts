import type { Catalog } from "../../model/catalog";
import { responseMinutes, type Tier } from "../../model/tier";

/** Times that a policy starts again when nobody has answered: three rounds in all, so that one call slept through is not the last. */
const escalationLoops = 2;

/** Tier of the service for unrouted alerts: the most critical, as nobody knows what such an alert hides. */
export const unroutedTier: Tier = 1;

/** One level of a policy: who is called, and how long they have. */
export interface EscalationLevel {
  /** Whose schedule is called. */
  readonly team: string;
  /** Minutes until the next level is called, or the first one again. */
  readonly delayMinutes: number;
}

/** Who is called in turn for the services of one team and tier. */
export interface EscalationPolicy {
  readonly name: string;
  readonly description: string;
  /** The owning team. */
  readonly team: string;
  readonly tier: Tier;
  readonly levels: readonly EscalationLevel[];
  readonly loops: number;
}

/** Name of the policy of a team's services of one tier. */
export const policyName = (team: string, tier: Tier): string => `${team} tier ${tier}`;

/**
 * The levels of a policy: support, the owner, architecture. A team never follows itself: where the owner is support or architecture,
 * its two levels become one, since calling the person again who has just not answered only delays the next.
 *
 * Every level has an equal share of the tier's response time before the next is called, the last one included: three levels of tier 1
 * (60 minutes) are called at 0, 20 and 40 minutes, so that each has been called, and has had its time to answer, within the 60. PagerDuty
 * escalates incidents of high urgency only; those of low urgency stay with the first level.
 */
function levelsOf({ onCall }: Catalog, owner: string, tier: Tier): readonly EscalationLevel[] {
  const teams = [onCall.support, owner, onCall.architecture].filter((team, level, all) => team !== all[level - 1]);
  const delayMinutes = Math.floor(responseMinutes[tier] / teams.length);
  return teams.map((team) => ({ team, delayMinutes }));
}

function escalationPolicy(catalog: Catalog, team: string, tier: Tier): EscalationPolicy {
  const levels = levelsOf(catalog, team, tier);
  return {
    name: policyName(team, tier),
    description: `Services of the team ${team}, tier ${tier}: ${levels.map((level) => level.team).join(", then ")}, all called within ${responseMinutes[tier]} minutes`,
    team,
    tier,
    levels,
    loops: escalationLoops,
  };
}

/**
 * One policy for each owning team and tier in use, in the order of the services, and last the one of the service for unrouted alerts,
 * which the support team owns.
 */
export function escalationPolicies(catalog: Catalog): readonly EscalationPolicy[] {
  const owners = [...catalog.services, { team: catalog.onCall.support, tier: unroutedTier }];
  const policies = owners.map(({ team, tier }) => escalationPolicy(catalog, team, tier));
  return [...new Map(policies.map((policy) => [policy.name, policy])).values()];
}
