import { describe, expect, test } from "@jest/globals";
import { Fn, TerraformStack, Testing } from "cdktf";
import { z } from "zod";
import { Grafana } from "../../../constructs/grafana/grafana";
import { renderDashboard } from "../../../constructs/grafana/render-dashboard";
import { serviceDashboard } from "../../../dashboards/grafana/service";
import { logPanel, type Panel } from "../../../model/dashboard";
import type { EnvironmentEstate } from "../../../model/estate";
import { checked } from "../../../model/result";
import type { Service } from "../../../model/service";
import { GrafanaProvider } from "../../../providers/grafana/provider";
import { exampleEstate, exampleService } from "../../support/example";
import { dashboardOf, drawnPanels, firstService, parsedDashboard } from "./dashboard-json";

const resource = <T extends z.ZodRawShape>(shape: T) => z.record(z.string(), z.looseObject(shape));
const stackJson = z.looseObject({
  resource: z.strictObject({
    grafana_data_source: resource({
      uid: z.string(),
      name: z.string(),
      type: z.string(),
      url: z.string().optional(),
      json_data_encoded: z.string(),
      http_headers: z.record(z.string(), z.string()).optional(),
    }),
    grafana_folder_permission: resource({ folder_uid: z.string() }),
    grafana_folder: resource({ uid: z.string(), title: z.string(), prevent_destroy_if_not_empty: z.literal(true) }),
    grafana_dashboard: resource({ config_json: z.string(), folder: z.string(), overwrite: z.literal(true) }),
  }),
});

function synthesized(
  estate: EnvironmentEstate,
  prometheusUrl = "https://prometheus.example.com",
  elasticsearchKey?: string,
) {
  const stack = new TerraformStack(Testing.app(), "test");
  new GrafanaProvider(stack, "provider", { url: estate.environment.grafana });
  new Grafana(stack, "grafana", estate, { prometheusUrl, routingKey: "from-the-orchestration", elasticsearchKey });
  return stackJson.parse(JSON.parse(Testing.synth(stack))).resource;
}

const withServices = (...services: readonly Service[]) => synthesized(exampleEstate("prod", services));

