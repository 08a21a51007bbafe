import { type Alert, type AlertOptions, alert } from "../model/alert";
import type { Comparison } from "../model/comparison";
import { type AnomalyDirection, promql } from "../model/condition";
import type { Duration } from "../model/duration";
import type { Dimension, QuantityText } from "../model/quantity";
import type { PerEnvironment } from "../model/register";
import type { SeverityName } from "../model/severity";
import { runbook } from "./runbook";

/** What every row says, whatever its condition is. */
interface RowBase
  extends Pick<AlertOptions, "keepFiringFor" | "summary" | "noData" | "evaluator" | "symptom" | "means"> {
  /** The alert's name; its runbook is named after it. */
  readonly alert: string;
  /** How long the condition must hold before anybody is told. */
  readonly for: Duration;
  readonly severity: SeverityName;
  /** Why these numbers, in a sentence; whoever is called reads it as the alert's description. */
  readonly why: string;
  /**
   * A condition in words that must be true as well, such as `request_rate > 0.1 per second`: one failure among two requests is half
   * of all, and nothing to be told of. Default: none.
   */
  readonly guard?: string;
}

/** The fields that say of which kind a row is; a row has those of its own kind and no others. */
type Without<Fields extends string> = { readonly [Field in Fields]?: undefined };

interface ThresholdRow<D extends Dimension>
  extends RowBase,
    Without<"outside" | "deviates" | "deviations" | "baseline" | "absent" | "promql"> {
  /** The indicator of the service that it watches. */
  readonly indicator: string;
  /** What the indicator measures, so that a threshold of another kind does not compile. */
  readonly dimension: D;
  readonly comparison: Comparison;
  readonly threshold: QuantityText<D>;
  /** Default: a tenth of the threshold back from it. */
  readonly recovery?: QuantityText<D>;
}

interface RangeRow<D extends Dimension>
  extends RowBase,
    Without<"comparison" | "threshold" | "recovery" | "deviates" | "deviations" | "baseline" | "absent" | "promql"> {
  readonly indicator: string;
  readonly dimension: D;
  /** The lower end and the upper end of what is right. */
  readonly outside: readonly [low: QuantityText<D>, high: QuantityText<D>];
}

interface AnomalyRow
  extends RowBase,
    Without<"dimension" | "comparison" | "threshold" | "recovery" | "outside" | "absent" | "promql"> {
  readonly indicator: string;
  /** On which side of what is usual it is wrong. */
  readonly deviates: AnomalyDirection;
  /** Standard deviations from the mean of the baseline. */
  readonly deviations: number;
  /** The time that is looked back over for what is usual. Default: a week. */
  readonly baseline?: Duration;
}

interface AbsenceRow
  extends RowBase,
    Without<"indicator" | "dimension" | "comparison" | "threshold" | "recovery" | "outside" | "promql">,
    Without<"deviates" | "deviations" | "baseline"> {
  /** The indicator whose metric nobody emits any more. */
  readonly absent: string;
}

/** The escape hatch, for what no indicator can say: Prometheus alone evaluates it. */
interface PromqlRow
  extends Omit<RowBase, "guard" | "evaluator">,
    Without<"guard" | "indicator" | "dimension" | "recovery" | "outside" | "absent">,
    Without<"deviates" | "deviations" | "baseline"> {
  /** The left side of the comparison; `{service}` and `{environment}` are filled in. */
  readonly promql: string;
  readonly comparison: Comparison | "==";
  readonly threshold: number;
  readonly evaluator: "prometheus";
}

type OfEveryDimension = { readonly [D in Dimension]: ThresholdRow<D> | RangeRow<D> }[Dimension];

/** One alert of a pack, over whatever service has its indicator. */
export type Row = OfEveryDimension | AnomalyRow | AbsenceRow | PromqlRow;

/** A table of rows by the key that options call them by. */
export type Rows = Readonly<Record<string, Row>>;

/** What a service may say of any row in its own way. Default of each: the row's. */
interface CommonOptions
  extends Pick<AlertOptions, "evaluator" | "environments" | "noData" | "keepFiringFor" | "symptom"> {
  /** Another name, where the service has an alert of the row's name already; the runbook follows it. */
  readonly name?: string;
  readonly for?: AlertOptions["for"];
  readonly severity?: AlertOptions["severity"];
  readonly summary?: string;
  readonly why?: string;
  /** `"off"` leaves the row's guard out. */
  readonly guard?: string;
}

