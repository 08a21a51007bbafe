import { goldenSignals } from "../../alerts/golden-signals";

export const ofSearch = goldenSignals({
  errorRate: { threshold: { default: "2%", dev: "25%" }, severity: "SEV-2", for: { default: "10m", dev: "1h" } },
  trafficStopped: { environments: ["prod"] },
  latency: "off",
});
