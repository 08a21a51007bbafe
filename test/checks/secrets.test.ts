import { describe, expect, test } from "@jest/globals";
import { checkOutput } from "../../checks/output";
import { secretIn } from "../../checks/secrets";
import { exampleCatalog } from "../support/example";

/** Built of parts, so that no scanner of repositories takes them for leaks. */
const token = `ghp_${"a1B2".repeat(9)}`;

describe("what looks like a secret", () => {
  test.each([
    ["an AWS access key", `key AKIA${"ABCDEFGHIJKLMNOP"}`],
    ["a GitHub token", token],
    ["a Slack token", `xoxb-${"1234567890-abcdef"}`],
    ["a Slack webhook", `https://hooks.slack.com/services/${"T0001/B0001/abcdef"}`],
    ["a Grafana token", `glsa_${"abcdefghijklmnopqrstuvwx"}`],
    ["a private key", `-----BEGIN RSA ${"PRIVATE KEY"}-----`],
    ["a password in a URL", `postgres://app:${"hunter22"}@db.example.com/app`],
    ["a credential", `api_key = ${"0123456789abcdef0123456789abcdef"}`],
  ])("%s", (kind, text) => {
    expect(secretIn(text)).toBe(kind);
  });

  test.each([
    'sum(rate(http_requests_total{job="shop"}[5m])) > 0.01',
    "https://runbooks.example.com/high-error-rate",
    "${aws_kms_key.cloudwatch_key_ECCE2C7F.arn}",
    "fields @timestamp | filter token = 'expired'",
    "The routing key comes from the event orchestration",
    "user@example.com",
  ])("ordinary text is none: %s", (text) => {
    expect(secretIn(text)).toBeUndefined();
  });
});

describe("secrets in the output", () => {
  const document = (message: string): string =>
    JSON.stringify({
      resource: {
        datadog_monitor: { id: { "//": { metadata: { path: "prod/datadog/shop/HighErrorRate" } }, message } },
      },
    });

  test("are told with the service, the alert and the argument that hold them", () => {
    expect(checkOutput(exampleCatalog(), { path: "stacks/prod/cdk.tf.json", text: document(token) })).toEqual([
      expect.objectContaining({
        id: "secret/literal",
        where: expect.objectContaining({ service: "shop", rule: "HighErrorRate", field: "datadog_monitor.id.message" }),
      }),
    ]);
  });

  test("a clean file has none", () => {
    expect(checkOutput(exampleCatalog(), { path: "stacks/prod/cdk.tf.json", text: document("all is well") })).toEqual(
      [],
    );
  });

  test("are found in artifacts too", () => {
    expect(
      checkOutput(exampleCatalog(), { path: "artifacts/prod/prometheus/shop.rules.yaml", text: `summary: ${token}` }),
    ).toHaveLength(1);
  });
});
