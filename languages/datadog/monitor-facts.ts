import { logSearchFields, logSearchMatches } from "./log-search-fields";
import type { Scope } from "./metric-scope";
import type { DatadogMonitorQuery, LogMonitorQuery, MetricMonitorQuery, MonitorComparator } from "./monitor-query";
import { queriesIn } from "./monitor-rules";
import { windowSeconds } from "./window";

/** One tag that a query filters by. */
export interface TagUse {
  /** Empty for a tag that has no key. */
  readonly key: string;
  /** As it is written, wildcards included; undefined where only the key matters or the value is no text. */
  readonly value: string | undefined;
  /** Whether what has it is left out. */
  readonly excluded: boolean;
}

/** What a monitor's query reads and when it alerts, to be held against the telemetry contract. */
export interface MonitorFacts {
  readonly kind: DatadogMonitorQuery["kind"];
  /** Names of metrics, each once, in order of appearance; none of a log monitor. */
  readonly metrics: readonly string[];
  /** Paths of log attributes without `@`, each once; none of a metric monitor. */
  readonly attributes: readonly string[];
  /** Tags, and of a log monitor reserved attributes (`service`), in order of appearance. */
  readonly tags: readonly TagUse[];
  /** Keys of the tags that are filtered or grouped by, each once. */
  readonly tagKeys: readonly string[];
  /** What all of it is grouped by, each once, in order of appearance. */
  readonly groupBy: readonly string[];
  /** Length of the evaluation window. */
  readonly windowSeconds: number;
  readonly comparator: MonitorComparator;
  readonly threshold: {
    /** As it is written. */
    readonly text: string;
    readonly number: number;
  };
}

/** Everything that the checks ask of a monitor's query. */
export function monitorFacts(query: DatadogMonitorQuery): MonitorFacts {
  const read = query.kind === "metric" ? metricFacts(query) : logFacts(query);
  const { comparator, threshold } = query;
  return {
    kind: query.kind,
    ...read,
    windowSeconds: windowSeconds(query.window),
    comparator,
    threshold: { text: threshold, number: Number(threshold) },
  };
}

type Read = Pick<MonitorFacts, "metrics" | "attributes" | "tags" | "tagKeys" | "groupBy">;

function metricFacts(query: MetricMonitorQuery): Read {
  const queries = queriesIn(query.expression);
  const tags = queries.flatMap((each) => tagsOf(each.scope, false));
  const groupBy = unique(queries.flatMap((each) => each.groupBy));
  const keys = [...tags.map(({ key }) => key), ...groupBy];
  return {
    metrics: unique(queries.map((each) => each.metric)),
    attributes: [],
    tags,
    tagKeys: unique(keys.filter((key) => key !== "" && key !== "*")),
    groupBy,
  };
}

function logFacts(query: LogMonitorQuery): Read {
  const fields = logSearchFields(query.search);
  const measure = query.rollup.method === "count" ? [] : [query.rollup.measure];
  const also = [...query.groupBy, ...measure];
  const tags = logSearchMatches(query.search)
    .filter(({ field }) => !/^[@#*]/.test(field))
    .map(({ field, value, excluded }) => ({ key: field, value, excluded }));
  return {
    metrics: [],
    attributes: unique([
      ...fields.attributes,
      ...also.flatMap((field) => (field.startsWith("@") ? [field.slice(1)] : [])),
    ]),
    tags,
    tagKeys: unique([...tags.map(({ key }) => key), ...also.filter((field) => !/^[@#*]/.test(field))]),
    groupBy: query.groupBy,
  };
}

/** Tags of a metric's scope. */
function tagsOf(scope: Scope, excluded: boolean): readonly TagUse[] {
  switch (scope.kind) {
    case "everywhere":
    case "variable":
      return [];
    case "tag":
      return [{ key: scope.key, value: scope.value, excluded }];
    case "bare-tag":
      return [{ key: "", value: scope.tag, excluded }];
    case "tag-in":
      return scope.values.map((value) => ({ key: scope.key, value, excluded }));
    case "not":
      return tagsOf(scope.scope, !excluded);
    case "and":
    case "or":
      return scope.scopes.flatMap((each) => tagsOf(each, excluded));
  }
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
