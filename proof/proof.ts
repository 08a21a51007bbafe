import type { AlertRule } from "../model/alert-rule";
import { type Aspect, aspects } from "./unit-test";

/**
 * Who decided a proof. `promtool`: series solved from the rule's own definition. `case`: a case of the user's own. `live`: a real
 * Prometheus that scrapes a simulated service.
 */
export const proofSources = ["promtool", "case", "live"] as const;
export type ProofSource = (typeof proofSources)[number];

/** What became of a rule that was tried. */
export interface Outcome {
  /** What was shown, of what must be. */
  readonly shown: readonly Aspect[];
  /** Why something was not, in one sentence. */
  readonly problem?: string;
}

/** A rule, who tried it, and what came of it. */
export interface Proof {
  readonly rule: AlertRule;
  readonly by: ProofSource;
  readonly outcome: Outcome;
}

/** Whether a proof shows all there is to show: that the rule fires, that it stays silent, and that it resolves. */
export const isProven = ({ outcome }: Proof): boolean =>
  outcome.problem === undefined && aspects.every((aspect) => outcome.shown.includes(aspect));

/** What became of the mistakes that were put into a rule. */
export interface MutantReport {
  readonly killed: readonly string[];
  readonly survived: readonly string[];
  /** Mistakes that are none, each with the reason. */
  readonly equivalent: readonly { readonly what: string; readonly reason: string }[];
}

/** All that is known of one rule. */
export interface ProvenRule {
  readonly rule: AlertRule;
  /** From one source or several; none where nothing could be tried. */
  readonly proofs: readonly Proof[];
  /** Undefined where none were made. */
  readonly mutants?: MutantReport;
}

/** Whether any source proves it, and none contradicts. */
export const isRuleProven = ({ proofs }: ProvenRule): boolean =>
  proofs.some(isProven) && proofs.every(({ outcome }) => outcome.problem === undefined);

/** The share of mutants that must be killed; under it, the tests say less than they seem to. */
export const wantedShare = 0.95;

/** The result of everything together. */
export interface Verdict {
  readonly rules: number;
  readonly proven: number;
  readonly mutants: number;
  readonly killed: number;
  readonly passed: boolean;
}

export function verdictOf(rules: readonly ProvenRule[]): Verdict {
  const proven = rules.filter(isRuleProven).length;
  const killed = rules.reduce((sum, { mutants }) => sum + (mutants?.killed.length ?? 0), 0);
  const all = killed + rules.reduce((sum, { mutants }) => sum + (mutants?.survived.length ?? 0), 0);
  return {
    rules: rules.length,
    proven,
    mutants: all,
    killed,
    passed: proven === rules.length && killed >= all * wantedShare,
  };
}

/**
 * What is known of rules together with proofs of another source, such as a real Prometheus that scrapes a simulated service. A proof
 * of a rule that is not among them is left out.
 */
export const withProofs = (rules: readonly ProvenRule[], proofs: readonly Proof[]): readonly ProvenRule[] =>
  rules.map((known) => ({
    ...known,
    proofs: [
      ...known.proofs,
      ...proofs.filter(
        ({ rule }) =>
          rule.name === known.rule.name &&
          rule.service === known.rule.service &&
          rule.environment === known.rule.environment,
      ),
    ],
  }));
