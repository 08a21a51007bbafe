import type { RuntimeConfiguration } from "../../model/runtime-configuration";

export const searchConfiguration: RuntimeConfiguration = {
  metricsPort: 8000,
  sentryTracesPercent: { default: 5, dev: 100 },
  variables: { INDEX_REFRESH_SECONDS: { default: "30", dev: "1" } },
};