/** What Terraform hands to the provider: its templates read, of which only escapes may be left. */
function read(template: string): string {
  expect(template.replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
  return template.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

describe("data sources", () => {
  const sources = Object.values(synthesized(exampleEstate()).grafana_data_source);

  test("Prometheus is asked with Grafana's own credentials, in the environment's region", () => {
    const prometheus = sources.find(({ uid }) => uid === "prod-prometheus");
    expect(prometheus).toMatchObject({
      name: "Prometheus (prod)",
      type: "grafana-amazonprometheus-datasource",
      url: "https://prometheus.example.com",
    });
    expect(JSON.parse(prometheus?.json_data_encoded ?? "")).toEqual({
      httpMethod: "POST",
      manageAlerts: false,
      sigV4Auth: true,
      sigV4AuthType: "default",
      sigV4Region: "eu-west-1",
    });
  });

  test("and so is CloudWatch", () => {
    const cloudwatch = sources.find(({ uid }) => uid === "prod-cloudwatch");
    expect(cloudwatch).toMatchObject({ name: "CloudWatch (prod)", type: "cloudwatch" });
    expect(JSON.parse(cloudwatch?.json_data_encoded ?? "")).toEqual({
      authType: "default",
      defaultRegion: "eu-west-1",
    });
  });

  test("there are no others, and every dashboard's queries go to them", () => {
    const { grafana_data_source, grafana_dashboard } = synthesized(exampleEstate());
    const known = Object.values(grafana_data_source).map(({ uid }) => uid);
    const [config] = Object.values(grafana_dashboard).map(({ config_json }) => parsedDashboard(read(config_json)));
    if (config === undefined) throw new Error("no dashboard");
    const asked = drawnPanels(config).flatMap(({ targets }) => targets?.map(({ datasource }) => datasource.uid) ?? []);
    expect(asked.length).toBeGreaterThan(0);
    expect(known.sort()).toEqual([...new Set(asked)].sort());
  });

  test("an address that is not known yet stays a reference", () => {
    const { grafana_data_source } = synthesized(exampleEstate(), Fn.join("", ["https://", "later"]));
    expect(Object.values(grafana_data_source).map(({ url }) => url)).toContain('${join("", ["https://", "later"])}');
  });
});

describe("Elasticsearch", () => {
  const estate = exampleEstate("prod");
  const elastic = {
    elasticsearch: ["https://search.example.com:9200"],
    kibana: "https://kibana.example.com",
    runBy: "shop",
    dataNodes: { count: 1, diskGigabytes: 10 },
    snapshotBucket: "snapshots",
  };
  const withElastic = { ...estate, environment: { ...estate.environment, elastic } };
  const keyed = (one: EnvironmentEstate, key: string | undefined) =>
    Object.values(synthesized(one, "https://p.example.com", key).grafana_data_source).find(
      ({ type }) => type === "elasticsearch",
    );

  test("is asked with the key that Terraform made, which the provider sends as a header and calls a secret", () => {
    const source = keyed(withElastic, "made-by-terraform");
    expect(source).toMatchObject({ uid: "prod-elasticsearch", url: "https://search.example.com:9200" });
    expect(source?.http_headers).toEqual({ Authorization: "ApiKey made-by-terraform" });
    // The provider refuses settings that name headers: it writes them itself.
    expect(source?.json_data_encoded).not.toMatch(/httpHeader|made-by-terraform/);
  });

  test("is nothing of an environment without it", () => {
    expect(keyed(estate, undefined)).toBeUndefined();
    expect(keyed(withElastic, undefined)).toBeUndefined();
  });
});

describe("folders", () => {
  test("there is one for every team that owns a service, and no other", () => {
    const folders = withServices(
      exampleService({}, "api"),
      exampleService({}, "shop"),
      exampleService({ team: "support" }, "desk"),
    ).grafana_folder;
    expect(Object.values(folders).map(({ uid, title }) => [uid, title])).toEqual([
      ["prod-backend", "Backend (prod)"],
      ["prod-support", "Support (prod)"],
    ]);
  });

  test("a dashboard is in its team's folder", () => {
    const { grafana_folder, grafana_dashboard } = withServices(exampleService({ team: "support" }, "desk"));
    const [folder] = Object.keys(grafana_folder);
    expect(Object.values(grafana_dashboard).map((dashboard) => dashboard.folder)).toEqual([
      `\${grafana_folder.${folder}.uid}`,
    ]);
  });
});

describe("dashboards", () => {
  test("are what was rendered", () => {
    const estate = exampleEstate();
    const service = firstService(estate);
    const [dashboard, ...others] = Object.values(synthesized(estate).grafana_dashboard);
    expect(others).toEqual([]);
    expect(read(dashboard?.config_json ?? "")).toBe(
      checked(renderDashboard(serviceDashboard(service.service), service)),
    );
  });

  test("Grafana's own variables reach Grafana, not Terraform", () => {
    const interpolated: Panel = logPanel("logs", "${__from} and %{if}", 'fields "${__value.raw}"', "$${doubled}");
    const { grafana_dashboard } = withServices(exampleService({ dashboards: [dashboardOf(interpolated)] }));
    const panels = Object.values(grafana_dashboard).flatMap(({ config_json }) =>
      drawnPanels(parsedDashboard(read(config_json))),
    );
    expect(panels).toContainEqual(
      expect.objectContaining({
        title: "${__from} and %{if}",
        description: "$${doubled}",
        targets: [expect.objectContaining({ expression: 'fields "${__value.raw}"' })],
      }),
    );
  });
});

describe("addresses in Terraform come from names", () => {
  const addresses = (...services: readonly Service[]) => {
    const { grafana_dashboard, grafana_folder, grafana_data_source } = withServices(...services);
    return [grafana_dashboard, grafana_folder, grafana_data_source].flatMap((all) => Object.keys(all));
  };

  test("a service added or moved changes no other's", () => {
    const [api, shop] = [exampleService({}, "api"), exampleService({}, "shop")];
    const before = addresses(shop);
    expect(before).toHaveLength(4);
    expect(addresses(api, shop)).toEqual(expect.arrayContaining(before));
    expect(addresses(shop, api).sort()).toEqual(addresses(api, shop).sort());
  });

  test("a service may be named like anything that Grafana has", () => {
    const services = ["prometheus", "cloudwatch", "folder-backend", "backend"].map((name) => exampleService({}, name));
    expect(new Set(addresses(...services)).size).toBe(4 + 1 + 2);
  });
});
