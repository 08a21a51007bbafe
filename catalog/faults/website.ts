import { type Fault, fault, sets, setsTime, undiscovered } from "../../model/fault";
import { endpointHealth } from "../telemetry/endpoint-health";
import { httpEndpoint } from "../telemetry/http-endpoint";

/** What goes wrong with the addresses that users meet. */
export const websiteFaults: readonly Fault[] = [
  fault("website-down", {
    reason: "The load balancer has no healthy target, and says so with a 503.",
    services: {
      website: {
        effects: [sets(httpEndpoint.success, "0%"), sets(httpEndpoint.status, "503")],
        expects: ["EndpointDown", "EndpointStatusUnexpected"],
      },
    },
  }),
  fault("api-degraded", {
    reason: "The mail provider is away for half a day: users are served, and their confirmations wait.",
    services: { website: { effects: [sets(endpointHealth.healthy, "0%")], expects: ["EndpointDegraded"] } },
  }),
  fault("website-slow", {
    reason: "Users wait three seconds for the first page.",
    services: { website: { effects: [sets(httpEndpoint.duration, "3s")], expects: ["EndpointResponseSlow"] } },
  }),
  fault("certificate-forgotten", {
    reason: "Nobody renewed the certificate: it ends in two days.",
    services: {
      website: {
        effects: [setsTime(httpEndpoint.certificateExpiry, { ahead: "2d" })],
        expects: ["CertificateExpiresSoon", "CertificateExpiresInDays"],
      },
    },
  }),
  fault("website-unprobed", {
    reason: "The blackbox exporter was taken down.",
    services: { website: { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
