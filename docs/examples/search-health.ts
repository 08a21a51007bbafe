import { health } from "../../model/health";
import { blackbox, cloudwatchSynthetics, datadogSynthetics, route53, sentryUptime } from "../../model/probe";

export const searchHealth = health({
  url: { default: "https://search.company.com", dev: "https://search.dev.company.com" },
  dependencies: ["database"],
  probes: {
    default: [blackbox()],
    prod: [blackbox(), route53(), cloudwatchSynthetics(), datadogSynthetics({ every: "5m" }), sentryUptime()],
  },
});
