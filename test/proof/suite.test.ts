import { describe, expect, test } from "@jest/globals";
import { rulesYaml } from "../../constructs/prometheus/rule-yaml";
import { prometheusRules } from "../../constructs/prometheus/rules";
import { alert } from "../../model/alert";
import { type AlertCase, emits, expectAlert, growing, missing, observing, steady } from "../../model/alert-case";
import { promql } from "../../model/condition";
import { caseTestOf } from "../../proof/case-test";
import { isRuleProven, type ProvenRule, verdictOf } from "../../proof/proof";
import { provenRules, type Suite, type SuiteRun, strayCases, suiteOf } from "../../proof/suite";
import { failedChecks } from "../../proof/unit-test-file";
import { onlyRule } from "../constructs/prometheus/rule";
import { example, exampleEstate, exampleService } from "../support/example";

const told = {
  for: "5m",
  severity: "SEV-2",
  summary: "{value} of memory",
  runbook: "https://r.example.com/memory",
} as const;
const memoryHigh = alert("MemoryHigh", { ...told, when: "memory > 1GB" });
const anyUp = alert("AnyUp", { ...told, when: promql('max(memory_usage_bytes{job="{service}"}) > 5') });

function suiteWith(alerts: readonly (typeof memoryHigh)[], cases: readonly AlertCase[] = [], mutants = true): Suite {
  const [service] = exampleEstate("prod", [exampleService({ alerts })]).services;
  if (service === undefined) throw new Error("no service");
  return suiteOf(service, rulesYaml(prometheusRules(service)), { cases, mutants, evaluation: {} });
}
const proven = (suite: Suite, run: SuiteRun): ProvenRule => {
  const [rule] = provenRules(suite, run);
  if (rule === undefined) throw new Error("no rule");
  return rule;
};
/** Every mutant fails at some time, and the rule does not. */
const allKilled = ({ rules }: Suite): SuiteRun => ({
  failed: rules.flatMap(({ mutants }) => mutants.map(({ name }) => ({ alert: name, at: "5m" }))),
});

describe("a suite", () => {
  test("loads the file that is deployed, and asks its tests of the rule, its mutants beside it", () => {
    const { files, tests, name } = suiteWith([memoryHigh]);
    expect(name).toBe("prod/shop");
    expect(files.map((file) => file.name)).toEqual([
      "deployed.shop.rules.yaml",
      "deployed.shop.1m.test.yaml",
      "MemoryHigh.rules.yaml",
      "MemoryHigh.30s.test.yaml",
    ]);
    expect(tests).toEqual(["deployed.shop.1m.test.yaml", "MemoryHigh.30s.test.yaml"]);
    expect(files[2]?.content).toContain("alert: MemoryHigh__0");
    expect(suiteWith([memoryHigh], [], false).files[2]?.content).not.toContain("__");
  });

  test("asks the rule as it stands in the deployed file", () => {
    const [deployed, , alone] = suiteWith([memoryHigh], [], false).files.map(({ content }) => content);
    expect(deployed).toContain(alone?.slice(alone.indexOf("- alert: MemoryHigh")));
  });

  test("proves a rule whose checks all pass and whose mutants all fail", () => {
    const suite = suiteWith([memoryHigh]);
    const known = proven(suite, allKilled(suite));
    expect(isRuleProven(known)).toBe(true);
    expect(known.proofs).toMatchObject([{ by: "promtool", outcome: { shown: ["fires", "silent", "resolves"] } }]);
    expect(known.mutants?.survived).toEqual([]);
    expect(verdictOf([known])).toMatchObject({ rules: 1, proven: 1, passed: true });
  });

  test("does not prove a rule that promtool contradicts, and says where", () => {
    const suite = suiteWith([memoryHigh]);
    const known = proven(suite, { failed: [...allKilled(suite).failed, { alert: "MemoryHigh", at: "12m" }] });
    expect(isRuleProven(known)).toBe(false);
    expect(known.proofs[0]?.outcome).toEqual({
      shown: ["silent", "resolves"],
      problem: "promtool contradicts at 12m, where it must fire with what it promises",
    });
  });

  test("counts no mutant as killed where the rule itself fails beside them", () => {
    const suite = suiteWith([memoryHigh]);
    const known = proven(suite, { failed: [...allKilled(suite).failed, { alert: "MemoryHigh", at: "5m" }] });
    expect(known.mutants?.killed).toEqual([]);
    expect(verdictOf([known]).passed).toBe(false);
  });

  test("proves nothing when promtool did not decide", () => {
    const known = proven(suiteWith([memoryHigh]), { failed: [], error: "promtool: killed" });
    expect(isRuleProven(known)).toBe(false);
    expect(verdictOf([known]).passed).toBe(false);
  });

  test("wants 95% of the mutants killed", () => {
    const suite = suiteWith([memoryHigh]);
    const { failed } = allKilled(suite);
    const most = proven(suite, { failed: failed.slice(1) });
    expect(failed.length).toBeLessThan(20);
    expect(verdictOf([most])).toMatchObject({ proven: 1, mutants: failed.length, passed: false });
    const whole = proven(suite, { failed });
    expect(verdictOf([most, whole, whole, whole, whole, whole])).toMatchObject({ passed: true });
  });

  test("asks for a case where a rule has no tree", () => {
    const known = proven(suiteWith([anyUp]), { failed: [] });
    expect(known.proofs[0]?.outcome.problem).toMatch(
      /no tree that could be solved; write a case: expectAlert\("AnyUp"\)/,
    );
    expect(isRuleProven(known)).toBe(false);
  });
});

