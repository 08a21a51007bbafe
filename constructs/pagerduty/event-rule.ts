import type { SeverityDefinition } from "../../model/severity";

/** Severity of a PagerDuty event (PD-CEF). */
export type EventSeverity = SeverityDefinition["word"];

/** Writes what an RE2 expression's one group finds in a field into another. */
export interface Extraction {
  readonly target: string;
  readonly source: string;
  readonly regex: string;
}

/** A rule before routing, for events that meet any of its conditions. */
export interface EventRule {
  readonly label: string;
  /** Conditions in PCL, of which one suffices. */
  readonly conditions: readonly string[];
  /** The severity that the events have then, whatever their sender says. Absent: their own. */
  readonly severity?: EventSeverity;
  /** What the events do then. Absent: what their sender says. */
  readonly eventAction?: "resolve";
  readonly extractions?: readonly Extraction[];
}
