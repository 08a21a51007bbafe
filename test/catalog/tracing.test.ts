import { expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { collectorsOf } from "../../constructs/opentelemetry/collectors";
import { logGroupOf as gatewayLogGroup } from "../../constructs/opentelemetry/delivery";
import { scrapeJobs } from "../../constructs/prometheus/scrape-job";
import { estateOf } from "../../model/estate";
import { inEnvironment } from "../../model/per-environment";
import { pipelinePorts } from "../../model/pipeline-ports";
import { scrapesOf } from "../../model/service";
import { tracePipelineOf } from "../../model/trace-pipeline";
import { tracedServices } from "../../model/tracing";

const estates = catalog.environments.map((environment) => {
  const estate = estateOf(catalog, environment);
  const tracing = estate.services.find(({ service }) => service.name === "tracing");
  if (tracing === undefined || environment.tracing === undefined) throw new Error("nobody watches the traces");
  return { name: environment.name, estate, tracing, pipeline: tracePipelineOf(environment.tracing, environment.name) };
});

test.each(estates)("in $name every gateway is scraped, at its name and port", ({ name, tracing, pipeline }) => {
  expect(scrapeJobs(tracing)[0]).toMatchObject({
    job_name: "tracing",
    dns_sd_configs: [{ names: [pipeline.gatewayHost], port: pipelinePorts.collector }],
  });
  const [gateways] = scrapesOf(tracing.service);
  expect(gateways === undefined ? 0 : inEnvironment(gateways.instances, name)).toBe(pipeline.gateways);
  expect(tracing.logGroup.name).toBe(gatewayLogGroup("gateway"));
});

test.each(estates)(
  "in $name the collector beside every service that is traced is scraped, as none of the gateways",
  ({ name, estate, tracing }) => {
    const [, ...beside] = scrapeJobs(tracing);
    const names = beside.flatMap(({ dns_sd_configs = [] }) => dns_sd_configs.flatMap(({ names: found }) => found));
    const traced = tracedServices(estate).map(({ service }) => `${service}.${name}.internal`);
    expect(names.sort()).toEqual([...traced].sort());
    for (const { relabel_configs = [] } of beside) expect(relabel_configs).toEqual([]);
  },
);

test.each(estates)("in $name each collector serves its metrics where they are scraped", ({ estate }) => {
  for (const { config } of collectorsOf(estate)) {
    const [reader] = config.service.telemetry.metrics.readers;
    expect(reader?.pull.exporter.prometheus).toMatchObject({
      host: "0.0.0.0",
      port: pipelinePorts.collector,
      // Else `otelcol_exporter_sent_spans` is `otelcol_exporter_sent_spans_total`, and every alert on it silent.
      without_type_suffix: true,
    });
  }
});
