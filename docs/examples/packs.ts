import { goldenSignals } from "../../alerts/golden-signals";

export const ofSearch = goldenSignals({
  errorRate: { threshold: { default: "2%", dev: "25%" }, severity: "SEV-2", for: "10m" },
  trafficStopped: { environments: ["prod"] },
  latency: "off",
});
