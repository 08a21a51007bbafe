import { pack, type Rows } from "./pack";

/** What services say of themselves; `instance` is the address of the health endpoint. */
export const endpointHealthRows = {
  degraded: {
    alert: "EndpointDegraded",
    indicator: "probe_healthy",
    dimension: "ratio",
    comparison: "<",
    threshold: "100%",
    recovery: "100%",
    guard: "probe_success >= 100%",
    for: "15m",
    severity: "SEV-3",
    summary: "{instance} serves, and says that it is degraded",
    why: "Something that it needs is slow or away, and users are served all the same; a restart or a failover is over in a quarter of an hour.",
  },
} as const satisfies Rows;

/** Needs `httpEndpoint` and `endpointHealth`, of the same addresses: one that does not serve is no degraded one. */
export const endpointHealthAlerts = pack(endpointHealthRows);
