import { panel } from "../../model/dashboard";
import { gauge, telemetry } from "../../model/telemetry";

const up = gauge("up", {
  help: "Whether the last scrape of an instance succeeded: 1, else 0; Prometheus itself writes it",
  unit: "ratio",
});

/** Health as Prometheus sees it: an instance that does not answer its scrape is not there. */
export const reachability = telemetry("reachability", {
  metrics: { up },
  indicators: { reachable_targets: up.avg() },
  panels: {
    overview: [
      panel("reachable", "Instances that answer", { "of all instances": up.avg() }, { visualization: "stat" }),
    ],
    infrastructure: [panel("health", "Health of instances", { "{{instance}}": up.min().by("instance") })],
  },
});
