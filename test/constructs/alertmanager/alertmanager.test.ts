import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { Alertmanager } from "../../../constructs/alertmanager/alertmanager";
import { exampleEstate, exampleService } from "../../support/example";

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function synthesized(services = [exampleService()]): Resources {
  const stack = new TerraformStack(new App({ stackTraces: false }), "prod");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new Alertmanager(stack, "alertmanager", exampleEstate("prod", services), {
    workspace: { id: "ws-1", arn: "arn:aws:aps:eu-west-1:222222222222:workspace/ws-1" },
    pagerKey: "${pagerduty.key}",
  });
  return JSON.parse(Testing.synth(stack)).resource;
}

const only = (type: string) => Object.entries(synthesized()[type] ?? {});

/** Statements of a policy for AMP. */
const statementsFor = (text: unknown): readonly Readonly<Record<string, unknown>>[] =>
  JSON.parse(String(text)).Statement.filter(
    ({ Principal }: { readonly Principal: { readonly Service?: string } }) => Principal.Service === "aps.amazonaws.com",
  );

describe("the alert manager of a workspace", () => {
  test("is one definition, which refers to the secret and the topics by their ARNs", () => {
    const [[, definition] = ["", {}]] = only("aws_prometheus_alert_manager_definition");
    expect(definition["workspace_id"]).toBe("ws-1");
    const text = String(definition["definition"]);
    const [[secret] = [""]] = only("aws_secretsmanager_secret");
    expect(text).toContain(`secret_arn: \${aws_secretsmanager_secret.${secret}.arn}`);
    for (const [topic] of only("aws_sns_topic")) expect(text).toContain(`topic_arn: \${aws_sns_topic.${topic}.arn}`);
    expect(text).not.toMatch(/<arn of|\$\$\{/);
  });

  test("has PagerDuty's key in a secret alone", () => {
    const [[, version] = ["", {}]] = only("aws_secretsmanager_secret_version");
    expect(version["secret_string"]).toContain("pagerduty.key");
    const { aws_secretsmanager_secret_version: _version, ...others } = synthesized();
    expect(JSON.stringify(others)).not.toContain("pagerduty.key");
  });

  test("has topics for each team that owns something and for its weekly summary, with its mail, and one for the heartbeat", () => {
    const names = only("aws_sns_topic").map(([, { name }]) => name);
    expect(names.sort()).toEqual(["prod-alerts-backend", "prod-summary-backend", "prod-watchdog"]);
    expect(only("aws_sns_topic_subscription").map(([, { endpoint, protocol }]) => [protocol, endpoint])).toEqual([
      ["email", "backend@example.com"],
      ["email", "backend@example.com"],
    ]);
  });

  test("lets AMP in on behalf of this workspace alone, to each thing", () => {
    const policies = ["aws_kms_key", "aws_secretsmanager_secret_policy", "aws_sns_topic_policy"].flatMap((type) =>
      only(type).map(([, { policy }]) => statementsFor(policy)),
    );
    expect(policies).toHaveLength(5);
    for (const statements of policies) {
      expect(statements).toHaveLength(1);
      expect(statements[0]?.["Condition"]).toEqual({
        ArnEquals: { "aws:SourceArn": "arn:aws:aps:eu-west-1:222222222222:workspace/ws-1" },
        StringEquals: { "aws:SourceAccount": "222222222222" },
      });
    }
  });

  test("keeps its addresses when a team comes before the others", () => {
    const addresses = (services: Parameters<typeof synthesized>[0]) =>
      Object.entries(synthesized(services)).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));
    const before = addresses([exampleService()]);
    const after = addresses([exampleService({ team: "support" }, "basket"), exampleService()]);
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(after.length).toBeGreaterThan(before.length);
  });
});
