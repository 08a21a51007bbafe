import { endpointHealthAlerts } from "../../alerts/endpoint-health";
import { endpoints } from "../../alerts/endpoints";
import { targetsMissing } from "../../alerts/reachability";
import { ecs } from "../../model/runtime";
import { blackboxProbe, healthyProbe, servingProbe } from "../../model/scrape";
import { service } from "../../model/service";
import { monitoringErrors } from "../queries/monitoring";
import { endpointHealth } from "../telemetry/endpoint-health";
import { httpEndpoint } from "../telemetry/http-endpoint";
import { reachability } from "../telemetry/reachability";
import { appHealth } from "./app-service";

/**
 * The public addresses of the website and the API as users meet them, asked by a blackbox exporter that runs apart from both. It is a
 * service of its own: its targets would otherwise count among the API's instances, and be up while those are down.
 */
export const website = service("website", {
  description: "The public addresses of the website and the API, seen from outside",
  team: "backend",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/website-probes" }),
  telemetry: [httpEndpoint, endpointHealth, reachability],
  scrapes: [
    blackboxProbe([{ default: "https://www.{environment}.company.com/", prod: "https://www.company.com/" }]),
    servingProbe("app-service", appHealth),
    healthyProbe("app-service", appHealth, { exposes: [endpointHealth] }),
  ],
  alerts: [
    endpoints({
      // Certificates of dev and staging are renewed by hand, when somebody needs them.
      certificate: { environments: ["prod"] },
      certificateUrgent: { environments: ["prod"] },
    }),
    endpointHealthAlerts(),
    // The prober: the API itself may well be up.
    targetsMissing({ severity: "SEV-3" }),
  ],
  queries: [monitoringErrors],
  statusPage: { component: "Website", description: "Pages, sign-in and the public addresses", group: "Product" },
});
