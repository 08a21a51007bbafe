import { expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { archiveStream } from "../../constructs/cloudwatch/archive-names";
import { aggregatorConfig } from "../../constructs/fluentd/aggregator";
import { deliveries } from "../../constructs/fluentd/route";
import { parameterOf, typeOf } from "../../constructs/fluentd/syntax";
import { scrapeJobs } from "../../constructs/prometheus/scrape-job";
import { type DefiniteCondition, leavesOf } from "../../model/definite-condition";
import { estateOf } from "../../model/estate";
import { selectionsOf } from "../../model/expression";
import { logArchiveOf } from "../../model/log-archive";
import { logCapacity } from "../../model/log-capacity";
import { logShippingOf } from "../../model/log-shipping";
import { inEnvironment } from "../../model/per-environment";
import { pipelinePorts } from "../../model/pipeline-ports";
import { metricsOf, scrapesOf } from "../../model/service";

const estates = catalog.environments.map((environment) => {
  const estate = estateOf(catalog, environment);
  const logging = estate.services.find(({ service }) => service.name === "logging");
  if (logging === undefined) throw new Error("nobody watches the logs");
  return { name: environment.name, environment, estate, logging };
});

const selectionsIn = (condition: DefiniteCondition) =>
  leavesOf(condition).flatMap((leaf) => ("expression" in leaf ? selectionsOf(leaf.expression) : []));

test.each(estates)("in $name every Fluentd is scraped, at its name and port", ({ environment, estate, logging }) => {
  const [first] = scrapeJobs(logging);
  expect(first).toMatchObject({
    job_name: "logging",
    dns_sd_configs: [{ names: [logShippingOf(environment).address], port: pipelinePorts.fluentd }],
  });
  const [fluentd] = scrapesOf(logging.service);
  expect(fluentd === undefined ? 0 : inEnvironment(fluentd.instances, environment.name)).toBe(
    logCapacity(estate).aggregators,
  );
});

test.each(estates)(
  "in $name the Fluent Bit of every service that ships logs is scraped, as none of the service's own instances",
  ({ environment, estate, logging }) => {
    const jobs = scrapeJobs(logging).filter(({ metrics_path }) => metrics_path === "/api/v2/metrics/prometheus");
    const names = jobs.flatMap(({ dns_sd_configs = [] }) => dns_sd_configs.flatMap(({ names: found }) => found));
    const shipped = logCapacity(estate).services.map(
      ({ contract }) => `${contract.service}.${environment.name}.internal`,
    );
    expect(names.sort()).toEqual([...shipped].sort());
    for (const { job_name, relabel_configs = [], metric_relabel_configs, honor_timestamps } of jobs) {
      expect(job_name).toMatch(/^logging\/fluent-bit-/);
      expect(relabel_configs).toEqual([]);
      expect(metric_relabel_configs[0]).toEqual({ target_label: "job", replacement: "logging" });
      expect(honor_timestamps).toBe(false);
    }
  },
);

test.each(estates)("in $name alerts name the outputs that Fluentd really has", ({ estate, logging }) => {
  const outputs = deliveries(aggregatorConfig(estate));
  const types = new Set(outputs.map(typeOf));
  const ids = new Set(outputs.map((output) => parameterOf(output, "@id")));
  const watched = logging.alerts.flatMap(({ condition }) => selectionsIn(condition)).flatMap(({ where }) => where);
  const valuesOf = (label: string) =>
    watched.flatMap((matcher) => (matcher.label === label && "values" in matcher ? matcher.values : []));
  // An output that somebody adds is watched, whatever its type; what is put aside in files is watched by its name.
  expect([...types].filter((type) => type !== "file" && !valuesOf("type").includes(type))).toEqual([]);
  expect([...new Set(valuesOf("plugin_id"))].sort()).toEqual(["errors", "unrouted"]);
  expect([...new Set(valuesOf("plugin_id"))].filter((id) => !ids.has(id))).toEqual([]);
});

test("the forecast looks as far ahead as production's buffers last", () => {
  const production = estates.find(({ environment }) => environment.production);
  const ahead = production?.logging.alerts
    .flatMap(({ condition }) => leavesOf(condition))
    .flatMap((leaf) => ("expression" in leaf && leaf.expression.kind === "forecast" ? [leaf.expression] : []))
    .flatMap(({ of, ahead: far }) => (of.metric.name.startsWith("fluentd_") ? [far] : []));
  expect(production === undefined ? undefined : `${logShippingOf(production.environment).outageHours}h`).toBe("4h");
  expect(ahead).toEqual(["4h"]);
});

test.each(estates)(
  "in $name the archive is watched if there is one, by its stream's name",
  ({ environment, logging }) => {
    const watching = logging.alerts.filter(({ evaluator }) => evaluator === "cloudwatch");
    expect(watching.length > 0).toBe(logArchiveOf(environment) !== undefined);
    const streams = metricsOf(logging.service).flatMap(
      ({ cloudwatch }) => cloudwatch?.dimensions["DeliveryStreamName"] ?? [],
    );
    expect(new Set(streams.map((name) => name.replace("{environment}", environment.name)))).toEqual(
      new Set([archiveStream(environment.name)]),
    );
  },
);
