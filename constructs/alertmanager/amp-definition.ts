import { stringify } from "yaml";
import { never } from "../../model/result";
import type { AlertmanagerConfig, Receiver } from "./config";
import { sharedDocument } from "./document";
import { ampAlertManagerLimits } from "./limits";
import { pagerDutyConfig } from "./pagerduty-receiver";
import { bodyText, subjectText } from "./text";
import { weeklySubjectText, weeklyText } from "./weekly-text";
import { configYaml } from "./yaml";

/** What the definition refers to, and only a deployment knows. */
export interface AmpReferences {
  readonly region: string;
  /** ARN of the secret with PagerDuty's routing key. */
  readonly secretArn: string;
  /** ARN of a team's topic. */
  readonly teamTopicArn: (team: string) => string;
  /** ARN of the topic of a team's weekly summary. */
  readonly summaryTopicArn: (team: string) => string;
  /** ARN of the topic of pages, for a pager that AMP does not know. */
  readonly pagesTopicArn: string;
  /** ARN of the heartbeat's topic. */
  readonly watchdogTopicArn: string;
}

/** Key of the secret's JSON under which the routing key is. */
export const routingKeyField = "routing_key";

/** Source: AMP user guide, "Use PagerDuty as an alert receiver". */
const routingKey = (secretArn: string) => ({
  aws_secrets_manager: { secret_arn: secretArn, secret_key: routingKeyField, refresh_interval: "5m" },
});

/** Source: Alertmanager, Configuration, "<sns_config>"; AMP user guide, "Specify your Amazon SNS topic". */
const snsConfig = (topicArn: string, region: string, sendResolved: boolean) => ({
  send_resolved: sendResolved,
  topic_arn: topicArn,
  sigv4: { region },
  subject: subjectText(ampAlertManagerLimits.subjectLength),
  message: bodyText,
});

/**
 * AMP knows SNS and PagerDuty alone. A team's topic takes what its Slack channel would, and its mail is subscribed to it. The digest is
 * left out, with its way: that mail has said the same already.
 */
function receiverDocument(environment: string, receiver: Receiver, references: AmpReferences): readonly object[] {
  const { name } = receiver;
  const { region, secretArn, teamTopicArn, summaryTopicArn, pagesTopicArn, watchdogTopicArn } = references;
  switch (receiver.kind) {
    case "pagerduty":
      return [
        {
          name,
          pagerduty_configs: [{ routing_key: routingKey(secretArn), ...pagerDutyConfig(environment, receiver) }],
        },
      ];
    case "slack":
      return [{ name, sns_configs: [snsConfig(teamTopicArn(receiver.team), region, true)] }];
    case "digest":
      return [];
    // A topic of its own, so that whoever subscribes to a week is not sent every alert of it.
    case "summary":
      return [
        {
          name,
          sns_configs: [
            {
              ...snsConfig(summaryTopicArn(receiver.team), region, false),
              subject: weeklySubjectText,
              message: weeklyText,
            },
          ],
        },
      ];
    // A topic that the support team's mail is subscribed to: nobody is called, and nothing is silent.
    case "opsgenie":
      return [{ name, sns_configs: [snsConfig(pagesTopicArn, region, true)] }];
    case "watchdog":
    case "heartbeat":
      return [{ name, sns_configs: [snsConfig(watchdogTopicArn, region, false)] }];
    default:
      return never(receiver);
  }
}

/** The configuration without the digests. */
export function withoutDigests(config: AlertmanagerConfig): AlertmanagerConfig {
  const left = config.receivers.filter(({ kind }) => kind !== "digest");
  const names = new Set(left.map(({ name }) => name));
  return {
    ...config,
    receivers: left,
    route: { ...config.route, routes: config.route.routes.filter(({ receiver }) => names.has(receiver)) },
  };
}

/** The alert manager definition: the configuration as one text below a key of AMP's. */
export function ampDefinition(config: AlertmanagerConfig, references: AmpReferences): string {
  const here = withoutDigests(config);
  const text = configYaml(
    {
      ...sharedDocument(here),
      receivers: here.receivers.flatMap((receiver) => receiverDocument(here.environment, receiver, references)),
    },
    here,
  );
  return stringify({ alertmanager_config: text }, { lineWidth: 0, blockQuote: "literal" });
}
