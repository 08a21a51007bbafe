import { didYouMean } from "../model/suggest";
import { isSuppressible, suppressibleChecks } from "../model/suppress";
import { familyOf } from "./promql-rules";
import type { Rule } from "./rule";

type SuppressRuleName = "no-reason" | "unknown" | "unused";

const checks = {
  "no-reason": [
    "error",
    "error",
    "Whoever reads the rule next must know why it is let off.",
    "write the reason behind the id of the check",
  ],
  unknown: [
    "error",
    "error",
    "What is let off under a wrong name is not let off.",
    "write the id of a check, as findings show it",
  ],
  unused: [
    "warning",
    "warning",
    "A check that would find nothing needs no letting off, and may find something else one day.",
    "take it out",
  ],
} as const satisfies Readonly<Record<SuppressRuleName, readonly [Rule["level"], Rule["level"], string, string]>>;

const suppressRule = familyOf<SuppressRuleName>("suppress", checks);

const isName = (name: string): name is SuppressRuleName => Object.hasOwn(checks, name);

/** Every rule of this family. */
export const rules: readonly Rule[] = Object.keys(checks).filter(isName).map(suppressRule);

/** A check that a rule is let off, as somebody wrote it. */
export interface Suppression {
  readonly id: string;
  readonly reason: string;
}

/** Something found by a rule. */
interface Found {
  readonly rule: Rule;
}

/** What is wrong with one suppression. */
export interface SuppressionProblem<S extends Suppression> {
  readonly rule: Rule;
  readonly suppression: S;
  readonly message: string;
}

/** What is left of the issues of one rule, and what is wrong with its suppressions. */
export function suppressed<F extends Found, S extends Suppression>(
  issues: readonly F[],
  suppressions: readonly S[],
): { readonly issues: readonly F[]; readonly problems: readonly SuppressionProblem<S>[] } {
  if (suppressions.length === 0) return { issues, problems: [] };
  const off = new Set(
    suppressions.filter(({ id, reason }) => isSuppressible(id) && reason.trim() !== "").map(({ id }) => id),
  );
  const problems = suppressions.flatMap((suppression): readonly SuppressionProblem<S>[] => {
    const { id, reason } = suppression;
    const because = (name: SuppressRuleName, message: string) => [{ rule: suppressRule(name), suppression, message }];
    if (!isSuppressible(id))
      return because("unknown", `"${id}" is no check that a rule can be let off.${didYouMean(id, suppressibleChecks)}`);
    if (reason.trim() === "") return because("no-reason", `${id} is let off without a reason`);
    return issues.some(({ rule }) => rule.id === id) ? [] : because("unused", `${id} finds nothing here`);
  });
  return { issues: issues.filter(({ rule }) => !off.has(rule.id)), problems };
}
