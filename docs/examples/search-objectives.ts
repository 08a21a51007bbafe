import { availability, freshness, latency } from "../../model/service-objective";

export const searchObjectives = [
  availability({ default: "99.9%", dev: "99%" }, "30d", { minimumTraffic: "10 per minute" }),
  latency("95%", "500ms", "30d", { burnRates: { "1h": { severity: "SEV-2" }, "3d": "off" } }),
  freshness("99%", "15min", "28d", { sli: "index-age" }),
];
