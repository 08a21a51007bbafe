import type { EnvironmentOptions } from "../../model/environment";

export const environments = {
  sandbox: {
    account: "111122223333",
    region: "eu-west-1",
    retentionDays: 3,
    grafana: "https://grafana.company.com",
    state: { kind: "s3", bucket: "company-estate-sandbox", region: "eu-west-1" },
  },
} as const satisfies Readonly<Record<string, EnvironmentOptions>>;
