import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate } from "../../model/estate";
import type { Pager } from "../../model/pager";
import { checked, never } from "../../model/result";
import { iamPolicy } from "../iam/document";
import { weeklySummaryFiles } from "../prometheus/weekly-summary";
import { literal } from "../terraform/literal";
import { ampDefinition, routingKeyField } from "./amp-definition";
import { alertmanagerConfig, type Receiver } from "./config";
import {
  keyStatements,
  pagesTopic,
  secretStatements,
  summaryTopic,
  teamTopic,
  topicName,
  topicStatements,
  watchdogTopic,
} from "./policies";

export interface AlertmanagerOptions {
  /** The workspace whose rules it is told by. */
  readonly workspace: { readonly id: string; readonly arn: string };
  /** Key (sensitive token) by which the environment's pager is called: PagerDuty's routing key, or Opsgenie's API key. */
  readonly pagerKey: string;
}

/** Stands for an ARN, which only a deployment knows, until the text is escaped. It occurs in no name. */
const arnHere = (of: string): string => `<arn of ${of}>`;

/** The construct of an ARN's owner. */
interface Owner {
  readonly arn: string;
}

/** The secret with the key of a pager: its construct, what it is, and the field of its JSON. */
function secretOf(pager: Pager): { readonly id: string; readonly description: string; readonly field: string } {
  switch (pager) {
    case "pagerduty":
      return {
        id: "routing-key",
        description: "Routing key of the PagerDuty event orchestration",
        field: routingKeyField,
      };
    case "opsgenie":
      return { id: "opsgenie-key", description: "Key of the Opsgenie API integration", field: "api_key" };
    default:
      return never(pager);
  }
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
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { workspace, pagerKey }: AlertmanagerOptions) {
    super(scope, id);
    const { environment } = estate;
    const config = checked(alertmanagerConfig(estate));
    const key = this.key(environment, workspace.arn);
    const secret = this.secret(estate, workspace.arn, key, pagerKey);
    const topics = this.topics(estate, config.receivers, workspace.arn, key);
    const definition = ampDefinition(config, {
      region: environment.region,
      secretArn: arnHere("the secret"),
      teamTopicArn: (team) => arnHere(teamTopic(team)),
      summaryTopicArn: (team) => arnHere(summaryTopic(team)),
      pagesTopicArn: arnHere(pagesTopic),
      watchdogTopicArn: arnHere(watchdogTopic),
    });
    const owners: readonly (readonly [string, Owner])[] = [["the secret", secret], ...topics];
    const routes = new PrometheusAlertManagerDefinition(this, "definition", {
      workspaceId: workspace.id,
      definition: owners.reduce((text, [of, { arn }]) => text.replaceAll(arnHere(of), () => arn), literal(definition)),
    });
    for (const { namespace, content } of weeklySummaryFiles(estate))
      new PrometheusRuleGroupNamespace(this, "weekly-summary", {
        name: namespace,
        workspaceId: workspace.id,
        data: literal(content),
        tags: { environment: environment.name },
        // Before there is a way for them, they would be told in the channels.
        dependsOn: [routes],
      });
  }

  private key({ name, account }: Environment, workspaceArn: string): KmsKey {
    const key = new KmsKey(this, "key", {
      description: literal(`Encrypts what alert manager reads and sends in ${name}`),
      enableKeyRotation: true,
      deletionWindowInDays: recoveryDays,
      policy: iamPolicy(keyStatements({ account, workspaceArn })),
      tags: { environment: name },
    });
    new KmsAlias(this, "key-alias", { name: literal(`alias/${name}-alertmanager`), targetKeyId: key.keyId });
    return key;
  }

  private secret(
    { environment: { name, account }, onCall: { pager } }: EnvironmentEstate,
    workspaceArn: string,
    key: KmsKey,
    pagerKey: string,
  ): SecretsmanagerSecret {
    const { id, description, field } = secretOf(pager);
    const secret = new SecretsmanagerSecret(this, id, {
      name: literal(`${name}/alertmanager/${pager}`),
      description: literal(`${description} of ${name}`),
      kmsKeyId: key.arn,
      recoveryWindowInDays: recoveryDays,
      tags: { environment: name },
    });
    new SecretsmanagerSecretVersion(this, `${id}-value`, {
      secretId: secret.id,
      // Keys of both are letters, digits and hyphens, which JSON takes as they are.
      secretString: JSON.stringify({ [field]: pagerKey }),
    });
    // AMP reads PagerDuty's alone: Opsgenie it does not know.
    if (pager === "pagerduty")
      new SecretsmanagerSecretPolicy(this, `${id}-policy`, {
        secretArn: secret.arn,
        policy: iamPolicy(secretStatements({ account, workspaceArn })),
      });
    return secret;
  }

  private topics(
    { environment, teams, onCall }: EnvironmentEstate,
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
        policy: iamPolicy(topicStatements(made.arn, { account, workspaceArn })),
      });
      return [purpose, made];
    };
    const subscribed = (scope: Construct, purpose: string, email: string): readonly [string, SnsTopic] => {
      const made = topic(scope, purpose);
      new SnsTopicSubscription(scope, "mail", { topicArn: made[1].arn, protocol: "email", endpoint: literal(email) });
      return made;
    };
    const told = teams.filter((team) =>
      receivers.some((receiver) => receiver.kind === "slack" && receiver.team === team.name),
    );
    const summaries = receivers.filter((receiver) => receiver.kind === "summary");
    const inSummaries = new Construct(this, "summaries");
    const inTeams = new Construct(this, "teams");
    return [
      topic(new Construct(this, "watchdog"), watchdogTopic),
      ...(onCall.pager === "opsgenie"
        ? teams
            .filter(({ name }) => name === onCall.support)
            .map(({ email }) => subscribed(new Construct(this, "pages"), pagesTopic, email))
        : []),
      ...summaries.map(({ team, addresses: [own = "", ...others] }): readonly [string, SnsTopic] => {
        const scope = new Construct(inSummaries, team);
        const made = subscribed(scope, summaryTopic(team), own);
        for (const address of others)
          new SnsTopicSubscription(scope, `mail-${address}`, {
            topicArn: made[1].arn,
            protocol: "email",
            endpoint: literal(address),
          });
        return made;
      }),
      ...told.map((team) => subscribed(new Construct(inTeams, team.name), teamTopic(team.name), team.email)),
    ];
  }
}
