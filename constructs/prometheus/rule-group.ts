/** An alerting rule, with the keys of a Prometheus rule file. Source: Prometheus, Alerting rules and Recording rules, "<rule>". */
export interface PrometheusRule {
  readonly alert: string;
  readonly expr: string;
  /** Absent: fires at once. */
  readonly for?: string;
  /** Absent: resolves as soon as its condition ends. */
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: {
    readonly summary: string;
    readonly description?: string;
    readonly runbook_url: string;
    readonly dashboard_url: string;
  };
}

/** A rule that records a series. Source: Prometheus, Recording rules, "<rule>". */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An alert that a weekly summary is made of. Nobody is called by it: it has texts of its own, and neither runbook nor dashboard. */
export interface SummaryRule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The rules of a weekly summary. */
export interface SummaryRuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (SummaryRule | RecordingRule)[];
}

/** Rules that are evaluated together, one after the other. Source: Prometheus, Recording rules, "<rule_group>". */
export interface PrometheusRuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (PrometheusRule | RecordingRule)[];
}
