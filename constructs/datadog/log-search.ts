import {
  allSearches,
  anySearch,
  compareTo,
  type DatadogLogSearch,
  everyLog,
  exactly,
  excluding,
  hasField,
  matchField,
} from "../../languages/datadog/log-search";
import type { LogFilter } from "../../model/log-filter";
import { never } from "../../model/result";
import type { DatadogScope } from "./compile";

/**
 * Datadog's names for levels: its status remapper turns the log's `level` into the reserved attribute `status`
 * (Datadog documentation, Log Configuration, Processors, "Log status remapper").
 */
const statusOf = (level: string): string => (level.toUpperCase() === "WARNING" ? "warn" : level.toLowerCase());

/** The facet that a field of the log contract is found under; all but the reserved ones are attributes. */
function facetOf(field: string): string {
  switch (field) {
    case "level":
      return "status";
    case "environment":
      return "env";
    // The pipeline moves it there (Datadog's standard attributes); a text and an object of one name cannot both be.
    case "error":
      return "@error.message";
    case "service":
    case "message":
      return field;
    default:
      return `@${field}`;
  }
}

function equals(field: string, value: string | number): DatadogLogSearch {
  return matchField(facetOf(field), exactly(field === "level" ? statusOf(String(value)) : String(value)));
}

function search(filter: LogFilter): DatadogLogSearch {
  switch (filter.kind) {
    case "equals":
      return equals(filter.field, filter.value);
    case "one-of":
      return any(filter.values.map((value) => equals(filter.field, value)));
    case "above":
      return matchField(facetOf(filter.field), compareTo(">", String(filter.value)));
    case "at-least":
      return matchField(facetOf(filter.field), compareTo(">=", String(filter.value)));
    case "below":
      return matchField(facetOf(filter.field), compareTo("<", String(filter.value)));
    case "exists":
      return hasField(facetOf(filter.field));
    case "and":
      return allSearches(...filter.filters.map(search));
    case "or":
      return any(filter.filters.map(search));
    case "not":
      return excluding(search(filter.filter));
    default:
      return never(filter);
  }
}

function any([first, ...rest]: readonly DatadogLogSearch[]): DatadogLogSearch {
  return first === undefined ? excluding(everyLog) : anySearch(first, ...rest);
}

/** The filter as a Datadog log search over one service in one environment. */
export const logSearch = (filter: LogFilter, { service, environment }: DatadogScope): DatadogLogSearch =>
  allSearches(matchField("env", exactly(environment)), matchField("service", exactly(service)), search(filter));
