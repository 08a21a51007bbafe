import { describe, expect, test } from "@jest/globals";
import shipped from "../../../catalog/catalog";
import { linksOf } from "../../../constructs/grafana/links";
import { estateOf } from "../../../model/estate";

const [dev] = shipped.environments;
if (dev === undefined) throw new Error("no environment");

const tracesOf = (environment: typeof dev) =>
  new Map(
    estateOf(shipped, environment).services.map((service) => [
      service.service.name,
      linksOf(service).find(({ title }) => title === "Traces"),
    ]),
  );

describe("the way from a service's dashboard to its traces", () => {
  test("is a search of the service's own traces in the environment's Jaeger", () => {
    const link = tracesOf(dev).get("app-service");
    expect(link?.url).toMatch(/^https:\/\/grafana\.company\.com\/explore\?schemaVersion=1&/);
    const panes = JSON.parse(new URL(link?.url ?? "").searchParams.get("panes") ?? "");
    expect(panes).toEqual({
      a: {
        datasource: "dev-jaeger",
        queries: [
          {
            refId: "A",
            datasource: { type: "jaeger", uid: "dev-jaeger" },
            queryType: "search",
            service: "app-service",
          },
        ],
        range: { from: "now-1d", to: "now" },
      },
    });
  });

  test("is none for what is not traced, or where Jaeger has no traces", () => {
    expect(tracesOf(dev).get("database")).toBeUndefined();
    const elsewhere = { ...dev, tracing: { backends: ["xray" as const] } };
    expect(tracesOf(elsewhere).get("app-service")).toBeUndefined();
  });
});
