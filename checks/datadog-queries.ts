import { monitorFacts } from "../languages/datadog/monitor-facts";
import { parseDatadogMonitorQuery } from "../languages/datadog/monitor-parser";
import type { Catalog } from "../model/catalog";
import { partsOfCondition } from "../model/condition";
import type { Finding, Where } from "../model/finding";
import { alertsOf, logFieldsOf, metricsOf, type Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inRule, type Rule } from "./rule";

const contract = errorRule(
  "datadog/contract",
  "A monitor of a metric or a tag that nobody sends stays silent for ever.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [contract];

/** Tags that Datadog itself puts on what a service sends (Datadog documentation, Unified Service Tagging). */
const unifiedTags = ["env", "service", "version", "host"];

function contractProblems(text: string, service: Service, where: Where): readonly Finding[] {
  const parsed = parseDatadogMonitorQuery(text);
  // What does not parse is told where the alert is rendered.
  if (!parsed.ok) return [];
  const { metrics, attributes, tagKeys } = monitorFacts(parsed.value);
  if (parsed.value.kind === "log") {
    const fields = logFieldsOf(service).map(({ name }) => name);
    return attributes
      .filter((attribute) => !fields.includes(attribute))
      .map((attribute) =>
        finding(
          contract,
          where,
          `the service's logs have no field "${attribute}".${didYouMean(attribute, fields)}`,
          "use a field of the service's log contract",
        ),
      );
  }
  const held = metricsOf(service).flatMap(({ datadog, labels }) =>
    datadog === undefined ? [] : [{ name: datadog.name, labels }],
  );
  const names = held.map(({ name }) => name);
  const unknown = metrics.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    return unknown.map((name) =>
      finding(
        contract,
        where,
        `the service sends Datadog no metric "${name}".${didYouMean(name, names)}`,
        "use a metric of the service's telemetry that Datadog holds",
      ),
    );
  }
  const tags = [
    ...unifiedTags,
    ...held.filter(({ name }) => metrics.includes(name)).flatMap(({ labels }) => Object.keys(labels)),
  ];
  return tagKeys
    .filter((key) => key !== "*" && !tags.includes(key))
    .map((key) =>
      finding(
        contract,
        where,
        `no metric of the query has the tag "${key}".${didYouMean(key, tags)}`,
        `use one of ${[...new Set(tags)].join(", ")}`,
      ),
    );
}

/** Monitor queries that people wrote, of metrics or tags that nobody sends. */
export const checkDatadogQueries = ({ services }: Catalog): readonly Finding[] =>
  services.flatMap((service) =>
    alertsOf(service).flatMap(({ name, when }) =>
      partsOfCondition(when).flatMap((part) =>
        part.kind === "raw" && part.language === "datadog"
          ? contractProblems(
              part.text.replaceAll("{service}", () => service.name).replaceAll("{environment}", () => "env"),
              service,
              inRule(service, name, "when"),
            )
          : [],
      ),
    ),
  );
