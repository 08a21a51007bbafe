import type { EnvironmentOptions } from "../model/environment";

/**
 * Where the company runs: one AWS account each, so that a mistake in `dev` cannot reach customers.
 *
 * Terraform's state is a local file by default, which suits one person; a team gives each environment a bucket:
 * `state: { kind: "s3", bucket: "company-estate-prod", region: "eu-central-1" }`.
 */
export const environments = {
  dev: {
    account: "111122223333",
    region: "eu-west-1",
    retentionDays: 7,
    grafana: "https://grafana.company.com",
    // One gateway: when it is replaced a developer loses a minute of traces.
    tracing: { backends: ["jaeger"], gateways: 1, gatewayMemoryMiB: 1024 },
    elastic: {
      elasticsearch: ["https://elasticsearch.dev.company.com:9200"],
      kibana: "https://kibana.dev.company.com",
      runBy: "monitoring",
      dataNodes: { count: 1, diskGigabytes: 200 },
      snapshotBucket: "company-elasticsearch-dev",
    },
  },
  staging: {
    account: "444455556666",
    region: "eu-west-1",
    retentionDays: 30,
    // What a release did before it went to production is asked for weeks later.
    logArchive: { keepDays: 180 },
    grafana: "https://grafana.company.com",
    // Every backend of production, so that a change is tried where nobody is hurt by it, and Zipkin for the load tests' tools.
    tracing: { backends: ["jaeger", "zipkin", "xray", "datadog"] },
    elastic: {
      elasticsearch: ["https://elasticsearch.staging.company.com:9200"],
      kibana: "https://kibana.staging.company.com",
      runBy: "monitoring",
      dataNodes: { count: 3, diskGigabytes: 1_000 },
      snapshotBucket: "company-elasticsearch-staging",
    },
  },
  prod: {
    account: "777788889999",
    region: "eu-central-1",
    production: true,
    // A year of incidents can be compared with the same month of the year before.
    retentionDays: 400,
    logArchive: {
      // Financial questions come up to three years later.
      keepDays: 1096,
      // Granted by Service Quotas: at its busiest the estate sends more than the 1 MiB that this region gives by itself.
      deliveryMiBPerSecond: 5,
    },
    grafana: "https://grafana.company.com",
    // Three, so that one can be replaced at the busiest hour.
    tracing: { backends: ["jaeger", "xray", "datadog"], gateways: 3, gatewayMemoryMiB: 4096 },
    // The bucket keeps every event for an auditor; the searchable copies are short.
    logShipping: { outputs: ["elasticsearch", "cloudwatch", "s3", "datadog"], bucket: "company-logs-prod" },
    elastic: {
      elasticsearch: ["https://elasticsearch.company.com:9200"],
      kibana: "https://kibana.company.com",
      runBy: "monitoring",
      dataNodes: { count: 8, diskGigabytes: 6_000 },
      snapshotBucket: "company-elasticsearch-prod",
      // A quarter of a year can be searched in seconds; what is older is asked for once a month, and CloudWatch has it.
      retentionDays: 90,
    },
  },
} as const satisfies Readonly<Record<string, EnvironmentOptions>>;

// Tells the compiler their names, so that a misspelt environment does not compile anywhere in the catalog.
declare module "../model/register" {
  interface Register {
    environment: keyof typeof environments;
  }
}
