import { boundedName } from "./bounded-name";

/** Longest uid that Grafana accepts (Grafana documentation, Dashboard HTTP API, "Identifier (id) vs unique identifier (uid)"). */
const maxUidLength = 40;

/** A uid made of names that people chose: `prod-app-service-overview`. */
export const grafanaUid = (...names: readonly string[]): string => boundedName(maxUidLength, ...names);

/** Key of the dashboard that every service has. */
export const serviceDashboardKey = "service";

/** URL of a dashboard: Grafana finds it by the uid alone. */
export const dashboardUrl = (grafana: string, uid: string): string => `${grafana.replace(/\/+$/, "")}/d/${uid}`;
