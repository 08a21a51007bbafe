import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import type { HealthOptions } from "../../model/health";
import { blackbox, datadogSynthetics, grafanaSynthetics, route53, sentryUptime } from "../../model/probe";
import type { Service } from "../../model/service";
import { askedService } from "../constructs/health/asked";
import { trackedCatalog } from "../constructs/sentry/tracked";
import { example } from "../support/example";

const found = (service: Service) =>
  checkCatalog(trackedCatalog([service])).map(({ id, where: { field }, message }) => `${id} ${field}: ${message}`);

describe("a health endpoint", () => {
  test("has nothing wrong with it as options and defaults make it", () => {
    expect(found(askedService())).toEqual([]);
  });

  test.each([
    [{ url: "shop.example.com" }, "address health.url", /not a URL/],
    [
      { url: { default: "http://dev.example.com", prod: "https://shop.example.com/app" } },
      "address health.url",
      /path of its own/,
    ],
    [
      { url: { default: "http://dev.example.com", prod: "http://shop.example.com" } },
      "address health.url",
      /not encrypted/,
    ],
    [{ url: "https://root@shop.example.com" }, "address health.url", /a user's name/],
    [{ path: "/health?full=1" }, "address health.path", /not a path/],
    [{ timeout: "30s" }, "contract health.timeout", /nobody who probes waits for 30s/],
    [{ dependencies: ["Data base"] }, "contract health.dependencies", /no name in `checks`/],
    [{ dependencies: ["redis", "redis"] }, "contract health.dependencies", /redis is named twice/],
    [{ probes: { default: [blackbox()], prod: [] } }, "unprobed health.probes", /in prod nobody asks it/],
    [{ probes: { default: [blackbox(), blackbox()] } }, "probe health.probes.default", /blackbox asks twice/],
    [
      { probes: { default: [route53({ regions: ["eu-west-1"] })] } },
      "probe health.probes.default",
      /from 3 regions at least, not 1/,
    ],
    [
      { probes: { default: [datadogSynthetics({ locations: [] })] } },
      "probe health.probes.default",
      /asks from nowhere/,
    ],
    [
      { probes: { default: [datadogSynthetics({ every: "10s" })] } },
      "probe health.probes.default",
      /10s is not from 30 to/,
    ],
    [{ probes: { default: [grafanaSynthetics({ probes: [0] })] } }, "probe health.probes.default", /0 is no id/],
    [{ severity: "SEV-4" }, "alert health.severity", /calls nobody/],
    [{ runbook: "not a page!" }, "alert health.runbook", /neither a URL nor the name/],
  ] satisfies readonly (readonly [Partial<HealthOptions>, string, RegExp])[])(
    "of %j is refused",
    (options, place, message) => {
      expect(found(askedService(options))).toEqual([expect.stringMatching(message)]);
      expect(found(askedService(options))[0]).toContain(`health/${place}:`);
    },
  );

  test("that the blackbox exporter asks needs somebody who watches what it counts", () => {
    expect(found({ ...askedService(), telemetry: [example.contract] })).toEqual([
      expect.stringContaining("no service declares what it counts"),
    ]);
  });

  test("that Sentry asks needs a project there", () => {
    const { errors: _none, ...service } = askedService({ probes: { default: [sentryUptime()] } });
    expect(found(service)).toEqual([expect.stringContaining("the service has none")]);
  });

  test("reports on what the service depends on, or it is told", () => {
    const shop = askedService({ dependencies: [] });
    const catalog = trackedCatalog([
      { ...shop, dependsOn: ["store"] },
      { ...askedService(), name: "store" },
    ]);
    expect(checkCatalog(catalog).filter(({ id }) => id.startsWith("health/"))).toEqual([
      expect.objectContaining({ level: "warning", message: "it depends on store, but does not report on it" }),
    ]);
  });
});
