import { recordingsOf } from "../constructs/prometheus/objective-rules";
import { ruleFiles } from "../constructs/prometheus/rule-file";
import { rulesYaml } from "../constructs/prometheus/rule-yaml";
import { evaluationInterval, prometheusRule } from "../constructs/prometheus/rules";
import { formatDuration } from "../languages/promql/durations";
import type { AlertCase } from "../model/alert-case";
import type { AlertRule } from "../model/alert-rule";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import { checked } from "../model/result";
import { caseTestOf } from "./case-test";
import type { EvaluationOptions } from "./evaluate-expression";
import { type Equivalent, type Mutant, mutantsOf } from "./mutants";
import type { MutantReport, Outcome, Proof, ProofSource, ProvenRule } from "./proof";
import { objectivesOf } from "./recorded";
import { type Aspect, aspects, type UnitTest, unitTestOf } from "./unit-test";
import { type AskedTest, type FailedCheck, unitTestFile } from "./unit-test-file";

/** A file for promtool, by name. */
export interface ProofFile {
  readonly name: string;
  readonly content: string;
}

/** The tests of a rule by one source, or why there are none. */
interface Tried {
  readonly by: Exclude<ProofSource, "live">;
  readonly tests: readonly UnitTest[];
  readonly problem?: string;
}

/** A mutant under the name that it has in its file. */
interface NamedMutant extends Mutant {
  readonly name: string;
}

interface PlannedRule {
  readonly rule: AlertRule;
  readonly tried: readonly Tried[];
  readonly mutants: readonly NamedMutant[];
  readonly equivalent: readonly Equivalent[];
}

/** The rules of a service in an environment, and the files by which promtool decides of them. */
export interface Suite {
  readonly name: string;
  readonly files: readonly ProofFile[];
  /** Names of the files that are tests. */
  readonly tests: readonly string[];
  readonly rules: readonly PlannedRule[];
}

const concerns = ({ alert, service, environments }: AlertCase, rule: AlertRule): boolean =>
  alert === rule.name &&
  (service === undefined || service === rule.service) &&
  (environments === undefined || environments.some((name) => name === rule.environment));

/** Cases that no rule of any environment answers to. */
export const strayCases = (cases: readonly AlertCase[], rules: readonly AlertRule[]): readonly AlertCase[] =>
  cases.filter((one) => !rules.some((rule) => concerns(one, rule)));

function triedBy(rule: AlertRule, cases: readonly AlertCase[], options: EvaluationOptions): readonly Tried[] {
  const generated = unitTestOf(rule, options);
  const own = cases.filter((one) => concerns(one, rule)).map((one) => caseTestOf(one, rule));
  const problem = own.find((test) => !test.ok);
  const byCase: readonly Tried[] =
    own.length === 0
      ? []
      : [
          {
            by: "case",
            tests: own.flatMap((test) => (test.ok ? [test.value] : [])),
            ...(problem === undefined || problem.ok ? {} : { problem: `a case cannot be run: ${problem.error}` }),
          },
        ];
  if (generated.ok) return [{ by: "promtool", tests: [generated.value] }, ...byCase];
  if (byCase.length > 0) return byCase;
  return [{ by: "promtool", tests: [], problem: `${generated.error}; write a case: expectAlert("${rule.name}")` }];
}

/** Tests in files of the same time between evaluations, which promtool has for a whole file. */
function testFiles(prefix: string, ruleFile: string, asked: readonly AskedTest[]): readonly ProofFile[] {
  const evaluations = [...new Set(asked.map(({ test }) => test.evaluation))];
  return evaluations.map((evaluation) => ({
    name: `${prefix}.${formatDuration(evaluation)}.test.yaml`,
    content: unitTestFile(
      ruleFile,
      evaluation,
      asked.filter(({ test }) => test.evaluation === evaluation),
    ),
  }));
}

/**
 * The tests of a rule, asked of the rule as it is deployed, with what is recorded for it, and beside it of the rules with mistakes that
 * read the same; a mistake in what is recorded has a file of its own. The service's other rules are left out: each evaluation of each
 * test would evaluate all of them.
 */
function filesOf({ rule, tried, mutants }: PlannedRule): readonly ProofFile[] {
  const tests = tried.flatMap((source) => source.tests);
  if (tests.length === 0) return [];
  const recordings = recordingsOf(rule.service, objectivesOf(rule.condition));
  const deployed = JSON.stringify(recordings);
  const groups = new Map([[deployed, { recordings, alerts: [checked(prometheusRule(rule))] }]]);
  for (const mutant of mutants) {
    const key = JSON.stringify(mutant.recordings);
    const alerts = [...(groups.get(key)?.alerts ?? []), { ...mutant.rule, alert: mutant.name }];
    groups.set(key, { recordings: [...mutant.recordings], alerts });
  }
  return [...groups.values()].flatMap((group, index) => {
    const name = index === 0 ? rule.name : `${rule.name}.recorded${index}`;
    const ruleFile = `${name}.rules.yaml`;
    const rules = [...group.recordings, ...group.alerts];
    const names = group.alerts.map(({ alert }) => alert);
    return [
      { name: ruleFile, content: rulesYaml([{ name: rule.service, interval: evaluationInterval, rules }]) },
      ...testFiles(
        name,
        ruleFile,
        tests.map((test): AskedTest => ({ name: rule.name, test, alerts: names })),
      ),
    ];
  });
}

