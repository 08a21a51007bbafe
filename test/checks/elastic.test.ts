import { describe, expect, test } from "@jest/globals";
import { checkElastic } from "../../checks/elastic";
import { unmonitored } from "../../model/alert";
import type { Elastic } from "../../model/elastic";
import { estateOf } from "../../model/estate";
import { number, text } from "../../model/log-field";
import { telemetry } from "../../model/telemetry";
import { exampleCatalog, exampleService } from "../support/example";

const elastic: Elastic = {
  elasticsearch: ["https://search.example.com:9200"],
  kibana: "https://kibana.example.com",
  runBy: "shop",
  dataNodes: { count: 3, diskGigabytes: 1_000 },
  snapshotBucket: "saved",
};

const bare = { alerts: unmonitored("not what is tested"), queries: [], logMetrics: [] };

/** What is found in production of the example catalog, whose logs are kept for 90 days. */
function found(options: Partial<Elastic>, services = [exampleService()]): readonly string[] {
  const catalog = exampleCatalog(services);
  const environment = catalog.environments.find(({ production }) => production);
  if (environment === undefined) throw new Error("the example has a production");
  const estate = estateOf(catalog, { ...environment, elastic: { ...elastic, ...options } });
  return checkElastic(estate, catalog).map(({ id, message, fix }) => `${id}: ${message}; ${fix}`);
}

const busy = (peakEventsPerSecond: number) => [exampleService({ logging: { peakEventsPerSecond } })];
const withField = (name: string, field: string, of: typeof text | typeof number) =>
  exampleService(
    {
      ...bare,
      telemetry: [telemetry(`${name}-logs`, { metrics: {}, logFields: { field: of(field, { description: "" }) } })],
    },
    name,
  );

describe("a cluster", () => {
  test("that is large enough has nothing to mend", () => {
    expect(found({})).toEqual([]);
  });

  test("has the disk for what is logged, and is told how many nodes have it", () => {
    // 1,000 events of 600 bytes, three tenths of the day, are 14.48 GB; 99 days, two copies and a quarter more are 3,585.
    expect(found({}, busy(1_000))).toEqual([
      "elastic/disk: the logs take 3586 GB of disk, and the nodes have 3000; write 4 nodes, or keep events for less time",
    ]);
    expect(found({ dataNodes: { count: 4, diskGigabytes: 1_000 } }, busy(1_000))).toEqual([]);
  });

  test("has no more shards than its nodes hold", () => {
    const many = found({ dataNodes: { count: 1, diskGigabytes: 1_000_000 } }, busy(100_000));
    expect(many).toEqual([
      expect.stringMatching(/^elastic\/shards: the logs make \d+ shards, and 1 nodes hold 1000; write \d+ nodes/),
    ]);
  });

  test("has an address", () => {
    expect(found({ elasticsearch: [] })).toEqual([expect.stringContaining("there is no address")]);
  });
});

describe("log fields", () => {
  test("of one name have one type in all services", () => {
    expect(found({}, [withField("shop", "size", text), withField("depot", "size", number)])).toEqual([
      expect.stringContaining("size is a double in depot, and a keyword in shop"),
    ]);
  });

  test("have names that an ingest pipeline can say", () => {
    expect(found({}, [withField("shop", "http.status", text)])).toEqual([
      expect.stringMatching(/^elastic\/field-name: the log field "http.status"/),
    ]);
  });

  test("leave Fluentd's own to it, which says that an event has been redacted", () => {
    expect(found({}, [withField("shop", "collector", text)])).toEqual([
      expect.stringMatching(/^elastic\/field-name: the log field "collector" is Fluentd's own/),
    ]);
  });

  test("are not more than an index takes", () => {
    const many = Object.fromEntries(
      [...Array(1_000).keys()].map((index) => [`f${index}`, text(`f${index}`, { description: "" })]),
    );
    const large = exampleService({ ...bare, telemetry: [telemetry("large-logs", { metrics: {}, logFields: many })] });
    expect(found({}, [large])).toEqual([expect.stringMatching(/^elastic\/fields: .* 1002 log fields/)]);
  });
});
