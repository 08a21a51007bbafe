import type { AlertRule } from "../model/alert-rule";
import type { Fault } from "../model/fault";
import type { Outcome, Proof } from "../proof/proof";
import { aspects } from "../proof/unit-test";

/** What became of one fault; alerts are named `service › alert`. */
export interface FaultOutcome {
  readonly fault: Fault;
  /** Those that had to fire and did, with their labels as Prometheus told them. */
  readonly fired: readonly { readonly labels: Readonly<Record<string, string>> }[];
  /** Those that had to fire and did not. */
  readonly missed: readonly string[];
  /** Those that fired and had not to. */
  readonly unexpected: readonly string[];
  /** Those that still fired when everything should have been over. */
  readonly unresolved: readonly string[];
  readonly seconds: number;
}

/** What became of all faults in one environment. */
export interface LiveOutcome {
  readonly environment: string;
  readonly outcomes: readonly FaultOutcome[];
  /** Those that fired while nothing was wrong with their service. */
  readonly strays: readonly string[];
}

/** How an alert is named in outcomes. */
export const liveName = ({ service, name }: Pick<AlertRule, "service" | "name">): string => `${service} › ${name}`;

/** What must fire under a fault. */
export const expectedOf = ({ services }: Fault): readonly string[] =>
  Object.entries(services).flatMap(([service, { expects }]) => expects.map((name) => liveName({ service, name })));

function outcomeOf(name: string, { outcomes, strays }: LiveOutcome): Outcome | undefined {
  const expecting = outcomes.filter(({ fault }) => expectedOf(fault).includes(name));
  const missed = outcomes.find((outcome) => outcome.missed.includes(name));
  const unexpected = outcomes.find((outcome) => outcome.unexpected.includes(name));
  const unresolved = outcomes.find((outcome) => outcome.unresolved.includes(name));
  const problem =
    missed !== undefined
      ? `the fault ${missed.fault.name} did not fire it`
      : unexpected !== undefined
        ? `the fault ${unexpected.fault.name} fired it, and should not have`
        : strays.includes(name)
          ? "it fired while all was well"
          : unresolved !== undefined
            ? `it still fired after the fault ${unresolved.fault.name} was over`
            : undefined;
  if (problem !== undefined) return { shown: [], problem };
  // Every fault that is not about it showed that it is silent, and each that is, that it fires and resolves.
  return expecting.length === 0 ? undefined : { shown: aspects };
}

/** What a live run proves of rules; nothing of those that no fault is about, and of other environments. */
export const liveProofs = (rules: readonly AlertRule[], live: LiveOutcome): readonly Proof[] =>
  rules
    .filter(({ environment }) => environment === live.environment)
    .flatMap((rule): readonly Proof[] => {
      const outcome = outcomeOf(liveName(rule), live);
      return outcome === undefined ? [] : [{ rule, by: "live", outcome }];
    });
