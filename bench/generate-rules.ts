/** Expressions as the field writes them, of one job each. */
const expressions: readonly ((job: string) => string)[] = [
  (job) =>
    `sum by (job, instance) (rate(http_requests_total{job="${job}",code=~"5.."}[5m])) / sum by (job, instance) (rate(http_requests_total{job="${job}"}[5m])) > 0.05`,
  (job) =>
    `histogram_quantile(0.99, sum by (job, instance, le) (rate(http_request_duration_seconds_bucket{job="${job}"}[5m]))) > 2`,
  (job) => `up{job="${job}"} == 0`,
  (job) =>
    `(node_filesystem_avail_bytes{job="${job}",fstype!=""} / node_filesystem_size_bytes{job="${job}",fstype!=""} * 100 < 15 and predict_linear(node_filesystem_avail_bytes{job="${job}",fstype!=""}[6h], 24*60*60) < 0 and node_filesystem_readonly{job="${job}",fstype!=""} == 0)`,
  (job) => `max_over_time(queue_depth{job="${job}"}[10m]) > 1000`,
];

function ruleText(index: number): string {
  const expression = expressions[index % expressions.length]?.(`service-${index}`) ?? "";
  return `      - alert: Alert${index}
        expr: |-
          ${expression}
        for: 10m
        labels:
          severity: warning
          team: backend
        annotations:
          summary: Something of {{ $labels.instance }} is at {{ $value | humanize }}
          description: "Instance {{ $labels.instance }} of job {{ $labels.job }} of service ${index} is not well."
          runbook_url: https://runbooks.example.com/alert-${index}
`;
}

/** A rule file of groups of a hundred alerts, every one different and right: `rules` of them, numbered from `first`. */
export function generatedRuleFile(rules: number, first = 0): string {
  const groups = Array.from({ length: Math.ceil(rules / 100) }, (_, group) => {
    const size = Math.min(100, rules - group * 100);
    const alerts = Array.from({ length: size }, (_rule, index) => ruleText(first + group * 100 + index));
    return `  - name: group-${first / 100 + group}\n    interval: 30s\n    rules:\n${alerts.join("")}`;
  });
  return `groups:\n${groups.join("")}`;
}
