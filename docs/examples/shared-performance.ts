import type { SharingRule } from "../../model/access";

export const sharing = [
  {
    service: "app-service",
    dashboard: "performance",
    environment: "prod",
    since: "2027-01-04",
    until: "2027-03-01",
    reason: "The load test of our largest customer, who watches it",
  },
] as const satisfies readonly SharingRule[];
