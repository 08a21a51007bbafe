import { describe, expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import estateCatalog from "../../../catalog/catalog";
import { partitionQuery } from "../../../constructs/cloudwatch/archive-delivery";
import { archiveQueries } from "../../../constructs/cloudwatch/archive-queries";
import { columns, partitions } from "../../../constructs/cloudwatch/archive-table";
import { crossServiceQueries } from "../../../constructs/cloudwatch/cross-service-queries";
import { liveTailOf } from "../../../constructs/cloudwatch/live-tail";
import { CloudwatchLogArchive } from "../../../constructs/cloudwatch/log-archive";
import { LogReaders } from "../../../constructs/cloudwatch/log-readers";
import { logReadingStatements, logUnmaskStatements } from "../../../constructs/cloudwatch/log-reading";
import { CloudwatchLogs } from "../../../constructs/cloudwatch/logs";
import { checkInsightsFields } from "../../../languages/insights/check-fields";
import { parseInsights } from "../../../languages/insights/parse";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { logFieldsOf } from "../../../model/service";

type Resource = Readonly<Record<string, unknown>>;

function estate(name: "dev" | "staging" | "prod"): EnvironmentEstate {
  const environment = estateCatalog.environments.find((candidate) => candidate.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return estateOf(estateCatalog, environment);
}

function synthesized(of: EnvironmentEstate): (type: string) => readonly Resource[] {
  const json = Testing.synthScope((scope) => {
    const { groups: logGroups, key } = new CloudwatchLogs(scope, "logs", of);
    new CloudwatchLogArchive(scope, "archive", of, { logGroups, key });
    new LogReaders(scope, "readers", of, { key });
  });
  const { resource = {} }: { readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>> } =
    JSON.parse(json);
  return (type) => Object.values(resource[type] ?? {});
}

const prod = synthesized(estate("prod"));
const staging = synthesized(estate("staging"));

describe("the archive", () => {
  test("is none where the environment has none", () => {
    const dev = synthesized(estate("dev"));
    for (const type of [
      "aws_s3_bucket",
      "aws_kinesis_firehose_delivery_stream",
      "aws_iam_role",
      "aws_glue_catalog_table",
    ])
      expect(dev(type)).toEqual([]);
  });

  test("takes every log group's events, by one subscription of each", () => {
    expect(prod("aws_cloudwatch_log_subscription_filter")).toHaveLength(estate("prod").services.length);
    for (const filter of prod("aws_cloudwatch_log_subscription_filter"))
      expect(filter).toMatchObject({ name: "archive", filter_pattern: "" });
  });

  test("decompresses records, folds them by service and day, and compresses the objects", () => {
    expect(prod("aws_kinesis_firehose_delivery_stream")).toMatchObject([
      {
        name: "prod-log-archive",
        extended_s3_configuration: {
          compression_format: "GZIP",
          prefix: "events/service=!{partitionKeyFromQuery:service}/day=!{timestamp:yyyy-MM-dd}/",
          error_output_prefix: "errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/",
          dynamic_partitioning_configuration: { enabled: true },
          processing_configuration: {
            processors: [
              { type: "Decompression" },
              { type: "MetadataExtraction" },
              { type: "AppendDelimiterToRecord" },
            ],
          },
        },
      },
    ]);
  });

  test("its bucket is closed, encrypted with production's own key, and moves and deletes what is old", () => {
    expect(prod("aws_s3_bucket_public_access_block")).toMatchObject([
      { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true },
    ]);
    const encryption = (resources: (type: string) => readonly Resource[]) =>
      JSON.stringify(resources("aws_s3_bucket_server_side_encryption_configuration"));
    expect(encryption(prod)).toContain('"sse_algorithm":"aws:kms"');
    expect(encryption(staging)).toContain('"sse_algorithm":"AES256"');
    expect(prod("aws_s3_bucket_lifecycle_configuration")).toMatchObject([
      {
        rule: [
          {
            id: "events",
            transition: [{ days: 90, storage_class: "GLACIER_IR" }],
            expiration: [{ days: 1096 }],
          },
          { id: "errors", expiration: [{ days: 30 }] },
          { id: "athena-results", expiration: [{ days: 30 }] },
          { id: "unfinished-uploads" },
        ],
      },
    ]);
  });

  test("each role is taken by one service for this account, and may do one thing", () => {
    const trust = prod("aws_iam_role").map(
      ({ assume_role_policy }) => JSON.parse(String(assume_role_policy)).Statement,
    );
    expect(trust).toMatchObject([
      [
        {
          Principal: { Service: "firehose.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "777788889999" } },
        },
      ],
      [
        {
          Principal: { Service: "logs.amazonaws.com" },
          Condition: { StringLike: { "aws:SourceArn": "arn:aws:logs:eu-central-1:777788889999:*" } },
        },
      ],
    ]);
    for (const { policy } of prod("aws_iam_role_policy")) {
      expect(policy).not.toMatch(/"Resource":"\*"|:\*"(?=[,\]}])(?<!s3:\*")/);
      expect(policy).not.toContain("s3:GetObject");
    }
  });

  test("the table finds the folders that the stream writes", () => {
    const [table] = prod("aws_glue_catalog_table");
    expect(table).toMatchObject({
      partition_keys: [{ name: "service" }, { name: "day" }],
      parameters: {
        "projection.service.values":
          "analytics-backend,app-service,celery-worker,database,hosts,logging,monitoring,redis,tracing,website,unknown",
        "projection.day.range": "NOW-1096DAYS,NOW",
        // Doubled, since Terraform would read it as its own.
        "storage.location.template": "s3://777788889999-prod-log-archive/events/service=$${service}/day=$${day}/",
      },
    });
  });

  test("a record's folder is told by its log group", () => {
    expect(partitionQuery(estate("prod"))).toBe(
      '{service:({"/ecs/app-service":"app-service","/ecs/celery-worker":"celery-worker","/aws/rds/instance/production":"database","/ecs/analytics-backend":"analytics-backend","/ec2/hosts":"hosts","/ecs/redis":"redis","/ecs/website-probes":"website","/ecs/monitoring":"monitoring","/ecs/fluentd":"logging","/ecs/otel-gateway":"tracing"}[.logGroup // ""] // "unknown")}',
    );
  });

  test("its questions read columns and fields that are there", () => {
    const known = new Set([...columns, ...partitions].map(({ name }) => name));
    const fields = new Set(
      estate("prod").services.flatMap(({ service }) => logFieldsOf(service).map(({ name }) => name)),
    );
    for (const { sql } of archiveQueries("prod")) {
      const asked = [...sql.matchAll(/json_extract_scalar\(message, '\$\.(\w+)'\)/g)].map(([, name = ""]) => name);
      expect(asked.filter((name) => !fields.has(name))).toEqual([]);
      for (const column of ["messagetype", "logevents", "day", "service"]) {
        expect(known).toContain(column);
        expect(sql).toContain(column);
      }
    }
    expect(prod("aws_athena_named_query")).toHaveLength(4);
  });
});

test("findings of data protection are told to a group of their own, kept as long as the logs", () => {
  const groups = prod("aws_cloudwatch_log_group").filter(({ name }) => name === "/aws/vendedlogs/prod/data-protection");
  expect(groups).toMatchObject([{ retention_in_days: 400 }]);
  expect(prod("aws_cloudwatch_log_data_protection_policy")).toHaveLength(estate("prod").services.length);
  for (const { policy_document } of prod("aws_cloudwatch_log_data_protection_policy"))
    expect(policy_document).toContain('"LogGroup":"/aws/vendedlogs/prod/data-protection"');
});

describe("questions to all services", () => {
  test("parse, and read fields that every service asked has", () => {
    const { services } = estate("prod");
    const queries = crossServiceQueries(estate("prod"));
    expect(queries.map(({ services: asked }) => asked)).toEqual(
      Array.from({ length: 3 }, () => ["app-service", "celery-worker", "analytics-backend"]),
    );
    for (const { text, services: asked } of queries) {
      const parsed = parseInsights(text);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
      for (const { service } of services.filter(({ service: { name } }) => asked.includes(name)))
        expect(checkInsightsFields(parsed.value, new Set(logFieldsOf(service).map(({ name }) => name)))).toEqual([]);
    }
  });
});

describe("people who read logs", () => {
  test("follow failures by a command for each service", () => {
    const [app, , database] = estate("prod").services.map(liveTailOf);
    expect(app).toEqual({
      service: "app-service",
      tail: `aws logs tail /ecs/app-service --follow --since 15m --filter-pattern '{ $.level = "ERROR" || $.level = "CRITICAL" }' --region eu-central-1`,
      liveTail: `aws logs start-live-tail --log-group-identifiers arn:aws:logs:eu-central-1:777788889999:log-group:/ecs/app-service --log-event-filter-pattern '{ $.level = "ERROR" || $.level = "CRITICAL" }' --region eu-central-1`,
    });
    expect(database?.tail).toContain("--filter-pattern '?ERROR ?FATAL ?PANIC ?error'");
  });

  test("may change nothing, and see what is masked by another policy only", () => {
    const actions = logReadingStatements(estate("prod")).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /:(Put|Delete|Create|Update|\*)/.test(action))).toEqual(["s3:PutObject"]);
    expect(actions).not.toContain("logs:Unmask");
    expect(logUnmaskStatements(estate("prod")).flatMap(({ Action }) => Action)).toEqual(["logs:Unmask"]);
    expect(prod("aws_iam_policy").map(({ name }) => name)).toEqual(["prod-logs-read", "prod-logs-unmask"]);
  });

  test("of an environment without an archive may ask none", () => {
    expect(logReadingStatements(estate("dev")).map(({ Sid }) => Sid)).toEqual([
      "ReadLogGroups",
      "FindThemAndTheirQueries",
    ]);
  });
});
