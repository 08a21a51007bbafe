import { metricFilter, metricFilterCountProblem } from "../constructs/cloudwatch/metric-filter";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { fieldsOf } from "../model/log-filter";
import { logFieldsOf } from "../model/service";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const inexpressible = errorRule(
  "log-metric/refused",
  "CloudWatch refuses the metric filter in the middle of a deployment.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [inexpressible];

/** Log metrics that CloudWatch cannot count; unknown fields are left to `checkTelemetry`. */
export function checkLogMetrics({ services }: Catalog): readonly Finding[] {
  return services.flatMap((service) => {
    const fields = new Set(logFieldsOf(service).map(({ name }) => name));
    const tooMany = metricFilterCountProblem({ service });
    return [
      ...(tooMany === undefined
        ? []
        : [finding(inexpressible, inService(service, "logMetrics"), tooMany, "remove or join some of them")]),
      ...service.logMetrics.flatMap((metric) => {
        if ([...fieldsOf(metric.filter), ...(metric.by ?? [])].some((field) => !fields.has(field))) return [];
        const rendered = metricFilter(metric, { service });
        return rendered.ok
          ? []
          : [
              finding(
                inexpressible,
                inRule(service, metric.name, "logMetrics"),
                rendered.error,
                "change the filter or its dimensions",
              ),
            ];
      }),
    ];
  });
}
