import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { Team } from "../model/team";
import { owners } from "./generate";
import type { plainEnvironment } from "./plain-environment";
import type { PlainInputs } from "./plain-inputs";

type Environment = PlainInputs["environments"][number];

/** The alert manager of an environment, as the plain loop has it: there once, whatever the number of services. */
export function plainAlertmanager(
  { stack, workspace, routingKey }: ReturnType<typeof plainEnvironment>,
  { name, account, alertManager }: Environment,
  teams: readonly Team[],
): void {
  const tags = { environment: name };
  const policy = (Action: string | readonly string[], Resource: string, before: readonly object[] = []): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        ...before,
        {
          Sid: "AlertManagerOfThisWorkspace",
          Effect: "Allow",
          Principal: { Service: "aps.amazonaws.com" },
          Action,
          Resource,
          Condition: {
            ArnEquals: { "aws:SourceArn": workspace.arn },
            StringEquals: { "aws:SourceAccount": account },
          },
        },
      ],
    });
  const administration = {
    Sid: "AdministrationThroughIam",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const key = new KmsKey(stack, "alert-key", {
    description: `Encrypts what alert manager reads and sends in ${name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policy(["kms:Decrypt", "kms:GenerateDataKey*"], "*", [administration]),
    tags,
  });
  new KmsAlias(stack, "alert-alias", { name: `alias/${name}-alertmanager`, targetKeyId: key.keyId });
  const secret = new SecretsmanagerSecret(stack, "secret", {
    name: `${name}/alertmanager/pagerduty`,
    description: `Routing key of the PagerDuty event orchestration of ${name}`,
    kmsKeyId: key.arn,
    recoveryWindowInDays: 30,
    tags,
  });
  new SecretsmanagerSecretVersion(stack, "secret-value", {
    secretId: secret.id,
    secretString: JSON.stringify({ routing_key: routingKey }),
  });
  new SecretsmanagerSecretPolicy(stack, "secret-policy", {
    secretArn: secret.arn,
    policy: policy("secretsmanager:GetSecretValue", "*"),
  });
  const topic = (purpose: string): SnsTopic => {
    const made = new SnsTopic(stack, `topic-${purpose}`, {
      name: `${name}-${purpose}`,
      kmsMasterKeyId: key.keyId,
      tags,
    });
    new SnsTopicPolicy(stack, `topic-policy-${purpose}`, {
      arn: made.arn,
      policy: policy(["sns:Publish", "sns:GetTopicAttributes"], made.arn),
    });
    return made;
  };
  let definition = alertManager
    .replaceAll("<secret>", () => secret.arn)
    .replaceAll("<watchdog>", () => topic("watchdog").arn);
  for (const team of teams.filter((each) => owners.some((owner) => owner.team === each.name))) {
    const made = topic(`alerts-${team.name}`);
    new SnsTopicSubscription(stack, `mail-${team.name}`, {
      topicArn: made.arn,
      protocol: "email",
      endpoint: team.email,
    });
    definition = definition.replaceAll(`<alerts-${team.name}>`, () => made.arn);
  }
  new PrometheusAlertManagerDefinition(stack, "definition", { workspaceId: workspace.id, definition });
}
