import type { PromqlContract, PromqlSeries } from "../languages/promql/contract";
import { labelsOfMetric, seriesNames } from "../model/metric";
import { metricsOf, type Service } from "../model/service";

/** The series that a service's metrics have in Prometheus, with every label that each can have. */
export function promqlContract(service: Service): PromqlContract {
  const series = new Map<string, PromqlSeries>();
  for (const metric of metricsOf(service)) {
    const labels = labelsOfMetric(metric);
    for (const name of seriesNames(metric)) {
      series.set(name, { type: metric.type, labels: new Set(name.endsWith("_bucket") ? [...labels, "le"] : labels) });
    }
  }
  return series;
}
