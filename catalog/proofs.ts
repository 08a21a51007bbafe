import { emits, expectAlert, growing, missing, observing, steady } from "../model/alert-case";
import { app } from "./telemetry/app";
import { reachability } from "./telemetry/reachability";

/**
 * What `./estate prove` is told beside what it finds by itself. A condition in PromQL can be proven by cases alone; of the others these
 * are the incidents that must never be missed.
 */
export const proofs = [
  // The target is $5,000 a day: 480 orders of $12 are more, and once they are worth $8 each, a day earns $3,840.
  expectAlert("RevenueLow", { service: "app-service" })
    .given(
      emits(
        app.orderValue,
        {},
        observing(480, { per: "1d", of: 12, lasting: "2d" }),
        observing(480, { per: "1d", of: 8, lasting: "2d" }),
        observing(480, { per: "1d", of: 16, lasting: "1d" }),
      ),
    )
    .silentAt("2d")
    // $5,760 sink by $80 an hour: below the target after nine hours and a half, and told an hour later.
    .silentAt("57h")
    .silentAt("58h")
    .firesAt("59h")
    .firesAt("4d")
    .resolvesAt("5d"),
  // A dollar a day above the target is silence.
  expectAlert("RevenueLow", { service: "app-service" })
    .given(emits(app.orderValue, {}, observing(5001, { per: "1d", of: 1, lasting: "3d" })))
    .silentAt("26h")
    .silentAt("3d"),
  // The orchestrator forgets the service: no instance is left to be unreachable.
  expectAlert("TargetsMissing", { service: "app-service" })
    .given(emits(reachability.up, {}, steady(1, "10m"), missing("20m"), steady(1, "10m")))
    .silentAt("10m")
    .firesAt("20m")
    .resolvesAt("35m"),
  // The workers stop while the API goes on.
  expectAlert("QueueBacklog")
    .given(
      emits(app.queueLength, {}, steady(20, "10m"), growing(200, { per: "1m", lasting: "30m" }), steady(20, "10m")),
    )
    .silentAt("20m")
    .firesAt("30m")
    .resolvesAt("45m"),
] as const;
