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
  },
  staging: {
    account: "444455556666",
    region: "eu-west-1",
    retentionDays: 30,
    // What a release did before it went to production is asked for weeks later.
    logArchive: { keepDays: 180 },
    grafana: "https://grafana.company.com",
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
  },
} as const satisfies Readonly<Record<string, EnvironmentOptions>>;

// Tells the compiler their names, so that a misspelt environment does not compile anywhere in the catalog.
declare module "../model/register" {
  interface Register {
    environment: keyof typeof environments;
  }
}
