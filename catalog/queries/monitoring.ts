import { insights } from "../../model/saved-query";

/** Prometheus, Alertmanager and the exporters log `level=error` in lower or upper case, by their version. */
export const monitoringErrors = insights(
  "Errors of the last hour",
  `fields @timestamp, @logStream, @message
| filter @message like /(?i)level=(error|warn)/
| sort @timestamp desc
| limit 100`,
);
