import type { EnvironmentEstate } from "../../model/estate";
import { logContractOf } from "../../model/log-contract";
import { tracedServices } from "../../model/tracing";
import { traceLogsUrl } from "../grafana/explore";

/** What Jaeger's interface puts in place of this is the id of the trace that is shown, encoded for a URL. */
const traceId = "#{traceID}";

/**
 * Jaeger's user interface: from a trace to what its services logged meanwhile. Only of services whose events carry a trace's id.
 * Source: Jaeger documentation, "Frontend/UI Configuration", "Link Patterns".
 */
export function jaegerUi(estate: EnvironmentEstate) {
  const traced = new Set(tracedServices(estate).map(({ service }) => service));
  const logging = estate.services.filter(
    (service) =>
      traced.has(service.service.name) &&
      logContractOf(service)?.fields.some(({ name }) => name === "trace_id") === true,
  );
  const url = traceLogsUrl(logging, traceId);
  return { linkPatterns: url === undefined ? [] : [{ type: "traces", url, text: "Logs of this trace" }] };
}
