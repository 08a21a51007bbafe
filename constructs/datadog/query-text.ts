import { checkedMonitorQuery } from "../../languages/datadog/monitor-printer";
import type { DatadogMonitorQuery } from "../../languages/datadog/monitor-query";
import { fail, ok, type Result } from "../../model/result";

/** The text of a query that our own parser reads as the same query, or what is wrong with it, one sentence each. */
export function queryText(query: DatadogMonitorQuery): Result<string> {
  const text = checkedMonitorQuery(query);
  return text.ok ? ok(text.value) : fail(text.diagnostics.map(({ message }) => message).join(" "));
}
