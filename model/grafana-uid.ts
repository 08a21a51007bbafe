import { createHash } from "node:crypto";

/** Longest uid that Grafana accepts (Grafana documentation, Dashboard HTTP API, "Identifier (id) vs unique identifier (uid)"). */
const maxUidLength = 40;

/**
 * A uid made of names that people chose, so that it survives every reordering: `prod-app-service-overview`.
 * A longer one ends in a hash of the whole, so that two long names never meet.
 */
export function grafanaUid(...names: readonly string[]): string {
  const uid = names.join("-");
  if (uid.length <= maxUidLength) return uid;
  const hash = createHash("sha256").update(uid).digest("hex").slice(0, 8);
  return `${uid.slice(0, maxUidLength - hash.length - 1)}-${hash}`;
}

/** Key of the dashboard that every service has. */
export const serviceDashboardKey = "service";

/** URL of a dashboard: Grafana finds it by the uid alone. */
export const dashboardUrl = (grafana: string, uid: string): string => `${grafana.replace(/\/+$/, "")}/d/${uid}`;
