import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { queryable, queryProblems } from "../../incidents/page-queries";

const known = queryable(catalog);
const problems = (language: string, text: string): readonly string[] =>
  queryProblems(`# Page\n\n\`\`\`${language}\n${text}\n\`\`\`\n`, known);

describe("PromQL on a page", () => {
  test.each([
    'sum by (endpoint) (rate(http_requests_total{job="app-service",status=~"5.."}[5m]))',
    'max by (instance) (redis_memory_used_bytes{job="redis"})',
    'objective:error_budget_remaining:ratio{service="app-service",objective="latency"}',
    "count by (job) (up == 0)",
    'ALERTS{alertname="RedisDown",alertstate="firing"}',
  ])("is right when it asks for what is declared: %s", (text) => {
    expect(problems("promql", text)).toEqual([]);
  });

  test.each([
    ["a series that nobody has", "redis_memory_usd_bytes", "redis_memory_used_bytes"],
    ["a label that the series lacks", "sum by (path) (rate(http_requests_total[5m]))", '"path"'],
    ["another service's series", 'redis_up{job="database"}', 'database has no series "redis_up"'],
    ["a service that is none", 'redis_up{job="reddis"}', 'Did you mean "redis"?'],
    ["a counter's value for its rate", 'sum(http_requests_total{job="app-service"}) > 1', "counter"],
    ["what is no PromQL", "sum(rate(", "the query"],
  ])("is wrong when it has %s", (_, text, message) => {
    expect(problems("promql", text).join("\n")).toContain(message);
  });
});

describe("a question to the logs on a page", () => {
  test.each([
    "# /ecs/app-service\nfilter status_code >= 500\n| stats count(*) as errors by path",
    "# /aws/rds/instance/production\nfields @timestamp, @message\n| filter @message like /deadlock detected/",
  ])("is right when the service that logs there has such fields: %j", (text) => {
    expect(problems("insights", text)).toEqual([]);
  });

  test.each([
    ["no log group", "filter status_code >= 500", "of which log group"],
    ["a log group of nobody", "# /ecs/app-servce\nfilter status_code >= 500", 'Did you mean "/ecs/app-service"?'],
    ["a field of another service", "# /ecs/celery-worker\nfilter status_code >= 500", '"status_code"'],
    ["what is no query", "# /ecs/app-service\nfilter |", "the query"],
  ])("is wrong when it has %s", (_, text, message) => {
    expect(problems("insights", text).join("\n")).toContain(message);
  });
});

test("a block within a list is read without its indentation, and other languages are left alone", () => {
  expect(
    queryProblems("1. Look:\n\n   ```promql\n   redis_upp\n   ```\n\n```sh\nredis_upp\n```\n", known),
  ).toHaveLength(1);
});
