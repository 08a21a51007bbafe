import { alert } from "../../model/alert";
import { datadogQuery } from "../../model/condition";

export const queueDepthDoubled = alert("QueueDepthDoubled", {
  when: datadogQuery(
    "pct_change(avg(last_5m),last_1h):max:app.queue.length{env:{environment},service:{service}} > 100",
  ),
  for: "0s",
  severity: "SEV-4",
  evaluator: "datadog",
  summary: "The queue is twice as long as an hour ago",
  runbook: "queue-backlog",
});
