import { expressionKey } from "../constructs/grafana/expression-key";
import type { AlertRule } from "../model/alert-rule";
import { isUpper } from "../model/comparison";
import { type DefiniteCondition, leavesOf } from "../model/definite-condition";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import type { Expression } from "../model/expression";
import type { Finding } from "../model/finding";
import { lookBackSeconds } from "../model/look-back";
import { sampleSecondsOf } from "../model/service";
import { cadences } from "../model/time-to-page";
import { finding, inRule, type Rule, warningRule } from "./rule";

const shortFor = warningRule(
  "alert/for-below-interval",
  "A condition is looked at once in an interval, so that a shorter duration promises what nobody sees.",
);
const shortWindow = warningRule(
  "alert/window-below-four-scrapes",
  "With fewer than four points in a window one missed scrape is a gap in the alert.",
);
const flapping = warningRule(
  "alert/flapping",
  "A noisy value that is told at once and forgotten at once wakes people again and again.",
);
const same = warningRule(
  "alert/duplicate-condition",
  "Two alerts of one condition tell the same people the same thing twice.",
);
const overlap = warningRule(
  "alert/overlap",
  "Of two alerts on one value with one severity the stricter never says anything that the other has not said.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [shortFor, shortWindow, flapping, same, overlap];

const expressionsIn = (condition: DefiniteCondition): readonly Expression[] =>
  leavesOf(condition).flatMap((leaf) => ("expression" in leaf ? [leaf.expression] : []));

/**
 * Whether a value moves by itself from one moment to the next, as shares and quantiles over a short time do. A number of events stays
 * for as long as its window.
 */
const isNoisy = (expression: Expression): boolean =>
  expression.kind !== "value" &&
  expression.kind !== "log-count" &&
  expression.kind !== "increase" &&
  lookBackSeconds(expression) <= 600;

function ofOne({ service }: ServiceEstate, rule: AlertRule): readonly Finding[] {
  const at = (field: string) => inRule(service, rule.name, field);
  const { evaluate } = cadences[rule.evaluator];
  const sampled = sampleSecondsOf(service);
  const found: Finding[] = [];
  if (rule.forSeconds > 0 && rule.forSeconds < evaluate) {
    found.push(
      finding(
        shortFor,
        at("for"),
        `the condition must hold for ${rule.forSeconds} s, but ${rule.evaluator} looks at it once in ${evaluate} s`,
        `write for: "${evaluate}s" or longer, or for: "0s"`,
      ),
    );
  }
  const windows = expressionsIn(rule.condition)
    .map(lookBackSeconds)
    .filter((window) => window > 0);
  const shortest = Math.min(...windows);
  if (rule.evaluator === "prometheus" && shortest < 4 * sampled) {
    found.push(
      finding(
        shortWindow,
        at("when"),
        `a window of ${shortest} s holds fewer than four scrapes, one every ${sampled} s`,
        `write a window of ${4 * sampled} s or longer`,
      ),
    );
  }
  const atOnce = rule.forSeconds === 0 && rule.keepFiringSeconds === 0 && rule.evaluator === "prometheus";
  if (atOnce && expressionsIn(rule.condition).some(isNoisy)) {
    found.push(
      finding(
        flapping,
        at("for"),
        "the alert fires at the first crossing of a noisy value, and resolves at the first moment below it",
        'write for: "2m" or longer, or keepFiringFor',
      ),
    );
  }
  return found;
}

/** A condition as text, without what people may write differently: `1s` and `1000ms` are the same number. */
const textOf = (condition: DefiniteCondition): string =>
  condition.kind === "raw"
    ? condition.text
    : JSON.stringify(condition, (key, value: unknown) => (key === "text" || key === "help" ? undefined : value));

/** A comparison's value and side, where the condition is one comparison. Outside production severities fall together by themselves. */
function sideOf({ condition, severity }: AlertRule, production: boolean): string | undefined {
  if (condition.kind !== "compare" || !production) return undefined;
  const { expression, comparison } = condition;
  const by = "by" in expression ? expression.by.join() : "";
  return `${expressionKey(expression)} ${by} ${isUpper(comparison)} ${severity}`;
}

function ofService(estate: ServiceEstate): readonly Finding[] {
  const { service, alerts, environment } = estate;
  const conditions = new Map<string, AlertRule>();
  const sides = new Map<string, AlertRule>();
  return alerts.flatMap((rule) => {
    const found = [...ofOne(estate, rule)];
    const text = textOf(rule.condition);
    const twin = conditions.get(text);
    const side = sideOf(rule, environment.production);
    const beside = side === undefined ? undefined : sides.get(side);
    if (twin === undefined) conditions.set(text, rule);
    if (side !== undefined && beside === undefined) sides.set(side, rule);
    if (twin !== undefined) {
      found.push(
        finding(
          same,
          inRule(service, rule.name, "when"),
          `${twin.name} has the very same condition`,
          "take one of them out",
        ),
      );
    } else if (beside !== undefined) {
      found.push(
        finding(
          overlap,
          inRule(service, rule.name, "when"),
          `${beside.name} watches the same value on the same side, with the same severity (${rule.severity})`,
          "give them two severities, or take one of them out",
        ),
      );
    }
    return found;
  });
}

/** Alerts that are right and yet wake people for nothing, twice, or not in the way that they promise. */
export const checkAlertQuality = (estate: EnvironmentEstate): readonly Finding[] => estate.services.flatMap(ofService);
