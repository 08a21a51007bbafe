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

/** Rules that are evaluated together, one after the other. Source: Prometheus, Recording rules, "<rule_group>". */
export interface PrometheusRuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (PrometheusRule | RecordingRule)[];
}
