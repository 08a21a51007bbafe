import { stringify } from "yaml";
import { formatDuration } from "../languages/promql/durations";
import { formatSelector } from "../languages/promql/format";
import type { Check, UnitTest } from "./unit-test";

/** A test, and the names of the rules that it is asked of. */
export interface AskedTest {
  readonly name: string;
  readonly test: UnitTest;
  readonly alerts: readonly string[];
}

/** A query that is 1 when an alert fires, else 0; `ALERTS` is what Prometheus writes of them. */
function stateQuery({ firing, labels, within, at }: Extract<Check, { kind: "state" }>, alert: string) {
  const series = formatSelector(
    "ALERTS",
    Object.entries({ alertname: alert, alertstate: "firing", ...labels }).map(([label, value]) => ({
      label,
      op: "=" as const,
      value,
    })),
  );
  const seen = within === 0 ? series : `count_over_time(${series}[${formatDuration(within)}])`;
  return {
    expr: `(count(${seen}) > bool 0) or vector(0)`,
    eval_time: formatDuration(at),
    exp_samples: [{ labels: "{}", value: firing ? 1 : 0 }],
  };
}

/**
 * Unit tests as a file for `promtool test rules`; all have the same time between evaluations.
 * Source: Prometheus, Unit testing for rules, "Test file format".
 */
export const unitTestFile = (ruleFile: string, evaluation: number, tests: readonly AskedTest[]): string =>
  stringify(
    {
      rule_files: [ruleFile],
      evaluation_interval: formatDuration(evaluation),
      tests: tests.map(({ name, test: { interval, series, checks }, alerts }) => ({
        name,
        interval: formatDuration(interval),
        input_series: series,
        alert_rule_test: checks.flatMap((check) =>
          check.kind === "alerts"
            ? alerts.map((alertname) => ({
                eval_time: formatDuration(check.at),
                alertname,
                exp_alerts: check.expected.map(({ labels, annotations }) => ({
                  exp_labels: labels,
                  exp_annotations: annotations,
                })),
              }))
            : [],
        ),
        promql_expr_test: checks.flatMap((check) =>
          check.kind === "state" ? alerts.map((alert) => stateQuery(check, alert)) : [],
        ),
      })),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );

/** A check that failed: of which alert, at which time in promtool's words. */
export interface FailedCheck {
  readonly alert: string;
  readonly at: string;
}

/** The checks that promtool says have failed, in what it printed. */
export const failedChecks = (printed: string): readonly FailedCheck[] =>
  [
    ...printed.matchAll(
      /alertname: (?<name>\S+), time: (?<time>[^,\s]+),|alertname=\\"(?<queried>[^"\\]+)\\".*?", time: (?<when>[^,\s]+),/g,
    ),
  ].map(({ groups = {} }) => ({
    alert: groups["name"] ?? groups["queried"] ?? "",
    at: groups["time"] ?? groups["when"] ?? "",
  }));
