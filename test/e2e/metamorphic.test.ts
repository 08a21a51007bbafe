import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { compilePromql } from "../../constructs/prometheus/compile";
import { compileCondition } from "../../constructs/prometheus/compile-condition";
import { rulesYaml } from "../../constructs/prometheus/rule-yaml";
import { prometheusRules } from "../../constructs/prometheus/rules";
import { resultFactor } from "../../constructs/prometheus/unit";
import { alert } from "../../model/alert";
import type { AlertRule } from "../../model/alert-rule";
import { isLogical } from "../../model/condition";
import type { DefiniteCondition } from "../../model/definite-condition";
import type { Expression } from "../../model/expression";
import { checked } from "../../model/result";
import { evaluateCondition } from "../../proof/evaluate-condition";
import { evaluateExpression } from "../../proof/evaluate-expression";
import { comparedExpressions } from "../../proof/leaves";
import { type InputSeries, notationOf, samplesOf } from "../../proof/notation";
import { verdictOf } from "../../proof/proof";
import { type Labels, labelsKey, type Series } from "../../proof/series";
import { provenRules, type Suite, suiteOf } from "../../proof/suite";
import { runSuites } from "../../tools/prove/promtool";
import { debianProgram } from "../../tools/servers/debian";
import { interruptible } from "../../tools/terraform/interruption";
import { onlyRule } from "../constructs/prometheus/rule";
import { seriesFor } from "../proof/arbitrary-series";
import { composite, simple } from "../proof/conditions";
import { exampleEstate } from "../support/example";
import { scratchFolder, write } from "./support/folders";
import { run } from "./support/process";

jest.setTimeout(180_000);
const scratch = scratchFolder("metamorphic");
const promtool = debianProgram({ program: "promtool", package: "promtool" });
const seed = 20_260_105;
const options = { service: "shop", closed: true } as const;

/** Something that Prometheus is asked at a time, and what the evaluator says of it. */
interface Question {
  readonly expr: string;
  readonly time: number;
  readonly expected: readonly { readonly labels: Labels; readonly value: number }[];
  /** Values that are so near to a threshold that rounding may decide. */
  readonly undecided: boolean;
}

/** Some series, and what is asked of them. */
interface Group {
  readonly input: readonly InputSeries[];
  readonly questions: readonly Question[];
}

/** Where windows begin and end with samples and where they do not. */
const times = [60, 300, 1234, 1800, 3600, 4815, 7200, 9000, 10_777, 14_400];

const numbersIn = (condition: DefiniteCondition): readonly number[] =>
  [...JSON.stringify(condition).matchAll(/"value":"?(-?[\d.]+(?:e[+-]?\d+)?)"?/g)].map(([, number]) => Number(number));

const near = (left: number, right: number): boolean =>
  Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right), 1e-9);

/** Whether an expression is a sample itself, which nothing is computed of, so that it may be exactly at a threshold. */
const isExact = (expression: Expression): boolean =>
  expression.kind === "value" &&
  (expression.aggregation === "max" || expression.aggregation === "min") &&
  resultFactor(expression).eq(1);

/** The values of an expression as PromQL has them: some are in the metric's own unit. */
const inPromql = (expression: Expression, series: readonly Series[], time: number) =>
  evaluateExpression(expression, series, time, options).map(({ labels, value }) => ({
    labels,
    value: value / Number(resultFactor(expression)),
  }));

/** The condition with all deviations multiplied: one outlier among five points is exactly two deviations away. */
const withDeviations = (condition: DefiniteCondition, factor: number): DefiniteCondition => {
  if (condition.kind === "anomaly") return { ...condition, deviations: condition.deviations * factor };
  return isLogical(condition)
    ? { ...condition, left: withDeviations(condition.left, factor), right: withDeviations(condition.right, factor) }
    : condition;
};

const heldKeys = (condition: DefiniteCondition, series: readonly Series[], time: number): string =>
  evaluateCondition(condition, series, time, options)
    .map(({ labels }) => labelsKey(labels))
    .join();

function questionsOf(condition: DefiniteCondition, series: readonly Series[]): readonly Question[] {
  const scope = { service: "shop" };
  const thresholds = numbersIn(condition);
  return times.flatMap((time): readonly Question[] => {
    const expressions = comparedExpressions(condition).map(
      (expression): Question => ({
        expr: checked(compilePromql(expression, scope)),
        time,
        expected: inPromql(expression, series, time),
        undecided: false,
      }),
    );
    const undecided = comparedExpressions(condition)
      .filter((expression) => !isExact(expression))
      .flatMap((expression) => evaluateExpression(expression, series, time, options))
      .some(({ value }) => thresholds.some((threshold) => [1, 60, 3600].some((per) => near(value * per, threshold))));
    const held = evaluateCondition(condition, series, time, options);
    const nearly = [1 - 1e-9, 1 + 1e-9].some(
      (factor) => heldKeys(withDeviations(condition, factor), series, time) !== heldKeys(condition, series, time),
    );
    // Only for whom it holds: the values are asked for above.
    const verdict: Question = {
      expr: `clamp(${checked(compileCondition(condition, scope))}, 1, 1)`,
      time,
      expected: held.map(({ labels }) => ({ labels, value: 1 })),
      undecided: undecided || nearly,
    };
    return [...expressions, verdict];
  });
}

