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
    grafana: "https://grafana.company.com",
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
    grafana: "https://grafana.company.com",
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
