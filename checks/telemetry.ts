import type { Catalog } from "../model/catalog";
import { expressionsOf } from "../model/condition";
import type { Panel } from "../model/dashboard";
import { type Expression, selectionsOf, undeclaredLabels } from "../model/expression";
import type { Finding, Where } from "../model/finding";
import { fieldsOf, type LogFilter } from "../model/log-filter";
import { labelsOfMetric, type MetricDefinition } from "../model/metric";
import { alertsOf, contractPanelsOf, indicatorsOf, logFieldsOf, metricsOf, type Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inRule, type Rule } from "./rule";

const unknownMetric = errorRule(
  "telemetry/unknown-metric",
  "A metric that nobody emits is an empty graph and an alert that never fires.",
);
const unknownLabel = errorRule("telemetry/unknown-label", "A label that a metric does not have selects nothing.");
const unknownValue = errorRule("telemetry/unknown-label-value", "A label value that never occurs selects nothing.");
const unknownField = errorRule("telemetry/unknown-log-field", "A field that no event has matches nothing.");
const conflicting = errorRule(
  "telemetry/conflicting-metric",
  "One name with two meanings cannot be read by any query.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [unknownMetric, unknownLabel, unknownValue, unknownField, conflicting];

/** An expression that a service uses, and where. */
interface Use {
  readonly expression: Expression;
  readonly where: Where;
}

/** The expressions that panels draw, each with the panel's key. */
const expressionsDrawn = (
  panels: readonly Panel[],
): readonly { readonly panel: string; readonly expression: Expression }[] =>
  panels.flatMap(({ key, queries }) =>
    queries.flatMap((query) => (query.kind === "expression" ? [{ panel: key, expression: query.expression }] : [])),
  );

const usesOf = (service: Service): readonly Use[] => [
  ...[...indicatorsOf(service)].map(([name, { expression }]) => ({
    expression,
    where: inRule(service, name, "telemetry"),
  })),
  ...alertsOf(service).flatMap(({ name, when }) =>
    expressionsOf(when).map((expression) => ({ expression, where: inRule(service, name, "when") })),
  ),
  ...expressionsDrawn(contractPanelsOf(service)).map(({ panel, expression }) => ({
    expression,
    where: inRule(service, panel, "telemetry"),
  })),
  ...service.dashboards.flatMap(({ key, sections }) =>
    expressionsDrawn(sections.flatMap(({ panels }) => panels)).map(({ panel, expression }) => ({
      expression,
      where: inRule(service, key, `dashboards.${panel}`),
    })),
  ),
];

function filtersOf(expression: Expression): readonly LogFilter[] {
  return expression.kind === "log-count" ? [expression.filter] : [];
}

const textsOf = (matcher: { readonly value?: string; readonly values?: readonly string[] }): readonly string[] =>
  matcher.values ?? (matcher.value === undefined ? [] : [matcher.value]);

function metricProblems({ expression, where }: Use, declared: ReadonlySet<string>): readonly Finding[] {
  return selectionsOf(expression).flatMap(({ metric }) => {
    if (metric.undeclared !== undefined) {
      return [
        finding(
          unknownMetric,
          where,
          `the telemetry has no metric "${metric.name}".${didYouMean(metric.name, metric.undeclared)}`,
          `declare the metric, or use one of ${metric.undeclared.join(", ")}`,
        ),
      ];
    }
    return declared.has(metric.name)
      ? []
      : [
          finding(
            unknownMetric,
            where,
            `the service does not emit ${metric.name}.${didYouMean(metric.name, declared)}`,
            "add the contract that declares the metric to the service's telemetry",
          ),
        ];
  });
}

function labelProblems({ expression, where }: Use): readonly Finding[] {
  const labels = undeclaredLabels(expression).map(({ label, metric }) =>
    finding(
      unknownLabel,
      where,
      `${metric.name} has no label "${label}".${didYouMean(label, labelsOfMetric(metric))}`,
      `use one of ${labelsOfMetric(metric).join(", ")}`,
    ),
  );
  const values = selectionsOf(expression).flatMap(({ metric, where: matchers }) =>
    matchers.flatMap((matcher) => {
      const known = metric.labels[matcher.label];
      if (known?.kind !== "closed") return [];
      const matches = (value: string): boolean =>
        matcher.kind === "starts-with"
          ? known.values.some((candidate) => candidate.startsWith(value))
          : known.values.includes(value);
      return textsOf(matcher)
        .filter((value) => !matches(value))
        .map((value) =>
          finding(
            unknownValue,
            where,
            `the label "${matcher.label}" of ${metric.name} is never "${value}".${didYouMean(value, known.values)}`,
            `use one of ${known.values.join(", ")}`,
          ),
        );
    }),
  );
  return [...labels, ...values];
}

function fieldProblems(filter: LogFilter, where: Where, known: readonly string[]): readonly Finding[] {
  return fieldsOf(filter)
    .filter((field) => !known.includes(field))
    .map((field) =>
      finding(
        unknownField,
        where,
        `the service's logs have no field "${field}".${didYouMean(field, known)}`,
        "declare the field in the log contract, or use one that it has",
      ),
    );
}

/** What two services must agree on when they emit a metric of one name. */
const meaningOf = ({ type, unit, labels }: MetricDefinition): string =>
  JSON.stringify([type, unit, Object.keys(labels).sort()]);

function conflicts(services: readonly Service[]): readonly Finding[] {
  const first = new Map<string, { readonly service: Service; readonly metric: MetricDefinition }>();
  return services.flatMap((service) =>
    metricsOf(service).flatMap((metric) => {
      const other = first.get(metric.name);
      if (other === undefined) first.set(metric.name, { service, metric });
      if (other === undefined || meaningOf(other.metric) === meaningOf(metric)) return [];
      return [
        finding(
          conflicting,
          inRule(service, metric.name, "telemetry"),
          `${metric.name} is declared here with another type, unit or labels than in ${other.service.name}`,
          "declare it once and share the contract, or give one of the two another name",
        ),
      ];
    }),
  );
}

/** Uses of metrics, labels and log fields that nobody emits. */
export function checkTelemetry({ services }: Catalog): readonly Finding[] {
  return [
    ...services.flatMap((service) => {
      const declared = new Set(metricsOf(service).map(({ name }) => name));
      const fields = logFieldsOf(service).map(({ name }) => name);
      return [
        ...usesOf(service).flatMap((use) => [
          ...metricProblems(use, declared),
          ...labelProblems(use),
          ...filtersOf(use.expression).flatMap((filter) => fieldProblems(filter, use.where, fields)),
        ]),
        ...service.logMetrics.flatMap(({ name, filter, by = [] }) => [
          ...fieldProblems(filter, inRule(service, name, "logMetrics"), fields),
          ...by
            .filter((field) => !fields.includes(field))
            .map((field) =>
              finding(
                unknownField,
                inRule(service, name, "logMetrics.by"),
                `the service's logs have no field "${field}".${didYouMean(field, fields)}`,
                "use a field of the log contract",
              ),
            ),
        ]),
      ];
    }),
    ...conflicts(services),
  ];
}