/** The numbers that a row of this kind has. */
type NumberOptions<R> = R extends { readonly promql: string }
  ? { readonly threshold?: number }
  : R extends { readonly dimension: infer D extends Dimension; readonly threshold: unknown }
    ? { readonly threshold?: PerEnvironment<QuantityText<D>>; readonly recovery?: QuantityText<D> }
    : R extends { readonly dimension: infer D extends Dimension; readonly outside: unknown }
      ? { readonly outside?: readonly [low: QuantityText<D>, high: QuantityText<D>] }
      : R extends { readonly deviations: number }
        ? { readonly deviations?: number; readonly baseline?: Duration }
        : unknown;

/** What a service may say of a row in its own way. Default of each: the row's. */
export type RowOptions<R extends Row> = CommonOptions & NumberOptions<R>;

/** Options by row; `"off"` leaves the row's alert out. */
export type PackOptions<Table extends Rows> = { readonly [Key in keyof Table]?: RowOptions<Table[Key]> | "off" };

/** The options of a row of any kind. */
interface AnyOptions extends CommonOptions {
  readonly threshold?: PerEnvironment<QuantityText>;
  readonly recovery?: QuantityText;
  readonly outside?: readonly [QuantityText, QuantityText];
  readonly deviations?: number;
  readonly baseline?: Duration;
}

/** Options but for the numbers and the guard, which are part of the condition. */
const withoutNumbers = ({ threshold, recovery, outside, deviations, baseline, guard, ...rest }: AnyOptions) => rest;

const withoutTable = (threshold: PerEnvironment<QuantityText>): QuantityText =>
  typeof threshold === "object" ? threshold.default : threshold;

/** A row's own condition in words, without its guard; a PromQL row's in PromQL. */
function plainWords(row: Row, options: AnyOptions): string {
  if (row.absent !== undefined) return `${row.absent} absent`;
  if (row.outside !== undefined) {
    const [low, high] = options.outside ?? row.outside;
    return `${row.indicator} outside ${low}..${high}`;
  }
  if (row.deviates !== undefined) {
    const side = row.deviates === "either" ? "" : ` ${row.deviates}`;
    const baseline = options.baseline ?? row.baseline;
    const from = baseline === undefined ? "" : ` from ${baseline}`;
    return `${row.indicator} deviates${side} by ${options.deviations ?? row.deviations} sigma${from}`;
  }
  return `${row.promql ?? row.indicator} ${row.comparison} ${withoutTable(options.threshold ?? row.threshold)}`;
}

/** A row's condition as people say it, with its guard; a PromQL row's in PromQL. */
export function wordsOf(row: Row, options: AnyOptions = {}): string {
  const guard = options.guard ?? row.guard ?? "off";
  if (guard === "off") return plainWords(row, options);
  return `${plainWords(row, options)} and ${/\bor\b/.test(guard) ? `(${guard})` : guard}`;
}

function alertOf(row: Row, options: AnyOptions = {}): Alert {
  const { alert: named, indicator, dimension, comparison, outside, absent, promql: query, ...fields } = row;
  const { deviates, deviations, baseline, guard, threshold, recovery, why, name, ...rest } = {
    name: named,
    ...fields,
    ...withoutNumbers(options),
  };
  const words = wordsOf(row, options);
  const back = options.recovery ?? recovery;
  return alert(name, {
    ...rest,
    when: query === undefined ? words : promql(words),
    ...(typeof options.threshold === "object" ? { thresholds: options.threshold } : {}),
    ...(back === undefined ? {} : { recovery: back }),
    description: why,
    runbook: runbook(name),
  });
}

/** A pack: every alert of the table, but for those that are turned off, in the table's order. */
export const pack =
  <const Table extends Rows>(rows: Table) =>
  (options: PackOptions<Table> = {}): readonly Alert[] => {
    const given = new Map<string, AnyOptions | "off" | undefined>(Object.entries(options));
    return Object.entries(rows).flatMap(([key, row]) => {
      const own = given.get(key);
      return own === "off" ? [] : [alertOf(row, own)];
    });
  };

/** One alert of a table, for a service that has the indicator of that row alone. */
export const only =
  <const R extends Row>(row: R) =>
  (options?: RowOptions<R>): Alert =>
    alertOf(row, options);
