import { describe, expect, test } from "@jest/globals";
import { storedOf } from "../../../constructs/prometheus/relabelling";
import { scrapeJobs } from "../../../constructs/prometheus/scrape-job";
import { serverConfig } from "../../../constructs/prometheus/server-config";
import { launchFlags } from "../../../constructs/prometheus/server-files";
import { environment } from "../../../model/environment";
import { health } from "../../../model/health";
import { upTo } from "../../../model/metric";
import { blackbox } from "../../../model/probe";
import {
  alertmanagers,
  blackboxProbe,
  healthyProbe,
  metricsPage,
  nodeExporter,
  pushgateway,
  type Scrape,
  servingProbe,
} from "../../../model/scrape";
import { counter } from "../../../model/telemetry";
import { scrapeSeconds } from "../../../model/time-to-page";
import { exampleEstate, exampleService } from "../../support/example";

const jobs = (...scrapes: readonly Scrape[]) =>
  exampleEstate("prod", [exampleService({ scrapes })]).services.flatMap(scrapeJobs);

describe("a scrape job", () => {
  test("is named after its service, and every other after both, under the service's job", () => {
    const [first, second] = jobs(metricsPage(), metricsPage({ name: "other", port: 81 }));
    expect([first?.job_name, first?.relabel_configs]).toEqual(["shop", undefined]);
    expect([second?.job_name, second?.relabel_configs]).toEqual([
      "shop/other",
      [{ target_label: "job", replacement: "shop" }],
    ]);
  });

  test("says which of two pages at one port it is, or their series would be the same", () => {
    const [first, second] = jobs(metricsPage(), metricsPage({ name: "custom", path: "/custom_metrics" }));
    expect(first?.relabel_configs).toBeUndefined();
    expect(second?.relabel_configs).toContainEqual({
      source_labels: ["__metrics_path__"],
      target_label: "metrics_path",
    });
  });

  test("has an interval only where it is not the global one", () => {
    const [usual, slow] = jobs(metricsPage(), nodeExporter());
    expect([usual?.scrape_interval, slow?.scrape_interval]).toEqual([undefined, "30s"]);
  });

  test("of a Pushgateway takes the service's own pushes as they were pushed, and is no instance of the service", () => {
    for (const job of [jobs(pushgateway())[0], jobs(metricsPage(), pushgateway())[1]]) {
      expect(job).toMatchObject({ job_name: "shop/pushgateway", honor_labels: true });
      expect(job?.relabel_configs).toBeUndefined();
      expect(job?.metric_relabel_configs[0]).toEqual({ source_labels: ["job"], regex: "shop", action: "keep" });
    }
    expect(jobs(metricsPage())[0]?.honor_labels).toBeUndefined();
  });

  test("of a prober asks the URL, and connects to the prober", () => {
    const [job] = jobs(
      blackboxProbe([{ default: "https://{environment}.example.com/", prod: "https://example.com/" }]),
    );
    expect(job).toMatchObject({
      metrics_path: "/probe",
      params: { module: ["http_2xx"] },
      static_configs: [{ targets: ["https://example.com/"] }],
      relabel_configs: [
        { source_labels: ["__address__"], target_label: "__param_target" },
        { source_labels: ["__param_target"], target_label: "instance" },
        { target_label: "__address__", replacement: "blackbox-exporter.prod.internal:9115" },
      ],
    });
  });

  test("of a health endpoint is one for each question: what the second sees has names and targets of its own", () => {
    const asked = health({
      url: { default: "https://shop.dev.example.com", prod: "https://shop.example.com/" },
      dependencies: [],
      probes: { default: [blackbox()] },
    });
    const [serving, healthy] = jobs(servingProbe("shop", asked), healthyProbe("shop", asked));
    for (const job of [serving, healthy])
      expect(job?.static_configs).toEqual([{ targets: ["https://shop.example.com/health"] }]);
    expect([serving?.params, healthy?.params]).toEqual([{ module: ["shop-serving"] }, { module: ["shop-healthy"] }]);
    const module = { source_labels: ["__param_module"], target_label: "module" };
    expect(healthy?.relabel_configs).toContainEqual(module);
    expect(serving?.relabel_configs).not.toContainEqual(module);
    expect(healthy?.metric_relabel_configs[0]).toEqual({
      source_labels: ["__name__"],
      regex: "probe_success",
      target_label: "__name__",
      replacement: "probe_healthy",
    });
    expect(serving?.metric_relabel_configs).not.toContainEqual(
      expect.objectContaining({ replacement: "probe_healthy" }),
    );
  });
});

test("a label without bounds is stored only where the contract has it", () => {
  const options = { help: "Events", unit: "events" } as const;
  const [, without] = storedOf([counter("events_total", options).selection.metric]);
  const labels = { user_id: upTo(5, "u-1") };
  const [, having] = storedOf([counter("events_total", { ...options, labels }).selection.metric]);
  expect(without?.source_labels).toContain("user_id");
  expect(having?.source_labels).not.toContain("user_id");
});

describe("the two roles", () => {
  const estate = exampleEstate("prod", [exampleService({ scrapes: [metricsPage(), alertmanagers()] })]);
  const [server, collector] = [serverConfig(estate, "server"), serverConfig(estate, "collector")];

  test("never evaluate the same rules twice: who writes to the workspace has none", () => {
    expect(server).toMatchObject({ rule_files: ["shop.rules.yaml", "weekly_summary.rules.yaml"] });
    expect(server.remote_write).toBeUndefined();
    expect(collector.rule_files).toBeUndefined();
    expect(collector.alerting).toBeUndefined();
    expect(collector.remote_write).toHaveLength(1);
  });

  test("scrape the same, as often as times to page are reckoned with", () => {
    expect(collector.scrape_configs).toEqual(server.scrape_configs);
    expect(server.global.scrape_interval).toBe(`${scrapeSeconds}s`);
  });

  test("alerts go to the Alertmanager that is scraped, without the replica", () => {
    expect(server.alerting).toEqual({
      alert_relabel_configs: [{ regex: "replica", action: "labeldrop" }],
      alertmanagers: [
        { api_version: "v2", dns_sd_configs: [{ names: ["alertmanager.prod.internal"], type: "A", port: 9093 }] },
      ],
    });
  });
});

test("metrics are kept as long as the environment says", () => {
  const kept = environment("prod", {
    account: "111111111111",
    region: "eu-west-1",
    retentionDays: 7,
    grafana: "https://grafana.example.com",
    metricsRetention: { serverDays: 3 },
  });
  expect(launchFlags({ ...exampleEstate(), environment: kept })).toContain("--storage.tsdb.retention.time=3d");
  expect(kept.metricsRetention.workspaceDays).toBe(150);
});
