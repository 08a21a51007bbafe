import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { synthesize } from "../../tools/synthesize";

const out = mkdtempSync(join(tmpdir(), "estate-snapshot-"));
beforeAll(() => {
  synthesize(catalog, { outdir: out, stacks: [] });
});
afterAll(() => rmSync(out, { recursive: true }));

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const stackOf = (name: string): Json => JSON.parse(readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8"));

/** Texts that have a snapshot of their own, where they can be read: rule files and dashboards. */
const elsewhere: Readonly<Record<string, string>> = {
  data: "(the rule file of the same name)",
  config_json: "(the dashboard of the same name)",
  definition: "(the alert manager definition)",
};

/** A stack as a reader wants it: without CDKTF's own comments, and with long texts where they can be read. */
function readable(value: Json, key = ""): Json {
  if (typeof value === "string") return elsewhere[key] !== undefined && value.length > 200 ? elsewhere[key] : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => readable(item));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "//")
      .map(([name, item]) => [name, readable(item, name)]),
  );
}

describe.each(["on-call", "dev", "staging", "prod"])("the stack %s", (name) => {
  test("is what was read and agreed to", () => {
    expect(readable(stackOf(name))).toMatchSnapshot();
  });
});

describe("the rule files of production", () => {
  const folder = join(out, "artifacts", "prod", "prometheus");

  test.each(catalog.services.map((service) => service.name))("of %s are what was read and agreed to", (service) => {
    expect(readFileSync(join(folder, `${service}.rules.yaml`), "utf8")).toMatchSnapshot();
  });

  test("are all of them", () => {
    expect(readdirSync(folder).filter((name) => name.endsWith(".rules.yaml"))).toHaveLength(catalog.services.length);
  });
});

test.each(["prometheus.yml", "collector.yml", "prometheus.args"])(
  "%s of production is what was read and agreed to",
  (name) => {
    expect(readFileSync(join(out, "artifacts", "prod", "prometheus", name), "utf8")).toMatchSnapshot();
  },
);

test.each(["datadog.yaml", "statsd-mapping.yml"])("%s of production is what was read and agreed to", (name) => {
  expect(readFileSync(join(out, "artifacts", "prod", "statsd", "app-service", name), "utf8")).toMatchSnapshot();
});

test("the routes of production are what was read and agreed to", () => {
  expect(readFileSync(join(out, "artifacts", "prod", "alertmanager", "alertmanager.yaml"), "utf8")).toMatchSnapshot();
});

test.each(["app-service.schema.json", "blackbox-targets.json", "blackbox.yml"])(
  "the health file %s of production is what was read and agreed to",
  (name) => {
    expect(readFileSync(join(out, "artifacts", "prod", "health", name), "utf8")).toMatchSnapshot();
  },
);

test.each(["fluentd/fluentd.conf", "fluentd/Gemfile", "fluent-bit/analytics-backend/task-definition.json"])(
  "production's %s is what was read and agreed to",
  (path) => {
    expect(readFileSync(join(out, "artifacts", "prod", path), "utf8")).toMatchSnapshot();
  },
);

test.each(["logstash/logs-prod.conf", "logstash/pipelines.yml", "rsyslog/elasticsearch.conf"])(
  "production's way into Elasticsearch, %s, is what was read and agreed to",
  (path) => {
    expect(readFileSync(join(out, "artifacts", "prod", path), "utf8")).toMatchSnapshot();
  },
);

test.each(["analytics-backend.schema.json", "capacity.md"])(
  "production's logs/%s is what was read and agreed to",
  (file) => {
    expect(readFileSync(join(out, "artifacts", "prod", "logs", file), "utf8")).toMatchSnapshot();
  },
);

/** The dashboards of a stack, by title. */
function dashboards(stack: Json): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const visit = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key !== "config_json" || typeof item !== "string") visit(item);
      else {
        const dashboard: Json = JSON.parse(item);
        const title =
          typeof dashboard === "object" && dashboard !== null && "title" in dashboard ? dashboard["title"] : "";
        found.set(String(title), dashboard);
      }
    }
  };
  visit(stack);
  return found;
}

test("the dashboards of production are what was read and agreed to", () => {
  const all = dashboards(stackOf("prod"));
  expect([...all.keys()].sort()).toEqual([
    "Analytics Service Dashboard (prod)",
    "Performance (prod)",
    "Resources (prod)",
    "analytics-backend (prod)",
    "app-service (prod)",
    "celery-worker (prod)",
    "database (prod)",
    "hosts (prod)",
    "logging (prod)",
    "monitoring (prod)",
    "redis (prod)",
    "tracing (prod)",
    "website (prod)",
  ]);
  for (const [title, dashboard] of all) expect(dashboard).toMatchSnapshot(title);
});
