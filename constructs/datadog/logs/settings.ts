import {
  allSearches,
  anySearch,
  anyText,
  compareTo,
  type DatadogLogSearch,
  exactly,
  excluding,
  matchField,
  pattern,
} from "../../../languages/datadog/log-search";
import { parseDatadogLogSearch } from "../../../languages/datadog/log-search-parser";
import { printDatadogLogSearch } from "../../../languages/datadog/log-search-printer";
import type { EnvironmentEstate } from "../../../model/estate";
import { logCapacity } from "../../../model/log-capacity";
import type { LogMetric } from "../../../model/log-metric";
import { logShippingOf } from "../../../model/log-shipping";
import { memoized } from "../../../model/memoized";
import { type SensitivePattern, sensitivePatterns } from "../../../model/redaction";
import { fail, ok, type Result } from "../../../model/result";
import type { Service } from "../../../model/service";
import { logSearch } from "../log-search";
import { type LogProcessor, processors } from "./processors";

/** An exclusion filter: what is ingested, measured and archived, and not stored to search in. */
export interface Exclusion {
  readonly name: string;
  readonly query: string;
  /** Of what the query finds, how much is left out; 1 is all. */
  readonly sampleRate: number;
}

/** A metric that Datadog counts out of logs as they come in, before any is excluded. */
export interface DatadogLogMetric {
  readonly service: string;
  /** Of the catalog's metric. */
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly groupBy: readonly { readonly path: string; readonly tagName: string }[];
}

/** What Datadog does with the logs of an environment. */
export interface DatadogLogSettings {
  readonly query: string;
  readonly index: {
    readonly name: string;
    readonly dailyLimit: number;
    readonly retentionDays: number;
    readonly exclusions: readonly Exclusion[];
  };
  readonly processors: readonly LogProcessor[];
  readonly patterns: readonly SensitivePattern[];
  readonly metrics: readonly DatadogLogMetric[];
  /** None without a bucket. */
  readonly archive?: { readonly name: string; readonly bucket: string; readonly path: string; readonly role: string };
}

/** The text of a search that our own parser reads as the same search. */
function searchText(search: DatadogLogSearch): Result<string> {
  const text = printDatadogLogSearch(search);
  const read = parseDatadogLogSearch(text);
  return read.ok ? ok(text) : fail(read.diagnostics.map(({ message }) => message).join(" "));
}

/**
 * A day's limit is so many hours at the peak: no day is all peak, and one that is means a loop. Beyond it nothing is stored until the next day,
 * but everything is still measured and archived.
 */
const peakHoursOfDay = 8;

/** Retentions that Datadog sells. Source: Datadog pricing, Log Management; Log Configuration, Indexes, "Set log retention". */
const retentions = [3, 7, 15, 30] as const;

/** The longest retention that is not longer than what the environment asks for: the record is in CloudWatch and in the bucket. */
const retentionFor = (days: number): number => retentions.filter((sold) => sold <= days).at(-1) ?? retentions[0];

/** Requests of probes that went well: most of an idle service's log, and never what anybody looks for. */
const healthChecks: DatadogLogSearch = allSearches(
  anySearch(
    matchField("@path", pattern("/health", anyText)),
    matchField("@path", exactly("/metrics")),
    matchField("@path", exactly("/ready")),
  ),
  matchField("@status_code", compareTo("<", "400")),
  excluding(anySearch(matchField("status", exactly("error")), matchField("status", exactly("critical")))),
);

/** Names of metrics are of letters, digits, dots and underscores. Source: Datadog documentation, Metrics, "Naming". */
const metricName = (...parts: readonly string[]): string => parts.join(".").replaceAll("-", "_");

/**
 * Metrics of the catalog, named by environment since a metric of logs belongs to the organization. Those of a renamed service keep their
 * name, and with it their history, for as long as `renamedFrom` stands: nobody can rename one.
 */
function metric(
  { name, filter, by = [] }: LogMetric,
  { name: service, renamedFrom = service }: Service,
  environment: string,
): Result<DatadogLogMetric> {
  const query = searchText(logSearch(filter, { service, environment }));
  if (!query.ok) return query;
  return ok({
    service,
    id: name,
    name: metricName("logs", environment, renamedFrom, name),
    query: query.value,
    groupBy: by.map((field) => ({ path: `@${field}`, tagName: field })),
  });
}

/**
 * What Datadog does with the logs of an environment, or nothing where they are not sent there. Sampling is Fluentd's alone: sampled
 * here again, a tenth of a tenth would be left.
 */
export const datadogLogs = memoized((estate: EnvironmentEstate): Result<DatadogLogSettings | undefined> => {
  const { environment } = estate;
  const shipping = logShippingOf(environment);
  const { services, peak } = logCapacity(estate);
  if (services.length === 0 || !shipping.outputs.includes("datadog")) return ok(undefined);
  const query = searchText(matchField("env", exactly(environment.name)));
  const quiet = searchText(healthChecks);
  if (!query.ok) return query;
  if (!quiet.ok) return quiet;
  const shipped = new Set(services.map(({ contract }) => contract.service));
  const metrics: DatadogLogMetric[] = [];
  for (const { service } of estate.services.filter(({ service: { name } }) => shipped.has(name))) {
    for (const each of service.logMetrics) {
      const made = metric(each, service, environment.name);
      if (!made.ok) return made;
      metrics.push(made.value);
    }
  }
  const { bucket } = shipping;
  return ok({
    query: query.value,
    index: {
      name: `logs-${environment.name}`,
      dailyLimit: Math.ceil(peak.events * 3600 * peakHoursOfDay),
      retentionDays: retentionFor(environment.retentionDays),
      exclusions: [{ name: "Health checks that went well", query: quiet.value, sampleRate: 1 }],
    },
    processors: processors(services.map(({ contract }) => contract)),
    patterns: sensitivePatterns,
    metrics,
    ...(bucket === undefined
      ? {}
      : { archive: { name: `logs-${environment.name}`, bucket, path: "datadog", role: shipping.datadogRole } }),
  });
});
