import type { Condition } from "./condition";
import type { Duration } from "./duration";
import type { Evaluator } from "./environment";
import type { QuantityText } from "./quantity";
import type { EnvironmentName, PerEnvironment } from "./register";
import type { SeverityName } from "./severity";
import type { Suppressions } from "./suppress";
import type { Symptom } from "./symptom";

/**
 * What an alert does while its indicator has no data. `ok`: nothing happened, as with a count of errors. `keep`: it stays as it was.
 * `alert`: silence is itself the failure.
 */
export type NoData = "ok" | "keep" | "alert";

/**
 * What an alert says beyond its condition. `down`: the service itself is gone, so that everything that needs it fails too. An alert that
 * it is slow, or that nobody can see it, is none of these.
 */
export const meanings = ["down"] as const;
export type Meaning = (typeof meanings)[number];

/** What a user writes of an alert. */
export interface AlertOptions {
  /** A typed condition, or one in words over the service's indicators: `"p95_latency > 1000ms"`. */
  readonly when: Condition | string;
  /** How long the condition must hold before anybody is told; it may differ by environment. */
  readonly for: PerEnvironment<Duration>;
  /** How long it goes on firing after its condition has ended, so that it does not flap. Default: not at all. */
  readonly keepFiringFor?: Duration;
  /** In production; elsewhere it is at most SEV-3, whatever a table of environments says. */
  readonly severity: PerEnvironment<SeverityName>;
  /** One line that says what users suffer. `{value}` and `{<label>}` are filled in when it fires. */
  readonly summary: string;
  /** What is known beyond the summary, with the same placeholders. */
  readonly description?: string;
  /** The page that says what to do: its URL, or its name below the catalog's `runbooks`. */
  readonly runbook: string;
  /** Thresholds by environment, of a condition in words. Default: the one in the words. */
  readonly thresholds?: PerEnvironment<QuantityText>;
  /** The value at which it recovers. Default: a tenth of the threshold back from it, so that it does not flap. */
  readonly recovery?: QuantityText;
  /** Default: `ok`. */
  readonly noData?: NoData;
  /** Who evaluates it. Default: the environment's evaluator. */
  readonly evaluator?: Evaluator;
  /** Checks of its PromQL that it is let off, each with the reason: `{ "promql/fragile-topk": "the three worst are enough" }`. */
  readonly suppress?: Suppressions;
  /** Where it exists. Default: in every environment. */
  readonly environments?: readonly EnvironmentName[];
  /** What is wrong, in one word: a page of the same symptom silences it. Default: none, so that nothing does. */
  readonly symptom?: Symptom;
  /** `down` silences what it explains at the services that depend on this one. Default: nothing. */
  readonly means?: Meaning;
}

/** An alert rule: backend-neutral, of no service yet. */
export interface Alert extends Omit<AlertOptions, "when"> {
  readonly name: string;
  readonly when: Condition;
  /** The objective whose error budget it guards; absent for every other alert. */
  readonly objective?: string;
}

/** Declares an alert. `name` is in CamelCase, as Prometheus' own are, and is the same in every backend. */
export function alert(name: string, { when, thresholds, ...options }: AlertOptions): Alert {
  const condition: Condition =
    typeof when === "string"
      ? { kind: "spoken", text: when, ...(thresholds === undefined ? {} : { thresholds }) }
      : when;
  // Last, so that options spread from another alert do not bring its name along.
  return { ...options, name, when: condition };
}

/** A written reason for a service that has no alerts. */
export interface Unmonitored {
  readonly unmonitored: string;
}

/** Opts a service out of alerts; the reason stays in the catalog. */
export const unmonitored = (reason: string): Unmonitored => ({ unmonitored: reason });
