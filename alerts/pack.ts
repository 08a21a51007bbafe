import { type Alert, type AlertOptions, alert } from "../model/alert";
import type { Comparison } from "../model/comparison";
import type { Dimension, QuantityText } from "../model/quantity";
import type { PerEnvironment } from "../model/register";
import { runbook } from "./runbook";

interface RowOf<D extends Dimension>
  extends Pick<AlertOptions, "for" | "severity" | "summary" | "noData" | "evaluator" | "symptom" | "means"> {
  /** The alert's name; its runbook is named after it. */
  readonly alert: string;
  /** The indicator of the service that it watches. */
  readonly indicator: string;
  /** What the indicator measures, so that a threshold of another kind does not compile. */
  readonly dimension: D;
  readonly comparison: Comparison;
  readonly threshold: QuantityText<D>;
  /** Default: a tenth of the threshold back from it. */
  readonly recovery?: QuantityText<D>;
  /** Why these numbers, in a sentence; whoever is called reads it as the alert's description. */
  readonly why: string;
}

/** One alert of a pack, over whatever service has its indicator. */
export type Row = { readonly [D in Dimension]: RowOf<D> }[Dimension];

/** What a service may say of a row in its own way. Default of each: the row's. */
export interface RowOptions<D extends Dimension = Dimension>
  extends Pick<AlertOptions, "evaluator" | "environments" | "noData" | "symptom"> {
  /** Another name, where the service has an alert of the row's name already; the runbook follows it. */
  readonly name?: string;
  readonly threshold?: PerEnvironment<QuantityText<D>>;
  readonly recovery?: QuantityText<D>;
  readonly for?: AlertOptions["for"];
  readonly severity?: AlertOptions["severity"];
  readonly summary?: string;
  readonly why?: string;
}

/** Options by row; `"off"` leaves the row's alert out. */
export type PackOptions<Rows extends Readonly<Record<string, Row>>> = {
  readonly [Key in keyof Rows]?: RowOptions<Rows[Key]["dimension"]> | "off";
};

function alertOf(row: Row, options: RowOptions = {}): Alert {
  const { alert: named, indicator, comparison, dimension, ...defaults } = row;
  const { name, threshold, recovery, why, ...rest } = { name: named, ...defaults, ...options };
  const words = typeof threshold === "object" ? threshold.default : threshold;
  return alert(name, {
    ...rest,
    when: `${indicator} ${comparison} ${words}`,
    ...(typeof threshold === "object" ? { thresholds: threshold } : {}),
    ...(recovery === undefined ? {} : { recovery }),
    description: why,
    runbook: runbook(name),
  });
}

/** A pack: every alert of the table, but for those that are turned off, in the table's order. */
export const pack =
  <const Rows extends Readonly<Record<string, Row>>>(rows: Rows) =>
  (options: PackOptions<Rows> = {}): readonly Alert[] => {
    const given = new Map<string, RowOptions | "off" | undefined>(Object.entries(options));
    return Object.entries(rows).flatMap(([key, row]) => {
      const own = given.get(key);
      return own === "off" ? [] : [alertOf(row, own)];
    });
  };

/** One alert of a table, for a service that has the indicator of that row alone. */
export const only =
  <const R extends Row>(row: R) =>
  (options: RowOptions<R["dimension"]> = {}): Alert =>
    alertOf(row, options);