/** promtool tests that expect nothing of every query, so that it prints what there is instead. */
const askingFile = (groups: readonly Group[]): string =>
  stringify(
    {
      evaluation_interval: "1m",
      tests: groups.map(({ input, questions }, group) => ({
        interval: "1m",
        input_series: input.map(notationOf),
        promql_expr_test: questions.map(({ expr, time }, question) => ({
          expr: `${expr} # ${group}/${question}`,
          eval_time: `${time}s`,
        })),
      })),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );

/** What promtool got, by the number of the question. */
function answersOf(printed: string): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const answers = new Map<string, ReadonlyMap<string, number>>();
  for (const [, id = "", got = ""] of printed.matchAll(/# (\d+\/\d+)", time: \S+,\n\s+exp: .*\n\s+got: (.*)/g)) {
    const values = [...got.matchAll(/(\{[^{}]*\}) (\S+?)(?:, (?=\{)|$)/g)].map(([, labels = "", value = ""]) => {
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
        ([, name = "", text = ""]) => [name, text] as const,
      );
      return [labelsKey(Object.fromEntries(pairs)), Number(value.replace("Inf", "Infinity"))] as const;
    });
    answers.set(id, new Map(values));
  }
  return answers;
}

const same = (left: number, right: number): boolean =>
  (Number.isNaN(left) && Number.isNaN(right)) || left === right || near(left, right);

/** Where the evaluator and Prometheus differ. */
function differences(groups: readonly Group[], answers: ReadonlyMap<string, ReadonlyMap<string, number>>) {
  return groups.flatMap(({ questions }, group) =>
    questions.flatMap(({ expr, time, expected, undecided }, question) => {
      const got = answers.get(`${group}/${question}`) ?? new Map<string, number>();
      const wanted = new Map(expected.map(({ labels, value }) => [labelsKey(labels), value]));
      const alike =
        got.size === wanted.size &&
        [...wanted].every(([key, value]) => same(got.get(key) ?? Number.NaN, value) && got.has(key));
      return alike || undecided ? [] : [{ group, expr, time, evaluator: [...wanted], prometheus: [...got] }];
    }),
  );
}

const suite = promtool === undefined ? describe.skip : describe;
suite(`a condition means the same to the evaluator and to Prometheus${promtool === undefined ? " (not run: no promtool)" : ""}`, () => {
  test("on arbitrary series, with gaps, restarts and endings: the same values, and the same label sets for which it holds", async () => {
    const cases = fc.sample(
      fc
        .oneof({ weight: 2, arbitrary: simple }, { weight: 1, arbitrary: composite })
        .chain((condition) => fc.tuple(fc.constant(condition), seriesFor(condition))),
      { numRuns: 250, seed },
    );
    const groups = cases.map(
      ([condition, input]): Group => ({
        input,
        questions: questionsOf(
          condition,
          input.map((each) => samplesOf(each, 60)),
        ),
      }),
    );
    const file = write(join(scratch, "asking.yaml"), askingFile(groups));
    const { stdout, stderr } = await run(promtool ?? "", ["test", "rules", file]);
    const answers = answersOf(`${stdout}\n${stderr}`);
    expect(differences(groups, answers).slice(0, 3)).toEqual([]);

    const all = groups.flatMap(({ questions }) => questions);
    // Both say something of many: agreeing on nothing would prove nothing.
    const answered = [...answers.values()].filter(({ size }) => size > 0).length;
    expect(answered).toBeGreaterThan(1000);
    expect(all.filter(({ undecided }) => undecided).length).toBeLessThan(all.length / 100);
    const verdicts = all.filter(({ expr }) => expr.startsWith("clamp("));
    expect(verdicts.filter(({ expected }) => expected.length > 0).length).toBeGreaterThan(200);
    expect(verdicts.filter(({ expected }) => expected.length === 0).length).toBeGreaterThan(200);
  });

  test("on solved series: pending, firing and resolved at the same evaluations, with the same labels and texts; and mistakes are noticed", async () => {
    const conditions = fc.sample(fc.oneof({ weight: 3, arbitrary: simple }, { weight: 1, arbitrary: composite }), {
      numRuns: 70,
      seed,
    });
    const suites = conditions.map((condition, index) => suiteOn(ruleOf(condition, index)));
    const runs = await interruptible((interruption) =>
      runSuites(suites, { path: promtool ?? "", version: "" }, join(scratch, "suites"), interruption),
    );
    const rules = suites.flatMap((each, index) => provenRules(each, runs[index] ?? { failed: [], error: "not run" }));
    // Some composites have no closed form; no other rule goes unproven.
    const problems = rules.flatMap(({ proofs }) => proofs.flatMap(({ outcome }) => outcome.problem ?? []));
    expect(problems.filter((problem) => !problem.startsWith("no series make it true"))).toEqual([]);
    expect(problems.length).toBeLessThan(10);
    const verdict = verdictOf(rules);
    expect(verdict.proven).toBe(rules.length - problems.length);
    expect(verdict.mutants).toBeGreaterThan(300);
    expect(verdict.killed / verdict.mutants).toBeGreaterThan(0.98);
  });
});

/** The suite of one rule alone. */
function suiteOn(rule: AlertRule): Suite {
  const [service] = exampleEstate("prod").services;
  if (service === undefined) throw new Error("no service");
  const only = { ...service, alerts: [rule] };
  const suite = suiteOf(only, rulesYaml(prometheusRules(only)), { cases: [], mutants: true, evaluation: options });
  return { ...suite, name: rule.name };
}

const template = onlyRule(
  alert("Template", {
    when: "memory > 1GB",
    for: "5m",
    keepFiringFor: "3m",
    severity: "SEV-2",
    summary: "It is {value} at {mount}",
    runbook: "https://runbooks.example.com/x",
  }),
);

/** A rule with a condition; every third one keeps firing, every fourth one fires at once. */
const ruleOf = (condition: DefiniteCondition, index: number): AlertRule => ({
  ...template,
  name: `Rule${index}`,
  condition,
  forSeconds: index % 4 === 0 ? 0 : 300,
  keepFiringSeconds: index % 3 === 0 ? 180 : 0,
});
