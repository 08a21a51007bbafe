import { keepsUnit, type StatsdMetric, statsdMetrics } from "../constructs/statsd/exporter-mapping";
import { metricsOn } from "../model/cardinality";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { type Service, scrapesOf } from "../model/service";
import { errorRule, finding, inRule, type Rule } from "./rule";

const collision = errorRule(
  "statsd/collision",
  "Of two metrics of one name the StatsD exporter takes the first, and the other's values are counted there too.",
);
const unit = errorRule(
  "statsd/unit",
  "The StatsD exporter shows values as they are sent, but for timings: an alert on another unit is wrong by its factor.",
);
const unnamed = errorRule(
  "statsd/unnamed",
  "A metric that is counted by StatsD has the name that the code sends; without it, what arrives is dropped.",
);
const pattern = errorRule(
  "statsd/name",
  "In the name that is sent, the StatsD exporter reads * as anything, and : | @ # end a name in StatsD's protocol.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [collision, unit, unnamed, pattern];

/** A name as StatsD's protocol and the exporter's globs take it for itself. Source: statsd_exporter, README, "Glob matching". */
const plainName = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

function collisions(service: Service, metrics: readonly StatsdMetric[]): readonly Finding[] {
  const sentAs = new Map<string, string>();
  return metrics.flatMap(({ metric: { name }, sent }) => {
    const other = sentAs.get(sent);
    if (other === undefined) sentAs.set(sent, name);
    return other === undefined
      ? []
      : [
          finding(
            collision,
            inRule(service, name, "telemetry"),
            `it is sent as ${sent}, which is ${other} already`,
            "send each metric under a name of its own",
          ),
        ];
  });
}

const of = (service: Service): readonly Finding[] => {
  const metrics = statsdMetrics(service);
  const without = scrapesOf(service)
    .filter(({ role }) => role === "statsd")
    .flatMap((scrape) => metricsOn(scrape, service))
    .filter(({ datadog }) => datadog === undefined);
  return [
    ...collisions(service, metrics),
    ...metrics
      .filter((each) => !keepsUnit(each))
      .map(({ metric: { name, unit: shown, datadog } }) =>
        finding(
          unit,
          inRule(service, name, "telemetry"),
          `it is sent in ${datadog?.unit ?? shown} and shown in ${shown}`,
          "send timings in milliseconds and declare seconds, and all else in the unit that is declared",
        ),
      ),
    ...metrics
      .filter(({ sent }) => !plainName.test(sent))
      .map(({ metric: { name }, sent }) =>
        finding(
          pattern,
          inRule(service, name, "telemetry"),
          `"${sent}" is no plain name`,
          "write words joined by dots",
        ),
      ),
    ...without.map(({ name }) =>
      finding(
        unnamed,
        inRule(service, name, "telemetry"),
        "its name in StatsD is not known",
        "declare its `datadog` name, or expose its contract on another page",
      ),
    ),
  ];
};

/** Metrics that the way through StatsD would mix up, lose or change. */
export const checkStatsd = ({ services }: Catalog): readonly Finding[] => services.flatMap(of);
