/** How bad it is for users; the one scale of the estate. */
export type Severity = "SEV-1" | "SEV-2" | "SEV-3" | "SEV-4";

/** Other scales' words for the same, so that people may write the one they know. */
export type SeverityWord =
  | "critical"
  | "error"
  | "high"
  | "warning"
  | "medium"
  | "info"
  | "low"
  | "P1"
  | "P2"
  | "P3"
  | "P4";

/** What a severity may be written as in the catalog. */
export type SeverityName = Severity | SeverityWord;

/** Whether PagerDuty wakes somebody (`high`) or waits for working hours (`low`). */
export type Urgency = "high" | "low";

export interface SeverityDefinition {
  readonly meaning: string;
  /** When somebody starts working on it. */
  readonly response: string;
  /** The `severity` label in Prometheus and the `severity` of a PagerDuty event (PD-CEF); both use these four words. */
  readonly word: "critical" | "error" | "warning" | "info";
  /** Of the PagerDuty incident; undefined where PagerDuty is never told. */
  readonly urgency?: Urgency;
  /** Datadog monitor priority, 1 (highest) to 5. */
  readonly datadogPriority: 1 | 2 | 3 | 4;
}

export const severities: Readonly<Record<Severity, SeverityDefinition>> = {
  "SEV-1": {
    meaning: "down, data loss, breach",
    response: "immediate",
    word: "critical",
    urgency: "high",
    datadogPriority: 1,
  },
  "SEV-2": { meaning: "major degradation", response: "30 minutes", word: "error", urgency: "high", datadogPriority: 2 },
  "SEV-3": {
    meaning: "minor, some users",
    response: "next business day",
    word: "warning",
    urgency: "low",
    datadogPriority: 3,
  },
  "SEV-4": { meaning: "minor, one user", response: "backlog", word: "info", datadogPriority: 4 },
};

const names: Readonly<Record<SeverityName, Severity>> = {
  "SEV-1": "SEV-1",
  "SEV-2": "SEV-2",
  "SEV-3": "SEV-3",
  "SEV-4": "SEV-4",
  critical: "SEV-1",
  P1: "SEV-1",
  error: "SEV-2",
  high: "SEV-2",
  P2: "SEV-2",
  warning: "SEV-3",
  medium: "SEV-3",
  P3: "SEV-3",
  info: "SEV-4",
  low: "SEV-4",
  P4: "SEV-4",
};

/** Every word that a severity may be written as. */
export const severityNames: readonly string[] = Object.keys(names);

export const isSeverityName = (name: string): name is SeverityName => Object.hasOwn(names, name);

/** The severity that a word stands for. */
export const severityOf = (name: SeverityName): Severity => names[name];

/** Only production pages: elsewhere an alert is at most SEV-3, whatever was asked for. */
export function severityIn(production: boolean, severity: Severity): Severity {
  return production || severity === "SEV-4" ? severity : severity === "SEV-3" ? severity : "SEV-3";
}
