import type { ArithmeticOperator, FunctionArgument, MetricExpression, SpaceAggregator } from "./metric-expression";
import type { Scope } from "./metric-scope";
import { quoted } from "./quoted";

/**
 * The canonical text of an expression over metrics, which `parseDatadogMetricExpression` reads back as the same tree:
 * commas and `!` in scopes that can do with them, no superfluous parentheses, single quotes. Names are written as they are;
 * `checkDatadogNames` tells whether Datadog accepts them.
 */
export function printDatadogMetricExpression(expression: MetricExpression): string {
  switch (expression.kind) {
    case "query": {
      const by = expression.groupBy.length === 0 ? "" : ` by {${expression.groupBy.join(",")}}`;
      return `${printAggregator(expression.aggregator)}:${expression.metric}{${printScope(expression.scope)}}${by}`;
    }
    case "number":
      return expression.text;
    case "negate":
      return `-${printOperand(expression.operand)}`;
    case "arithmetic": {
      const { operator } = expression;
      const left = printSide(expression.left, (inner) => strength(inner) < strength(operator));
      const right = printSide(expression.right, (inner) => strength(inner) <= strength(operator));
      return `${left} ${operator} ${right}`;
    }
    case "call":
      return `${expression.name}(${printArguments(expression.args)})`;
    case "modifier":
      return `${printOperand(expression.operand)}.${expression.name}(${printArguments(expression.args)})`;
  }
}

const strength = (operator: ArithmeticOperator) => (operator === "*" || operator === "/" ? 2 : 1);

function printSide(side: MetricExpression, needsParentheses: (operator: ArithmeticOperator) => boolean): string {
  const text = printDatadogMetricExpression(side);
  return side.kind === "arithmetic" && needsParentheses(side.operator) ? `(${text})` : text;
}

/** What a minus or a modifier belongs to: anything but a query, a call or a modifier needs parentheses. */
function printOperand(operand: MetricExpression): string {
  const text = printDatadogMetricExpression(operand);
  return operand.kind === "query" || operand.kind === "call" || operand.kind === "modifier" ? text : `(${text})`;
}

function printAggregator(aggregator: SpaceAggregator): string {
  return typeof aggregator === "string" ? aggregator : `count(v: v${aggregator.comparator}${aggregator.value})`;
}

function printArguments(args: readonly FunctionArgument[]): string {
  return args.map(printArgument).join(", ");
}

function printArgument(argument: FunctionArgument): string {
  switch (argument.kind) {
    case "text":
      return quoted(argument.value, "'");
    case "word":
      return argument.value;
    case "named": {
      const { value } = argument;
      const text =
        value.kind === "number" ? value.text : value.kind === "text" ? quoted(value.value, "'") : value.value;
      return `${argument.name}=${text}`;
    }
    default:
      return printDatadogMetricExpression(argument);
  }
}

/** The canonical text between a metric's braces. */
export function printScope(scope: Scope): string {
  const symbols = symbolic(scope);
  return symbols ?? worded(scope);
}

/** With commas and `!`; undefined when the scope needs OR, IN or parentheses. */
function symbolic(scope: Scope): string | undefined {
  if (scope.kind !== "and") {
    return symbolicOne(scope);
  }
  const parts = scope.scopes.map(symbolicOne);
  return parts.includes(undefined) ? undefined : parts.join(",");
}

function symbolicOne(scope: Scope): string | undefined {
  switch (scope.kind) {
    case "everywhere":
    case "tag":
    case "bare-tag":
    case "variable":
      return worded(scope);
    case "not": {
      const inner = scope.scope.kind === "not" ? undefined : symbolicOne(scope.scope);
      return inner === undefined ? undefined : `!${inner}`;
    }
    case "tag-in":
    case "and":
    case "or":
      return undefined;
  }
}

/** With AND, OR, NOT and IN. */
function worded(scope: Scope): string {
  switch (scope.kind) {
    case "everywhere":
      return "*";
    case "tag":
      return `${scope.key}:${scope.value}`;
    case "bare-tag":
      return scope.tag;
    case "variable":
      return `$${scope.name}`;
    case "tag-in":
      return `${scope.key} IN (${scope.values.join(",")})`;
    case "not":
      return scope.scope.kind === "tag-in"
        ? `${scope.scope.key} NOT IN (${scope.scope.values.join(",")})`
        : `NOT ${inParentheses(scope.scope)}`;
    case "and":
      return scope.scopes.map((each) => (each.kind === "or" ? inParentheses(each) : worded(each))).join(" AND ");
    case "or":
      // AND binds tighter, yet the parentheses spare the reader the question.
      return scope.scopes.map((each) => (each.kind === "and" ? inParentheses(each) : worded(each))).join(" OR ");
  }
}

function inParentheses(scope: Scope): string {
  return scope.kind === "and" || scope.kind === "or" ? `(${worded(scope)})` : worded(scope);
}
