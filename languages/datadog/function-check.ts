import { didYouMean } from "../../model/suggest";
import { type Cursor, report } from "./cursor";
import { arity, DATADOG_FUNCTIONS, type FunctionRule, type Parameter } from "./functions";
import { type FunctionArgument, isPercentile, type MetricExpression } from "./metric-expression";
import { orList } from "./one-of";

/** A stretch of the query. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A function as it stands in a query, to be held against {@link DATADOG_FUNCTIONS}. */
export interface FunctionUse {
  readonly name: string;
  readonly form: FunctionRule["form"];
  readonly args: readonly FunctionArgument[];
  readonly at: Span;
  /** Where each argument stands. */
  readonly argumentsAt: readonly Span[];
}

/** Reports an unknown function, one in the wrong place, a wrong number of arguments, and arguments that it does not take. */
export function checkFunction(cursor: Cursor, use: FunctionUse): void {
  const rule = DATADOG_FUNCTIONS.get(use.name);
  if (rule === undefined || rule.form !== use.form) {
    report(cursor, unknownFunction(use, rule), use.at.offset, use.at.length);
    return;
  }
  checkCount(cursor, use, rule);
  const inner = use.args.flatMap((each) => (isExpression(each) ? functionsIn(each) : []));
  const excluded = rule.excludes?.find((name) => inner.includes(name));
  if (excluded !== undefined) {
    report(cursor, `${excluded}() must not stand inside ${use.name}().`, use.at.offset, use.at.length);
  }
  let position = 0;
  for (const [index, argument] of use.args.entries()) {
    const at = use.argumentsAt[index] ?? use.at;
    const message =
      argument.kind === "named"
        ? namedProblem(use.name, rule, argument)
        : positionalProblem(use.name, rule.parameters[position++], argument);
    if (message !== undefined) {
      report(cursor, message, at.offset, at.length);
    }
  }
}

function unknownFunction(use: FunctionUse, rule: FunctionRule | undefined): string {
  if (rule !== undefined) {
    return rule.form === "wrapper"
      ? `${use.name} stands around its series: write ${use.name}(…).`
      : `${use.name} stands behind its series: write ….${use.name}(…).`;
  }
  const known = [...DATADOG_FUNCTIONS].flatMap(([name, each]) => (each.form === use.form ? [name] : []));
  return `Datadog has no function ${use.name}().${didYouMean(use.name, known)}`;
}

function checkCount(cursor: Cursor, use: FunctionUse, rule: FunctionRule): void {
  const { least, most } = arity(rule);
  const given = use.args.filter((argument) => argument.kind !== "named").length;
  if (given >= least && given <= most) {
    return;
  }
  const takes = least === most ? `${most}` : `${least} to ${most}`;
  const names = rule.parameters.map((each) => (each.optional ? `[${each.name}]` : each.name)).join(", ");
  const message = `${use.name}() takes ${takes} ${most === 1 ? "argument" : "arguments"} (${names}), not ${given}.`;
  report(cursor, most === 0 ? `${use.name}() takes no arguments.` : message, use.at.offset, use.at.length);
}

function positionalProblem(
  name: string,
  parameter: Parameter | undefined,
  argument: FunctionArgument,
): string | undefined {
  if (parameter === undefined || (argument.kind !== "text" && argument.kind !== "word")) {
    return undefined;
  }
  if (parameter.name === "series") {
    return `The first argument of ${name}() must be a series, such as avg:system.load.1{*}.`;
  }
  const { oneOf } = parameter;
  if (oneOf === undefined || accepts(oneOf, argument.value) || (parameter.percentile && isPercentile(argument.value))) {
    return undefined;
  }
  return `The ${parameter.name} of ${name}() must be ${orList(oneOf)}.${didYouMean(argument.value, oneOf)}`;
}

function namedProblem(
  name: string,
  rule: FunctionRule,
  argument: Extract<FunctionArgument, { readonly kind: "named" }>,
): string | undefined {
  const known = rule.named ?? new Map<string, readonly string[]>();
  const oneOf = known.get(argument.name);
  if (oneOf === undefined) {
    return `${name}() takes no argument named ${argument.name}.${didYouMean(argument.name, known.keys())}`;
  }
  if (oneOf.length === 0 || argument.value.kind === "number" || accepts(oneOf, argument.value.value)) {
    return undefined;
  }
  return `${argument.name} of ${name}() must be ${orList(oneOf)}.${didYouMean(argument.value.value, oneOf)}`;
}

const accepts = (oneOf: readonly string[], value: string) =>
  oneOf.some((each) => each.toLowerCase() === value.toLowerCase());

/** Whether an argument is an expression rather than a word, a text or a named one. */
export const isExpression = (argument: FunctionArgument): argument is MetricExpression =>
  argument.kind !== "text" && argument.kind !== "word" && argument.kind !== "named";

/** Names of the functions in an expression, modifiers too, in order of appearance from the outside in. */
export function functionsIn(expression: MetricExpression): readonly string[] {
  switch (expression.kind) {
    case "query":
    case "number":
      return [];
    case "negate":
      return functionsIn(expression.operand);
    case "arithmetic":
      return [...functionsIn(expression.left), ...functionsIn(expression.right)];
    case "modifier":
      return [expression.name, ...functionsIn(expression.operand)];
    case "call":
      return [expression.name, ...expression.args.flatMap((each) => (isExpression(each) ? functionsIn(each) : []))];
  }
}