describe("a case of one's own", () => {
  const ups = emits(example.memory, { instance: "a:1" }, steady(1, "10m"), steady(6, "20m"), steady(1, "10m"));
  const whole = expectAlert("AnyUp").given(ups).silentAt("10m").firesAt("20m").resolvesAt("35m");

  test("proves what it shows: all three, or it is not proven", () => {
    expect(isRuleProven(proven(suiteWith([anyUp], [whole]), { failed: [] }))).toBe(true);
    const half = expectAlert("AnyUp").given(ups).firesAt("20m");
    const known = proven(suiteWith([anyUp], [half]), { failed: [] });
    expect(known.proofs).toMatchObject([{ by: "case", outcome: { shown: ["fires"] } }]);
    expect(isRuleProven(known)).toBe(false);
  });

  test("that fails contradicts what was generated", () => {
    const wrong = expectAlert("MemoryHigh").given(ups).firesAt("20m");
    const suite = suiteWith([memoryHigh], [wrong], false);
    const known = proven(suite, { failed: [{ alert: "MemoryHigh", at: "20m" }] });
    expect(known.proofs.map(({ by }) => by)).toEqual(["promtool", "case"]);
    expect(isRuleProven(known)).toBe(false);
  });

  test("is asked of the services and environments that it names", () => {
    const rule = onlyRule(anyUp);
    const scoped = (scope: Parameters<typeof expectAlert>[1]) => expectAlert("AnyUp", scope).given(ups).staysSilent();
    const cases = [scoped({}), scoped({ service: "shop" }), scoped({ service: "other" })];
    expect(strayCases(cases, [rule])).toEqual([cases[2]]);
    expect(strayCases([{ ...whole, environments: ["dev"] }], [rule])).toHaveLength(1);
    expect(strayCases([{ ...whole, alert: "AnyUpp" }], [rule])).toHaveLength(1);
  });

  test("is a unit test: the series of the service, and louder and quieter ones of others", () => {
    const made = caseTestOf(
      expectAlert("AnyUp")
        .given(emits(example.requests, { status: "500" }, growing(60, { per: "1m", lasting: "10m" }), missing("5m")))
        .staysSilent(),
      onlyRule(anyUp),
    );
    expect(made).toMatchObject({
      ok: true,
      value: {
        interval: 60,
        evaluation: 30,
        series: [
          { series: 'http_requests_total{job="shop",instance="shop-1:9100",status="500"}', values: "0+60x9 stale _x4" },
          { values: "0+60000x9 stale _x4" },
          { values: "0+0.06x9 stale _x4" },
        ],
        checks: [{ kind: "state", at: 900, within: 900, firing: false, aspect: "silent" }],
      },
    });
  });

  test("of a histogram is its buckets, sum and count", () => {
    const made = caseTestOf(
      expectAlert("AnyUp")
        .given(emits(example.duration, {}, observing(60, { per: "1m", of: 0.3, lasting: "10m" })))
        .firesAt("5m"),
      onlyRule(anyUp),
    );
    const own = made.ok ? made.value.series.filter(({ series }) => series.includes('job="shop"')) : [];
    const at = (text: string) => own.find(({ series }) => series.includes(text))?.values;
    expect([at('le="0.25"'), at('le="0.5"'), at('le="+Inf"'), at("_sum"), at("_count")]).toEqual([
      "0+0x9",
      "0+60x9",
      "0+60x9",
      "0+18x9",
      "0+60x9",
    ]);
  });

  test.each<[string, AlertCase, RegExp]>([
    [
      "after its end",
      expectAlert("AnyUp").given(ups).firesAt("41m"),
      /expects something at 41m, and its series have ended/,
    ],
    [
      "of what is no histogram",
      expectAlert("AnyUp")
        .given(emits(example.memory, {}, observing(1, { per: "1m", of: 1, lasting: "5m" })))
        .firesAt("5m"),
      /memory_usage_bytes is no histogram/,
    ],
    [
      "of a histogram as a gauge",
      expectAlert("AnyUp")
        .given(emits(example.duration, {}, steady(1, "5m")))
        .firesAt("5m"),
      /is a histogram, which is not steady; write observing/,
    ],
  ])("%s is told", (_what, one, why) => {
    const made = caseTestOf(one, onlyRule(anyUp));
    expect(made.ok ? "made" : made.error).toMatch(why);
  });

  test("with a label that the metric does not have is a mistake where it is written", () => {
    const labels: Readonly<Record<string, string>> = { sttaus: "500" };
    expect(() => emits(example.requests, labels, steady(1, "5m"))).toThrow(
      /no label "sttaus"; it has method, endpoint/,
    );
  });
});

test("what promtool printed is read: failed alerts and failed queries", () => {
  const printed = `  FAILED:
    name: DatabaseDown,
    alertname: DatabaseDown, time: 6m,${" "}
        exp:[ ],
        got:[]
  FAILED:
    expr: "(count(ALERTS{alertname=\\"QueueBacklog\\",alertstate=\\"firing\\"}) > bool 0) or vector(0)", time: 1h30m,
        exp: {} 0E+00
        got: {} 1E+00`;
  expect(failedChecks(printed)).toEqual([
    { alert: "DatabaseDown", at: "6m" },
    { alert: "QueueBacklog", at: "1h30m" },
  ]);
});
