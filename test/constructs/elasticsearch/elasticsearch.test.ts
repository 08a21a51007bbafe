import { describe, expect, test } from "@jest/globals";
import catalog from "../../../catalog/catalog";
import { elasticsearchArtifacts } from "../../../constructs/elasticsearch/artifacts";
import { capacityOf } from "../../../constructs/elasticsearch/capacity";
import { lifecycleOf } from "../../../constructs/elasticsearch/lifecycle";
import { quoted } from "../../../constructs/elasticsearch/logstash-config";
import { mappingsOf } from "../../../constructs/elasticsearch/mapping";
import { logStreamsOf } from "../../../constructs/elasticsearch/stream";
import { elasticOf } from "../../../model/elastic";
import { estateOf } from "../../../model/estate";
import { number, text } from "../../../model/log-field";
import { loggingOf } from "../../../model/logging";

const estates = new Map(catalog.environments.map((each) => [each.name, estateOf(catalog, each)]));
const estateNamed = (name: string) => {
  const found = estates.get(name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
};
const prod = estateNamed("prod");
const elasticIn = (name: string) => {
  const elastic = elasticOf(estateNamed(name).environment);
  if (elastic === undefined) throw new Error(`no Elasticsearch in ${name}`);
  return elastic;
};

test("data streams are named by Elastic's scheme, in which a hyphen parts the parts", () => {
  expect(logStreamsOf(prod).map(({ name }) => name)).toEqual([
    "logs-analytics_backend-prod",
    "logs-app_service-prod",
    "logs-celery_worker-prod",
    "logs-database-prod",
  ]);
});

describe("the mapping", () => {
  const contract = (service: string, ...fields: Parameters<typeof mappingsOf>[0][number]["fields"]) => ({
    service,
    environment: "prod",
    fields,
    redactions: [],
    logging: loggingOf({}, prod.environment),
  });

  test("has a type for every field, and a text for what is hidden", () => {
    const mapped = mappingsOf(logStreamsOf(prod).map((stream) => stream.contract));
    expect(mapped.ok && mapped.value).toMatchObject({
      "@timestamp": { type: "date" },
      timestamp: { type: "alias", path: "@timestamp" },
      message: { type: "match_only_text" },
      trace_id: { type: "keyword", ignore_above: 1024 },
      duration_ms: { type: "double" },
      // Addresses are personal here, and masked: what stands in their place is no address.
      client_ip: { type: "keyword" },
    });
    const open = mappingsOf([contract("shop", text("client_ip", { description: "" }).definition)]);
    expect(open.ok && open.value["client_ip"]).toEqual({ type: "ip" });
  });

  test("refuses one name with two types, and names both services", () => {
    const conflict = mappingsOf([
      contract("shop", text("size", { description: "" }).definition),
      contract("depot", number("size", { description: "", unit: "bytes" }).definition),
    ]);
    expect(conflict).toEqual({
      ok: false,
      error: expect.stringMatching(/size is a keyword in shop, and a long in depot/),
    });
  });
});

describe("the lifecycle", () => {
  test("has the phases that the retention is worth", () => {
    const phases = (name: string) =>
      Object.entries(lifecycleOf(elasticIn(name))).map(([phase, { minAge }]) => `${phase} ${minAge}`);
    expect(phases("dev")).toEqual(["hot 0ms", "delete 7d"]);
    expect(phases("staging")).toEqual(["hot 0ms", "warm 7d", "delete 30d"]);
    expect(phases("prod")).toEqual(["hot 0ms", "warm 7d", "cold 30d", "delete 90d"]);
    expect(lifecycleOf(elasticIn("prod")).hot.rollover).toEqual({ maxPrimaryShardSize: "50gb", maxAge: "9d" });
  });
});

describe("the capacity", () => {
  test("follows from rates, sizes and days", () => {
    const capacity = capacityOf(prod);
    const [analytics] = capacity?.streams ?? [];
    // 10,000 events of 600 bytes, three tenths of the day: 155.52 GB, or 144.8 of 2^30 bytes; three shards of 50 fill in a day.
    expect(analytics?.gigabytesPerDay).toBeCloseTo(144.84, 2);
    expect(analytics?.primaries).toBe(3);
    expect(analytics?.indices).toBe(Math.ceil(90 / (150 / 144.84)) + 1);
    expect(analytics?.shards).toBe(88 * 3 * 2);
    // 10,150 events a second of 600 bytes for an hour.
    expect(capacity?.queueBytes).toBe(10_150 * 600 * 3600);
  });

  test("of disk has its parts, and two copies take twice as much", () => {
    const capacity = capacityOf(prod);
    const { hot = 0, warm = 0, cold = 0, total } = capacity?.disk ?? {};
    expect(hot + warm + cold).toBe(total);
    const perDay = (capacity?.streams ?? []).reduce((sum, { gigabytesPerDay }) => sum + gigabytesPerDay, 0);
    expect(total).toBeGreaterThanOrEqual(perDay * 99 * 2 * 1.25);
    expect(total).toBeLessThan(perDay * 99 * 2 * 1.25 + 3);
  });
});

describe("Logstash", () => {
  test("texts are written in the quotes that they do not hold", () => {
    expect(quoted("it's")).toEqual({ ok: true, value: `"it's"` });
    expect(quoted('say "yes"')).toEqual({ ok: true, value: `'say "yes"'` });
    expect(quoted(`it's "so"`).ok).toBe(false);
    expect(quoted("C:\\").ok).toBe(false);
  });

  test("the pipeline redacts, limits and routes each service's events", () => {
    const config = elasticsearchArtifacts(prod).find(({ path }) => path === "logstash/logs-prod.conf")?.content ?? "";
    expect(config).toContain('if [service] == "analytics-backend" {');
    expect(config).toContain('"client_ip" => "[redacted]"');
    expect(config).toContain('key => "analytics_backend %{workspace_id}"');
    expect(config).toContain('"[data_stream][dataset]" => "app_service"');
    expect(config).toContain('id => "undeclared-service"');
    expect(config).toContain('api_key => "${ELASTICSEARCH_API_KEY}"');
    // Every bracket closes: quotes hold some of their own, which do not count.
    const bare = config.replaceAll(/"[^"\n]*"|'[^'\n]*'|\/\^\\\{\//g, "");
    expect(bare.split("{").length).toBe(bare.split("}").length);
    expect(bare).not.toMatch(/["']/);
  });

  test("its queue is on disk, and as large as an hour at the peak", () => {
    const settings = elasticsearchArtifacts(prod).find(({ path }) => path === "logstash/pipelines.yml")?.content;
    expect(settings).toContain("queue.type: persisted\n  queue.max_bytes: 21gb\n");
  });
});
