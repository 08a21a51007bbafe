import type { Catalog } from "../../model/catalog";
import type { OpsgeniePriority } from "../../model/pager";
import type { Tier } from "../../model/tier";
import { type EscalationPolicy, escalationPolicies } from "../pagerduty/escalation";

/** Whom a rule calls. */
export type Notified =
  /** A team's schedule, once. */
  | { readonly kind: "schedule"; readonly team: string }
  /** One level after the other. */
  | { readonly kind: "escalation"; readonly policy: string };

/** What an alert must have for a rule to take it. */
export type Criterion =
  | { readonly kind: "any" }
  | { readonly kind: "priority"; readonly oneOf: readonly OpsgeniePriority[] }
  | { readonly kind: "tier"; readonly tier: Tier };

/** One rule of a team; the first that takes an alert decides. */
export interface TeamRule {
  readonly name: string;
  readonly criterion: Criterion;
  readonly notified: Notified;
}

/** How a team's alerts find their people. */
export interface TeamRouting {
  readonly team: string;
  readonly rules: readonly TeamRule[];
}

/** What wakes nobody: SEV-3 and below. */
export const minorPriorities: readonly OpsgeniePriority[] = ["P3", "P4", "P5"];

const escalation = ({ name }: EscalationPolicy): Notified => ({ kind: "escalation", policy: name });

/**
 * The rules of every team that owns alerts. What is minor goes to the first level alone, and nobody is called after it; what is not climbs the
 * escalation of its service's tier. What says no tier climbs the most critical one: nobody knows what it hides.
 */
export function teamRoutings(catalog: Catalog): readonly TeamRouting[] {
  const policies = escalationPolicies(catalog);
  return [...new Set(policies.map(({ team }) => team))].map((team) => {
    const own = policies.filter((policy) => policy.team === team).toSorted((a, b) => a.tier - b.tier);
    const [critical] = own;
    const first = critical?.levels[0]?.team ?? team;
    return {
      team,
      rules: [
        {
          name: "Minor",
          criterion: { kind: "priority", oneOf: minorPriorities },
          notified: { kind: "schedule", team: first },
        },
        ...own.map(
          (policy): TeamRule => ({
            name: `Tier ${policy.tier}`,
            criterion: { kind: "tier", tier: policy.tier },
            notified: escalation(policy),
          }),
        ),
        ...(critical === undefined
          ? []
          : [{ name: "Of no tier", criterion: { kind: "any" }, notified: escalation(critical) } as const]),
      ],
    };
  });
}