/** The deployed file is loaded as a whole: promtool refuses what Prometheus would. */
const loading = (service: string, content: string): readonly ProofFile[] => {
  const ruleFile = `deployed.${service}.rules.yaml`;
  const nothing: UnitTest = { interval: 60, evaluation: 60, series: [], checks: [] };
  return [
    { name: ruleFile, content },
    ...testFiles(`deployed.${service}`, ruleFile, [{ name: service, test: nothing, alerts: [] }]),
  ];
};

const isTest = ({ name }: ProofFile): boolean => name.endsWith(".test.yaml");

/** The suite of one service's rule file. */
export function suiteOf(
  { service, environment, alerts }: ServiceEstate,
  content: string,
  { cases, mutants: wanted, evaluation }: SuiteOptions,
): Suite {
  const rules = alerts
    .filter(({ evaluator }) => evaluator === "prometheus")
    .map((rule): PlannedRule => {
      const tried = triedBy(rule, cases, evaluation);
      const hasTests = tried.some(({ tests }) => tests.length > 0);
      const { mutants, equivalent } = wanted && hasTests ? mutantsOf(rule) : { mutants: [], equivalent: [] };
      return {
        rule,
        tried,
        equivalent,
        mutants: mutants.map((mutant, index) => ({ ...mutant, name: `${rule.name}__${index}` })),
      };
    });
  const files = [...loading(service.name, content), ...rules.flatMap(filesOf)];
  return {
    name: `${environment.name}/${service.name}`,
    files,
    tests: files.filter(isTest).map(({ name }) => name),
    rules,
  };
}

export interface SuiteOptions {
  readonly cases: readonly AlertCase[];
  /** Whether rules with mistakes in them are tried as well. */
  readonly mutants: boolean;
  /** How the Prometheus that decides looks at windows. */
  readonly evaluation: EvaluationOptions;
}

/** The suites of an environment: one for each rule file that is deployed, which is tested as it is. */
export const suitesOf = (estate: EnvironmentEstate, options: SuiteOptions): readonly Suite[] =>
  ruleFiles(estate).map(({ service, content }) => suiteOf(service, content, options));

/** What promtool said of a suite. */
export interface SuiteRun {
  readonly failed: readonly FailedCheck[];
  /** Why it decided nothing. */
  readonly error?: string;
}

const failedAt = ({ failed }: SuiteRun, alert: string): ReadonlySet<string> =>
  new Set(failed.filter((check) => check.alert === alert).map(({ at }) => at));

function outcomeOf({ tests, problem }: Tried, rule: AlertRule, run: SuiteRun): Outcome {
  if (run.error !== undefined) return { shown: [], problem: run.error };
  if (problem !== undefined) return { shown: [], problem };
  const failed = failedAt(run, rule.name);
  const checks = tests.flatMap(({ checks }) => checks);
  const of = (aspect: Aspect) => checks.filter((check) => check.aspect === aspect);
  const broken = checks.filter(({ at }) => failed.has(formatDuration(at)));
  const shown = aspects.filter(
    (aspect) => of(aspect).length > 0 && !of(aspect).some((check) => broken.includes(check)),
  );
  const [first] = broken;
  if (first === undefined) return { shown };
  return { shown, problem: `promtool contradicts at ${formatDuration(first.at)}, where ${sayings[first.aspect]}` };
}

const sayings: Readonly<Record<Aspect, string>> = {
  fires: "it must fire with what it promises",
  silent: "it must be silent",
  resolves: "it must have resolved",
};

function mutantReport({ rule, mutants, equivalent }: PlannedRule, run: SuiteRun): MutantReport {
  const controlled = failedAt(run, rule.name).size === 0;
  const killed = (mutant: NamedMutant): boolean => controlled && failedAt(run, mutant.name).size > 0;
  return {
    killed: mutants.filter(killed).map(({ what }) => what),
    survived: mutants.filter((mutant) => !killed(mutant)).map(({ what }) => what),
    equivalent,
  };
}

/** What a suite's run says of each of its rules. */
export const provenRules = ({ rules }: Suite, run: SuiteRun): readonly ProvenRule[] =>
  rules.map((planned) => {
    const { rule, tried, mutants, equivalent } = planned;
    return {
      rule,
      proofs: tried.map((source): Proof => ({ rule, by: source.by, outcome: outcomeOf(source, rule, run) })),
      ...(mutants.length + equivalent.length === 0 ? {} : { mutants: mutantReport(planned, run) }),
    };
  });
