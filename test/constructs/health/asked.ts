import { errorAlerts } from "../../../alerts/errors";
import { httpEndpoint } from "../../../catalog/telemetry/http-endpoint";
import { errorTracking } from "../../../model/error-tracking";
import type { EnvironmentEstate } from "../../../model/estate";
import { type DefiniteHealth, type HealthOptions, health } from "../../../model/health";
import { blackbox, datadogSynthetics, grafanaSynthetics, route53 } from "../../../model/probe";
import type { Service } from "../../../model/service";
import { example, exampleEstate, exampleService } from "../../support/example";

/** The example service with a health endpoint, some of whose options are replaced. */
export const askedService = (options: Partial<HealthOptions> = {}): Service =>
  exampleService({
    telemetry: [example, httpEndpoint],
    errors: errorTracking({ platform: "node", alerts: [errorAlerts()] }),
    health: health({
      url: { default: "https://shop.dev.example.com", prod: "https://shop.example.com" },
      dependencies: ["database", "external"],
      probes: {
        default: [blackbox(), grafanaSynthetics({ probes: [9, 4] })],
        prod: [route53(), blackbox(), datadogSynthetics()],
      },
      runbook: "https://runbooks.example.com/health",
      ...options,
    }),
  });

const untracked = ({ errors: _none, ...service }: Service): Service => service;

/** One environment around that service, without error tracking. */
export const askedEstate = (name: "dev" | "prod" = "prod", options: Partial<HealthOptions> = {}): EnvironmentEstate =>
  exampleEstate(name, [untracked(askedService(options))]);

/** The health endpoint of that service. */
export function askedHealth(name: "dev" | "prod" = "prod", options: Partial<HealthOptions> = {}): DefiniteHealth {
  const found = askedEstate(name, options).services[0]?.health;
  if (found === undefined) throw new Error("no health endpoint");
  return found;
}
