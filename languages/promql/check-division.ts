import { type PromqlProblem, problem } from "./problem";
import { type BinaryExpr, everyExpr, isComparisonOperator, type PromqlExpr, type PromqlQuery } from "./query";

/** Functions of what may come to a standstill, and then are 0. */
const MAY_STOP: ReadonlySet<string> = new Set([
  "changes",
  "delta",
  "deriv",
  "idelta",
  "increase",
  "irate",
  "rate",
  "resets",
]);

/** What surrounds a division on its way out. */
interface Around {
  /** Series of which something is asked to be above something, by `and`. */
  readonly guarded: ReadonlySet<string>;
  /** Whether the result is only asked to be above a number, which not-a-number never is. */
  readonly above: boolean;
}

/**
 * Ratios whose denominator can be 0: 0/0 is not a number, which no threshold catches and which spoils every average of it, and
 * anything else divided by 0 is infinite. Left out: a denominator that is filtered (`> 0`), clamped or never stops, one that an
 * `and` asks to be above something, and a part over its own whole that must only be above a threshold, since without
 * traffic there is nothing to tell. Source: Prometheus, operators, "Arithmetic binary operators"; IEEE 754, 7.2 and 7.3.
 */
export const checkDivision = ({ text, expr }: PromqlQuery): readonly PromqlProblem[] =>
  text.includes("/") ? divisionsIn(expr, { guarded: new Set(), above: false }) : [];

function divisionsIn(expr: PromqlExpr, around: Around): readonly PromqlProblem[] {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
      return [];
    case "subquery":
      return divisionsIn(expr.of, { ...around, above: false });
    case "unary":
      return divisionsIn(expr.of, { ...around, above: false });
    case "aggregate":
      return divisionsIn(expr.of, around);
    case "call":
      return expr.args.flatMap((argument) => divisionsIn(argument, around));
    case "binary":
      return ofBinary(expr, around);
  }
}

function ofBinary(expr: BinaryExpr, around: Around): readonly PromqlProblem[] {
  const { op, left, right } = expr;
  if (op === "and") {
    const guarded = new Set([...around.guarded, ...metricsAbove(right)]);
    return [...divisionsIn(left, { ...around, guarded }), ...divisionsIn(right, around)];
  }
  if (isComparisonOperator(op)) {
    const leftAbove = op === ">" || op === ">=";
    const rightAbove = op === "<" || op === "<=";
    return [
      ...divisionsIn(left, { ...around, above: leftAbove && right.type === "scalar" }),
      ...divisionsIn(right, { ...around, above: rightAbove && left.type === "scalar" }),
    ];
  }
  // A number taken from a share, or a share from a number, turns above into below.
  const turned = op === "-" || op === "/" || op === "%" || op === "unless";
  const inner = turned && left.type === "scalar" ? { ...around, above: false } : around;
  return [...checkRatio(expr, inner), ...divisionsIn(left, inner), ...divisionsIn(right, inner)];
}

function checkRatio({ op, left, right }: BinaryExpr, { guarded, above }: Around): readonly PromqlProblem[] {
  if (op !== "/" || !canBeZero(right)) return [];
  const whole = metricsIn(right);
  if (whole.some((metric) => guarded.has(metric))) return [];
  const parts = metricsIn(left);
  if (above && parts.length > 0 && parts.every((part) => whole.some((metric) => isPartOf(part, metric)))) return [];
  return [
    problem(
      "division-by-zero",
      right,
      right.kind === "number"
        ? "This divides by 0."
        : "This can be 0, and then the ratio is not a number or infinite; ask for some of it, as in … / (… > 0).",
    ),
  ];
}

/** Whether it may well be 0: it is, it stops, or it is a difference. Levels, sizes and counts of series are taken not to be. */
function canBeZero(expr: PromqlExpr): boolean {
  switch (expr.kind) {
    case "number":
      return expr.value === 0;
    case "string":
    case "selector":
    case "subquery":
      return false;
    case "unary":
      return canBeZero(expr.of);
    case "aggregate":
      return expr.op !== "count" && expr.op !== "group" && expr.op !== "count_values" && canBeZero(expr.of);
    case "call":
      if (MAY_STOP.has(expr.name)) return true;
      if (/^clamp|^absent|^present|^count_|^vector$/.test(expr.name)) return false;
      return expr.args.some(canBeZero);
    case "binary":
      return isZeroBinary(expr);
  }
}

function isZeroBinary({ op, bool, left, right }: BinaryExpr): boolean {
  switch (op) {
    case "+":
      // A number added keeps it off 0.
      return left.type !== "scalar" && right.type !== "scalar" && canBeZero(left) && canBeZero(right);
    case "-":
      return left.type !== "scalar" && right.type !== "scalar" && canBeZero(left) && canBeZero(right);
    case "*":
    case "or":
      return canBeZero(left) || canBeZero(right);
    case "/":
    case "and":
    case "unless":
      return canBeZero(left);
    default:
      return bool;
  }
}

const metricsIn = (expr: PromqlExpr): readonly string[] => [
  ...new Set(everyExpr(expr).flatMap((node) => (node.kind === "selector" ? [baseOf(node.selector.metric ?? "")] : []))),
];

/** Whether one metric counts some of what the other counts: it is the same, or is named so, as `sent_failed_total` and `sent_total` are. */
const isPartOf = (part: string, whole: string): boolean =>
  part === whole || part.startsWith(whole.replace(/(?:_total)?$/, "_"));

/** The parts of one histogram are of one metric. */
const baseOf = (metric: string): string => metric.replace(/_(?:bucket|count|sum)$/, "");

/** The metrics that an expression asks to be above something. */
function metricsAbove(expr: PromqlExpr): readonly string[] {
  return everyExpr(expr).flatMap((node) => {
    if (node.kind !== "binary") return [];
    if (node.op === ">" || node.op === ">=" || node.op === "!=") return metricsIn(node.left);
    return node.op === "<" || node.op === "<=" ? metricsIn(node.right) : [];
  });
}
