import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import type { HealthOptions } from "../../model/health";
import {
  blackbox,
  cloudwatchSynthetics,
  datadogSynthetics,
  grafanaSynthetics,
  type Probe,
  route53,
  sentryUptime,
} from "../../model/probe";
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
    [
      { probes: { default: [cloudwatchSynthetics({ regions: [] })] } },
      "probe health.probes.default",
      /canaries ask from nowhere/,
    ],
    [
      { probes: { default: [cloudwatchSynthetics({ every: "90s" })] } },
      "probe health.probes.default",
      /whole minutes, not every 90s/,
    ],
    [
      { probes: { default: [cloudwatchSynthetics({ every: "2h" })] } },
      "probe health.probes.default",
      /2h is not from 60 to 3600 seconds/,
    ],
    [
      { probes: { default: [cloudwatchSynthetics({ every: "1m", timeout: "2m" })] } },
      "probe health.probes.default",
      /may take 2m, and the next begins after 1m/,
    ],
    [
      { probes: { default: [cloudwatchSynthetics({ every: "1h", timeout: "15m" })] } },
      "probe health.probes.default",
      /15m is not from 15 to 840 seconds/,
    ],
    [
      { probes: { default: [cloudwatchSynthetics({ timeout: "19s" })] } },
      "probe health.probes.default",
      /19s leaves no time for its start \(15s\) and an answer \(5s\)/,
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

  test("is told a region that there is none of, and a misspelt one's name", () => {
    const probes: readonly Probe[] = JSON.parse(
      JSON.stringify([{ ...cloudwatchSynthetics(), regions: ["eu-wst-2"], runtime: "syn-nodejs-3.1" }]),
    );
    expect(found(askedService({ probes: { default: probes } }))).toEqual([
      expect.stringContaining('no region "eu-wst-2". Did you mean "eu-west-2"?'),
      expect.stringContaining('no runtime "syn-nodejs-3.1" that canaries can be made with.'),
    ]);
  });

  test("takes a canary with all that it may have at the most", () => {
    expect(found(askedService({ probes: { default: [cloudwatchSynthetics({ timeout: "20s" })] } }))).toEqual([]);
    expect(
      found(askedService({ probes: { default: [cloudwatchSynthetics({ every: "1h", timeout: "14m" })] } })),
    ).toEqual([]);
  });

  test("whose service has so long a name that IAM refuses its canary's role is told so, where it is asked so", () => {
    const service = { ...askedService({ probes: { default: [blackbox()], prod: [cloudwatchSynthetics()] } }) };
    const long = { ...service, name: "shop-".repeat(11).slice(0, -1) };
    expect(found(long)).toContainEqual(
      expect.stringMatching(/^health\/probe health\.probes\.prod: the role prod-shop-.*-canary has 66 characters/),
    );
    expect(found(long).filter((text) => text.includes("the role"))).toHaveLength(1);
  });

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
