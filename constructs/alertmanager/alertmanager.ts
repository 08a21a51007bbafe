import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { literal } from "../terraform/literal";
import { ampDefinition, routingKeyField } from "./amp-definition";
import { alertmanagerConfig, type Receiver } from "./config";
import { keyPolicy, secretPolicy, teamTopic, topicName, topicPolicy, watchdogTopic } from "./policies";

export interface AlertmanagerOptions {
  /** The workspace whose rules it is told by. */
  readonly workspace: { readonly id: string; readonly arn: string };
  /** Routing key (sensitive token) of the environment's PagerDuty event orchestration. */
  readonly routingKey: string;
}

/** Stands for an ARN, which only a deployment knows, until the text is escaped. It occurs in no name. */
const arnHere = (of: string): string => `<arn of ${of}>`;

/** The construct of an ARN's owner. */
interface Owner {
  readonly arn: string;
}

/** Days in which a deleted secret or key can be brought back: the longest that both offer. */
const recoveryDays = 30;

/**
 * The alert manager of an environment's AMP workspace: the same routes, groups, inhibitions and maintenance windows as the file for an
 * Alertmanager of one's own, with the receivers that AMP has. PagerDuty's key is a secret of Secrets Manager, which AMP reads; a
 * topic of SNS per team takes what its channel would, with the team's mail subscribed. Whoever has the mailbox confirms the
 * subscription once.
 * @throws Error on what the checks refuse; they run first.
 */
export class Alertmanager extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { workspace, routingKey }: AlertmanagerOptions) {
    super(scope, id);
    const { environment } = estate;
    const config = checked(alertmanagerConfig(estate));
    const key = this.key(environment, workspace.arn);
    const secret = this.secret(environment, workspace.arn, key, routingKey);
    const topics = this.topics(estate, config.receivers, workspace.arn, key);
    const definition = ampDefinition(config, {
      region: environment.region,
      secretArn: arnHere("the secret"),
      teamTopicArn: (team) => arnHere(teamTopic(team)),
      watchdogTopicArn: arnHere(watchdogTopic),
    });
    const owners: readonly (readonly [string, Owner])[] = [["the secret", secret], ...topics];
    new PrometheusAlertManagerDefinition(this, "definition", {
      workspaceId: workspace.id,
      definition: owners.reduce((text, [of, { arn }]) => text.replaceAll(arnHere(of), () => arn), literal(definition)),
    });
  }

  private key({ name, account }: Environment, workspaceArn: string): KmsKey {
    const key = new KmsKey(this, "key", {
      description: literal(`Encrypts what alert manager reads and sends in ${name}`),
      enableKeyRotation: true,
      deletionWindowInDays: recoveryDays,
      policy: JSON.stringify(keyPolicy({ account, workspaceArn })),
      tags: { environment: name },
    });
    new KmsAlias(this, "key-alias", { name: literal(`alias/${name}-alertmanager`), targetKeyId: key.keyId });
    return key;
  }

  private secret(
    { name, account }: Environment,
    workspaceArn: string,
    key: KmsKey,
    routingKey: string,
  ): SecretsmanagerSecret {
    const secret = new SecretsmanagerSecret(this, "routing-key", {
      name: literal(`${name}/alertmanager/pagerduty`),
      description: literal(`Routing key of the PagerDuty event orchestration of ${name}`),
      kmsKeyId: key.arn,
      recoveryWindowInDays: recoveryDays,
      tags: { environment: name },
    });
    new SecretsmanagerSecretVersion(this, "routing-key-value", {
      secretId: secret.id,
      // PagerDuty's keys are letters and digits, which JSON takes as they are.
      secretString: JSON.stringify({ [routingKeyField]: routingKey }),
    });
    new SecretsmanagerSecretPolicy(this, "routing-key-policy", {
      secretArn: secret.arn,
      policy: JSON.stringify(secretPolicy({ account, workspaceArn })),
    });
    return secret;
  }

  private topics(
    { environment, teams }: EnvironmentEstate,
    receivers: readonly Receiver[],
    workspaceArn: string,
    key: KmsKey,
  ): readonly (readonly [purpose: string, topic: SnsTopic])[] {
    const { name, account } = environment;
    const topic = (scope: Construct, purpose: string): readonly [string, SnsTopic] => {
      const made = new SnsTopic(scope, "topic", {
        name: literal(topicName(name, purpose)),
        kmsMasterKeyId: key.keyId,
        tags: { environment: name },
      });
      new SnsTopicPolicy(scope, "policy", {
        arn: made.arn,
        policy: JSON.stringify(topicPolicy(made.arn, { account, workspaceArn })),
      });
      return [purpose, made];
    };
    const told = teams.filter((team) =>
      receivers.some((receiver) => receiver.kind === "slack" && receiver.team === team.name),
    );
    const inTeams = new Construct(this, "teams");
    return [
      topic(new Construct(this, "watchdog"), watchdogTopic),
      ...told.map((team) => {
        const scope = new Construct(inTeams, team.name);
        const made = topic(scope, teamTopic(team.name));
        new SnsTopicSubscription(scope, "mail", {
          topicArn: made[1].arn,
          protocol: "email",
          endpoint: literal(team.email),
        });
        return made;
      }),
    ];
  }
}
