import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { z } from "zod";
import { healthArtifacts } from "../../../constructs/health/artifacts";
import { searchString, servingRegex, statusRegex } from "../../../constructs/health/body";
import { healthSchema } from "../../../constructs/health/schema";
import { healthStatuses } from "../../../model/health";
import { blackboxProbe } from "../../../model/scrape";
import { blocks } from "../../docs/markdown";
import { askedEstate, askedHealth } from "./asked";

const artifact = (path: string): string => {
  const found = healthArtifacts(askedEstate("prod")).find((each) => each.path === path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found.content;
};

const status = fc.constantFrom(...healthStatuses);

describe("the contract of a health endpoint", () => {
  const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(healthSchema(askedHealth()))));
  const body = (whole: string, checks: object) => ({ status: whole, timestamp: "2026-01-05T09:00:00Z", checks });
  const database = { status: "healthy", latency_ms: 1.25 };

  test.each([
    ["all that it names", body("healthy", { database, external: { main_app: { status: "degraded" } } }), true],
    [
      "more than it names",
      body("unhealthy", { database: { status: "unhealthy", error: "timeout" }, external: database, redis: database }),
      true,
    ],
    ["a dependency left out", body("healthy", { database }), false],
    ["a status that is none", body("fine", { database, external: database }), false],
    ["a dependency without status", body("healthy", { database: { latency_ms: 1 }, external: database }), false],
    ["a negative latency", body("healthy", { database: { ...database, latency_ms: -1 }, external: database }), false],
    ["no time", { status: "healthy", checks: { database, external: database } }, false],
  ])("with %s", (_, answer, accepted) => {
    expect(schema.safeParse(answer).success).toBe(accepted);
  });

  test("has the answer that the documentation shows for one of its answers", () => {
    const ofDatabase = askedHealth("prod", { dependencies: ["database"] });
    const shown = blocks("json").find(({ page }) => page === "docs/errors-and-health.md")?.text ?? "";
    expect(
      z.fromJSONSchema(JSON.parse(JSON.stringify(healthSchema(ofDatabase)))).safeParse(JSON.parse(shown)).success,
    ).toBe(true);
  });

  test("is published with the bytes that Datadog's test holds answers against", () => {
    expect(JSON.parse(artifact("health/shop.schema.json"))).toEqual(
      JSON.parse(JSON.stringify(healthSchema(askedHealth()))),
    );
  });
});

describe("the expression of a body that serves", () => {
  const bodyOf = (whole: string, dependency: string, space: string): string =>
    JSON.stringify({ status: whole, timestamp: "", checks: { database: { status: dependency } } }, null, space);

  test("reads the service's own status, whatever its dependencies' are and however it is written", () => {
    fc.assert(
      fc.property(status, status, fc.constantFrom("", " ", "  ", "\t"), (whole, dependency, space) => {
        const body = bodyOf(whole, dependency, space);
        expect(new RegExp(servingRegex).test(body)).toBe(whole !== "unhealthy");
        expect(new RegExp(statusRegex("healthy")).test(body)).toBe(whole === "healthy");
      }),
    );
  });

  test("begins in its compact form with what Route 53 looks for", () => {
    fc.assert(
      fc.property(status, status, (whole, dependency) => {
        expect(bodyOf(whole, dependency, "").startsWith(searchString)).toBe(true);
      }),
    );
  });
});

describe("what the blackbox exporter and Prometheus are given", () => {
  test("names the module of each address", () => {
    const targets = z
      .array(z.object({ targets: z.array(z.string()), labels: z.object({ __param_module: z.string() }) }))
      .parse(JSON.parse(artifact("health/blackbox-targets.json")));
    expect(targets).toEqual([
      { targets: ["https://shop.example.com/health"], labels: { __param_module: "shop-serving" } },
    ]);
    const { modules } = z
      .object({ modules: z.record(z.string(), z.unknown()) })
      .parse(parse(artifact("health/blackbox.yml")));
    expect(Object.keys(modules)).toEqual(["shop-serving", "shop-healthy"]);
    expect(modules["shop-serving"]).toMatchObject({
      timeout: "5s",
      http: { fail_if_not_ssl: true, follow_redirects: false },
    });
  });

  test("has the module for any page where a scrape asks by it: the file takes the place of the exporter's own", () => {
    const estate = askedEstate("prod");
    const [asked] = estate.services;
    if (asked === undefined) throw new Error("no service");
    const scraped = { ...asked, service: { ...asked.service, scrapes: [blackboxProbe(["https://www.example.com/"])] } };
    const found = healthArtifacts({ ...estate, services: [scraped] }).find(
      ({ path }) => path === "health/blackbox.yml",
    );
    expect(parse(found?.content ?? "")).toMatchObject({
      modules: { http_2xx: { prober: "http" }, "shop-serving": {} },
    });
  });
});
