import { errorAlerts } from "../../../alerts/errors";
import { httpEndpoint } from "../../../catalog/telemetry/http-endpoint";
import type { Catalog } from "../../../model/catalog";
import { cronJob } from "../../../model/cron-job";
import { errorTracking } from "../../../model/error-tracking";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { health } from "../../../model/health";
import { blackbox, sentryUptime } from "../../../model/probe";
import { celery } from "../../../model/runtime";
import type { Service } from "../../../model/service";
import { example, exampleCatalog, exampleService } from "../../support/example";

/** A web service and a worker, both with error tracking. */
export const trackedServices: readonly Service[] = [
  exampleService({
    telemetry: [example, httpEndpoint],
    errors: errorTracking({
      platform: "python-fastapi",
      alerts: [errorAlerts({ uptime: {} })],
      perMinute: { default: 100, prod: 600 },
    }),
    health: health({
      url: { default: "https://dev.example.com", prod: "https://example.com/" },
      dependencies: ["database"],
      probes: { default: [blackbox()], prod: [blackbox(), sentryUptime()] },
      runbook: "https://runbooks.example.com/health",
    }),
  }),
  exampleService(
    {
      runtime: celery({
        cluster: "company",
        logGroup: "/ecs/worker",
        queues: ["default"],
        schedules: [cronJob("nightly", { schedule: "30 2 * * *", timeZone: "Europe/Berlin", maxRuntime: "2h" })],
      }),
      errors: errorTracking({ platform: "python-celery", alerts: [errorAlerts({ users: "off", cron: {} })] }),
    },
    "worker",
  ),
];

/** A catalog with an organization of Sentry. */
export const trackedCatalog = (services: readonly Service[] = trackedServices): Catalog => ({
  ...exampleCatalog(services),
  runbooks: "https://runbooks.example.com",
  sentry: { organization: "example", api: "https://sentry.io/api/", slack: "7", pagerDuty: "8" },
});

/** One environment of a catalog, made definite. */
export function environmentOf(catalog: Catalog, name: string): EnvironmentEstate {
  const environment = catalog.environments.find((each) => each.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return estateOf(catalog, environment);
}
