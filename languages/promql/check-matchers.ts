import { standsForVariable } from "./grafana-variables";
import { type PromqlProblem, problem } from "./problem";
import type { PromqlMatcher, PromqlQuery, PromqlSelector } from "./query";
import { compileRe2 } from "./re2";

/** Matchers that select nothing together, and regular expressions where none is needed. */
export const checkMatchers = ({ selectors }: PromqlQuery): readonly PromqlProblem[] =>
  selectors.flatMap((selector) => {
    if (selector.matchers.length === 0) return [];
    const contradiction = contradictionIn(selector);
    return contradiction === undefined ? selector.matchers.flatMap(checkNeedless) : [contradiction];
  });

/** Two matchers of one label that no value satisfies, one of them naming the value. */
function contradictionIn(selector: PromqlSelector): PromqlProblem | undefined {
  const { metric, matchers } = selector;
  if (metric !== undefined) {
    const other = matchers.find(({ label, op, value }) => label === "__name__" && op === "=" && value !== metric);
    if (other !== undefined)
      return problem("dead-selector", other, `No series is named both "${metric}" and "${other.value}".`);
  }
  if (matchers.length < 2) return undefined;
  for (const pinned of matchers) {
    if (pinned.op !== "=" || standsForVariable(pinned.value)) continue;
    const against = matchers.find(
      (other) => other !== pinned && other.label === pinned.label && !allows(other, pinned.value),
    );
    if (against !== undefined)
      return problem(
        "dead-selector",
        against,
        `This selects nothing: ${pinned.label} is "${pinned.value}" already, which ${against.op}"${against.value}" excludes.`,
      );
  }
  return undefined;
}

function allows({ op, value }: PromqlMatcher, found: string): boolean {
  if (standsForVariable(value)) return true;
  switch (op) {
    case "=":
      return value === found;
    case "!=":
      return value !== found;
    case "=~":
    case "!~": {
      if (!isQuick(value, found)) return true;
      const compiled = compileRe2(value);
      return !compiled.ok || compiled.value.test(found) === (op === "=~");
    }
  }
}

/**
 * Whether the expression cannot take long: RE2 never does, but here it is JavaScript's engine that tries one way after the other. No
 * group is repeated, and at most three parts are without a bound.
 */
const isQuick = (pattern: string, value: string): boolean =>
  value.length <= 200 && !/\)[*+{]/.test(pattern) && (pattern.match(/[*+]|,\}/g)?.length ?? 0) <= 3;

const META = /[.\\+*?()|[\]{}^$]/;

function checkNeedless(matcher: PromqlMatcher): readonly PromqlProblem[] {
  const { label, op, value } = matcher;
  if ((op !== "=~" && op !== "!~") || value === "" || value.includes("__")) return [];
  const plain = op === "=~" ? "=" : "!=";
  if (!META.test(value))
    return [problem("needless-regex", matcher, `"${value}" is no pattern; write ${label}${plain}"${value}".`)];
  const bare = value.replace(/^\^/, "").replace(/(?<!\\)\$$/, "");
  if (bare === value || bare.includes("|")) return [];
  return [
    problem(
      "needless-regex",
      matcher,
      `Prometheus matches the whole value anyway; write ${label}${META.test(bare) ? op : plain}"${bare}".`,
    ),
  ];
}
