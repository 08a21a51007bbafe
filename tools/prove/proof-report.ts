import pc from "picocolors";
import { aspectsOf, isRuleProven, type ProvenRule, type Verdict, verdictOf, wantedShare } from "../../proof/proof";
import { aspects } from "../../proof/unit-test";
import { textTable } from "../text-table";

const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;

const rowOf = (known: ProvenRule): readonly string[] => {
  const { rule, proofs, mutants } = known;
  const [shown, wanted] = [new Set(proofs.flatMap(({ outcome }) => outcome.shown)), aspectsOf(rule)];
  return [
    rule.environment,
    rule.service,
    rule.name,
    ...aspects.map((aspect) => (shown.has(aspect) ? "yes" : wanted.includes(aspect) ? pc.red("no") : "-")),
    mutants === undefined ? "-" : `${mutants.killed.length}/${mutants.killed.length + mutants.survived.length}`,
    isRuleProven(known) ? proofs.map(({ by }) => by).join(", ") : pc.red("not proven"),
  ];
};

/** Everything that keeps a rule from being proven, one line each. */
const problemsOf = (known: ProvenRule): readonly string[] => {
  const { rule, proofs, mutants } = known;
  const at = `${rule.environment} › ${rule.service} › ${rule.name}`;
  const told = proofs.flatMap(({ by, outcome }) =>
    outcome.problem === undefined ? [] : [`${at}: ${by}: ${outcome.problem}`],
  );
  const lacking = aspectsOf(rule).filter((aspect) => !proofs.some(({ outcome }) => outcome.shown.includes(aspect)));
  const silent =
    told.length === 0 && !isRuleProven(known)
      ? [`${at}: no case shows that it ${lacking.map((aspect) => saying[aspect]).join(", nor that it ")}`]
      : [];
  const survived = (mutants?.survived ?? []).map((what) => `${at}: no test notices this mistake: ${what}`);
  return [...told, ...silent, ...survived];
};

const saying = { fires: "fires", silent: "stays silent", resolves: "resolves" } as const;

const mutantsText = ({ mutants, killed }: Verdict): string =>
  mutants === 0
    ? ""
    : `; ${killed} of ${mutants} mutants killed (${percent(killed / mutants)}, wanted ${percent(wantedShare)})`;

/** The table, what is not proven and why, and the total in the last line. */
export function proofText(rules: readonly ProvenRule[], seconds: number, version: string): string {
  const verdict = verdictOf(rules);
  const table = textTable(
    ["environment", "service", "alert", ...aspects, "mutants killed", "proven by"],
    rules.map(rowOf),
  );
  const problems = rules.flatMap(problemsOf);
  const total = `${verdict.proven} of ${verdict.rules} alerts proven${mutantsText(verdict)}, by promtool ${version} in ${seconds.toFixed(1)} s`;
  return [table, "", ...problems, ...(problems.length === 0 ? [] : [""]), total].join("\n");
}

/** The same as one JSON document. */
export function proofJson(rules: readonly ProvenRule[], version: string): string {
  return JSON.stringify({
    alerts: rules.map((known) => ({
      environment: known.rule.environment,
      service: known.rule.service,
      alert: known.rule.name,
      proven: isRuleProven(known),
      proofs: known.proofs.map(({ by, outcome }) => ({ by, ...outcome })),
      ...(known.mutants === undefined ? {} : { mutants: known.mutants }),
    })),
    verdict: verdictOf(rules),
    promtool: version,
  });
}
