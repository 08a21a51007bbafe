import { labelsOfMetric, type MetricDefinition, seriesNames } from "../../model/metric";

/** Source: Prometheus, Configuration, "<relabel_config>". */
export interface Relabelling {
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: "keep" | "drop" | "labeldrop";
}

/** The one value of a label. */
export const setLabel = (label: string, replacement: string): Relabelling => ({ target_label: label, replacement });

/** A label from another, whatever its value. */
export const copyLabel = (from: string, to: string): Relabelling => ({ source_labels: [from], target_label: to });

/** A metric under another name. */
export const rename = ({ metric, to }: { readonly metric: string; readonly to: string }): Relabelling => ({
  source_labels: ["__name__"],
  regex: metric,
  target_label: "__name__",
  replacement: to,
});

/**
 * Labels that name one user, one request or one moment: each of their values is a series of its own for ever, and the first three a
 * person besides. They belong in logs and traces.
 */
const boundless = [
  "email",
  "user_id",
  "ip",
  "session_id",
  "request_id",
  "correlation_id",
  "trace_id",
  "span_id",
  "order_id",
  "timestamp",
] as const;

/**
 * What is stored of a page: the metrics of the contract, since nothing else is ever read (the checks refuse a query of another), and no
 * sample with a label without bounds that the contract does not have. The sample goes, and not its label alone: without it, the samples of
 * many would be one series with many values.
 */
export function storedOf(metrics: readonly MetricDefinition[]): readonly Relabelling[] {
  const names = metrics.flatMap((metric) => seriesNames(metric));
  const declared = new Set(metrics.flatMap(labelsOfMetric));
  const undeclared = boundless.filter((label) => !declared.has(label));
  return [
    { source_labels: ["__name__"], regex: names.join("|"), action: "keep" },
    // Values are joined by `;`: any other character is of a label that is there.
    { source_labels: undeclared, regex: ".*[^;].*", action: "drop" },
  ];
}

/**
 * Of the containers of a host those of one service, under its job, without the labels of Docker's that every sample has by the dozen. The
 * target keeps a job of its own: a cAdvisor that does not answer is no instance of the service that is down.
 * Source: Amazon ECS, "Docker labels" (`com.amazonaws.ecs.container-name`); cAdvisor, `container_label_`.
 */
export const containersOf = (service: string): readonly Relabelling[] => [
  { source_labels: ["container_label_com_amazonaws_ecs_container_name"], regex: service, action: "keep" },
  setLabel("job", service),
  { regex: "container_label_.*|id|image", action: "labeldrop" },
];

/**
 * Of what was pushed to a Pushgateway that which a service's own jobs pushed. The target keeps a job of its own here too.
 * Source: Pushgateway, README, "About the job and instance labels".
 */
export const pushedBy = (service: string): readonly Relabelling[] => [
  { source_labels: ["job"], regex: service, action: "keep" },
];
