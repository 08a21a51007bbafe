import { app } from "../../catalog/telemetry/app";
import { emits, expectAlert, growing, steady } from "../../model/alert-case";

export const workersStop = expectAlert("QueueBacklog")
  .given(emits(app.queueLength, {}, steady(20, "10m"), growing(200, { per: "1m", lasting: "30m" }), steady(20, "10m")))
  .silentAt("20m")
  .firesAt("30m")
  .resolvesAt("45m");
