import { type Cursor, report } from "./cursor";
import { functionsIn, isExpression, type Span } from "./function-check";
import { DATADOG_FUNCTIONS } from "./functions";
import { isPercentile, type MetricExpression, type MetricQuery } from "./metric-expression";
import type { Scope } from "./metric-scope";
import type { FramedWindow } from "./window";

/** What the head of a metric monitor says, and where. */
export interface Evaluation {
  readonly aggregate: string;
  readonly aggregateAt: Span;
  readonly framed: FramedWindow;
  readonly windowAt: Span;
}

/** What a metric monitor measures. */
interface Measured extends Span {
  readonly expression: MetricExpression;
  /** Whether nothing in it has been reported. */
  readonly readable: boolean;
}

/** Reports what is well-formed and yet no monitor: functions and variables of dashboards, windows that do not fit. */
export function reportMisuse(cursor: Cursor, evaluation: Evaluation | undefined, measured: Measured): void {
  const functions = functionsIn(measured.expression);
  for (const name of new Set(functions)) {
    const reason = DATADOG_FUNCTIONS.get(name)?.notInMonitors;
    if (reason !== undefined) {
      const offset = cursor.text.indexOf(name, measured.offset);
      report(cursor, `A monitor must not use ${name}(): ${reason}.`, offset, name.length);
    }
  }
  const queries = queriesIn(measured.expression);
  for (const variable of new Set(queries.flatMap(variablesIn))) {
    const offset = cursor.text.indexOf(variable, measured.offset);
    report(cursor, `${variable} is a dashboard's variable; a monitor has none.`, offset, variable.length);
  }
  if (queries.length === 0 && measured.readable) {
    report(cursor, "A monitor must read a metric.", measured.offset, measured.length);
  }
  if (evaluation !== undefined && measured.readable) {
    reportMismatch(cursor, evaluation, queries, functions);
  }
}

function reportMismatch(
  cursor: Cursor,
  { aggregate, aggregateAt, framed, windowAt }: Evaluation,
  queries: readonly MetricQuery[],
  functions: readonly string[],
): void {
  const percentile = queries.some(({ aggregator }) => typeof aggregator === "string" && isPercentile(aggregator));
  if (aggregate === "percentile" && !percentile) {
    const message = "percentile() is for a distribution queried by a percentile, such as p95:…; none is here.";
    report(cursor, message, aggregateAt.offset, aggregateAt.length);
  }
  if (framed.frame === "next" && !functions.includes("forecast")) {
    report(cursor, "Only forecast() looks ahead: use a last_ window.", windowAt.offset, windowAt.length);
  }
}

/** The metric queries of an expression, in order of appearance. */
export function queriesIn(expression: MetricExpression): readonly MetricQuery[] {
  switch (expression.kind) {
    case "query":
      return [expression];
    case "number":
      return [];
    case "negate":
      return queriesIn(expression.operand);
    case "arithmetic":
      return [...queriesIn(expression.left), ...queriesIn(expression.right)];
    case "modifier":
      return queriesIn(expression.operand);
    case "call":
      return expression.args.flatMap((each) => (isExpression(each) ? queriesIn(each) : []));
  }
}

function variablesIn(query: MetricQuery): readonly string[] {
  return [...scopeVariables(query.scope), ...query.groupBy.filter((key) => key.startsWith("$"))];
}

function scopeVariables(scope: Scope): readonly string[] {
  switch (scope.kind) {
    case "everywhere":
      return [];
    case "variable":
      return [`$${scope.name}`];
    case "tag":
      return scope.value.startsWith("$") ? [scope.value] : [];
    case "bare-tag":
      return scope.tag.startsWith("$") ? [scope.tag] : [];
    case "tag-in":
      return scope.values.filter((value) => value.startsWith("$"));
    case "not":
      return scopeVariables(scope.scope);
    case "and":
    case "or":
      return scope.scopes.flatMap(scopeVariables);
  }
}
