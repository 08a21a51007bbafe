import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { checkRouting } from "../../checks/routing";
import { alert } from "../../model/alert";
import type { Catalog } from "../../model/catalog";
import { estateOf } from "../../model/estate";
import { weekly } from "../../model/maintenance-window";
import type { Service } from "../../model/service";
import { exampleCatalog, exampleEstate, exampleService } from "../support/example";

const idsOf = (catalog: Catalog) => checkCatalog(catalog).map(({ id, level }) => `${level} ${id}`);

const heartbeat = exampleService({
  alerts: [
    alert("Watchdog", {
      when: "request_rate > 0 per second",
      for: "0s",
      severity: "SEV-4",
      summary: "Alerts are evaluated",
      runbook: "https://r.example.com",
      evaluator: "prometheus",
    }),
  ],
});

describe("the routes of a catalog", () => {
  test("have nothing wrong with them", () => {
    expect(checkRouting(exampleEstate("prod"), exampleCatalog())).toEqual([]);
    expect(checkRouting(exampleEstate("prod", [heartbeat]), exampleCatalog([heartbeat]))).toEqual([]);
  });

  test("that lead elsewhere than they say are told, with the alert and both ends", () => {
    const estate = exampleEstate("prod");
    const orphaned = {
      ...estate,
      services: estate.services.map((each) => ({
        ...each,
        alerts: each.alerts.map((rule) => ({ ...rule, team: "nobody" })),
      })),
    };
    expect(checkRouting(orphaned, exampleCatalog())).toEqual([
      expect.objectContaining({
        id: "routing/unreached",
        level: "error",
        where: expect.objectContaining({ service: "shop", rule: "HighErrorRate" }),
        message: "in prod the alert reaches pagerduty instead of pagerduty, slack-nobody",
      }),
    ]);
  });

  test("that pass AMP's quotas are warned of, since AWS raises them", () => {
    const window = weekly("own", {
      days: ["sunday"],
      start: "03:00",
      end: "04:00",
      timeZone: "UTC",
      reason: "Upgrades",
    });
    const services = Array.from({ length: 30 }, (_, index) =>
      exampleService({ maintenance: [window] }, `service-${index}`),
    );
    const found = checkCatalog(exampleCatalog(services));
    expect(new Set(found.map(({ id, level }) => `${level} ${id}`))).toEqual(new Set(["warning routing/amp-quota"]));
    expect(found[0]?.message).toMatch(/has \d+ nodes of its routing tree, more than the 100/);
  });

  test("with inhibitions beyond AMP's quota are warned of", () => {
    const down = alert("Down", {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-1",
      summary: "x",
      runbook: "https://r.example.com",
      means: "down",
    });
    const pairs = Array.from({ length: 51 }, (_, index): readonly Service[] => [
      exampleService({ alerts: [down] }, `needed-${index}`),
      exampleService({ dependsOn: [`needed-${index}`] }, `needing-${index}`),
    ]);
    expect(new Set(idsOf(exampleCatalog(pairs.flat())))).toEqual(new Set(["warning routing/amp-quota"]));
  });

  test("that AMP refuses for their size are an error", () => {
    // A client of everything, so that the definition names most services as often as there are services.
    const names = Array.from({ length: 180 }, (_, index) => `a-service-with-a-name-of-nearly-fifty-letters-${index}`);
    const down = alert("Down", {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-1",
      summary: "x",
      runbook: "https://r.example.com",
      means: "down",
    });
    const services = names.map((name, index) =>
      exampleService({ alerts: [down], dependsOn: names.slice(0, index) }, name),
    );
    const catalog = exampleCatalog(services);
    const [environment] = catalog.environments;
    if (environment === undefined) throw new Error("no environment");
    expect(checkRouting(estateOf(catalog, environment), catalog).map(({ id }) => id)).toContain("routing/amp-size");
  });
});
