import { describe, expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { prometheusRules } from "../../constructs/prometheus/rules";
import { parsePromql } from "../../languages/promql/parse";
import { estateOf } from "../../model/estate";
import { scaledGroups, scaledPromql, scaledSeconds } from "../../simulator/time-scale";

describe("an expression on a clock that goes sixty times faster", () => {
  test.each([
    ["sum(rate(a[5m])) / sum(rate(b[1h])) > 0.05", "sum(rate(a[5s])) / sum(rate(b[1m])) > 0.05"],
    ["avg_over_time((sum(a))[1w:1h] offset 5m)", "avg_over_time((sum(a))[2h48m:1m] offset 5s)"],
    ["min(predict_linear(a[1h], 14400)) < 0", "min(predict_linear(a[1m], 240)) < 0"],
    ["sum(increase(a[10m])) > 100", "sum((increase(a[10s]) * 60)) > 100"],
    ["max(delta(a[10m])) > 20", "max((delta(a[10s]) * 60)) > 20"],
    ["increase(a[10m]) + increase(b[1h])", "(increase(a[10s]) * 60) + (increase(b[1m]) * 60)"],
    ["time() - max(a) < 300", "time() - max(a) < 300"],
    ["up == 0", "up == 0"],
  ])("%s", (written, scaled) => {
    expect(scaledPromql(written, 60)).toBe(scaled);
    expect(parsePromql(scaledPromql(written, 60)).ok).toBe(true);
  });

  test("has nothing shorter than a second, and a count still is what it would be over the whole range", () => {
    expect(scaledSeconds(30, 60)).toBe(1);
    expect(scaledSeconds(0, 60)).toBe(0);
    expect(scaledPromql("increase(a[30s]) > 1", 60)).toBe("(increase(a[1s]) * 30) > 1");
  });

  test("on a clock that goes as usual is what it was", () => {
    for (const environment of shipped.environments)
      for (const service of estateOf(shipped, environment).services)
        expect(scaledGroups(prometheusRules(service), 1)).toEqual(prometheusRules(service));
  });
});

test("a rule that is scaled differs from the deployed one in its durations alone", () => {
  const withoutDurations = (text: string): string => text.replaceAll(/\d+(\.\d+)?(ms|[smhdwy])|[\d.]+/g, "N");
  for (const service of estateOf(shipped, shipped.environments[0] ?? never()).services) {
    const groups = prometheusRules(service);
    for (const [at, { rules }] of scaledGroups(groups, 60).entries())
      for (const [index, rule] of rules.entries()) {
        const deployed = groups[at]?.rules[index];
        const { expr, ...rest } = rule;
        const unwrapped = expr.replaceAll(/\(((?:increase|delta)\([^()]*\)) \* [\d.]+\)/g, "$1");
        const squeezed = (one: string): string => withoutDurations(one).replaceAll(/N+/g, "N");
        expect(squeezed(unwrapped)).toBe(squeezed(deployed?.expr ?? ""));
        if ("alert" in rest && deployed !== undefined && "alert" in deployed) {
          expect(rest).toEqual({
            ...deployed,
            expr: undefined,
            ...("for" in rest ? { for: rest.for } : {}),
            ...("keep_firing_for" in rest ? { keep_firing_for: rest.keep_firing_for } : {}),
          });
        }
      }
  }
});

function never(): never {
  throw new Error("no environment");
}
