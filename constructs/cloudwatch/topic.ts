import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { Severity } from "../../model/severity";
import { iamPolicy } from "../iam/document";
import { routingKeyOf } from "../pagerduty/routing-key";
import { literal, literals } from "../terraform/literal";
import { alarmTopicName, alarmTopicStatements, pagerDutyEndpoint } from "./alarm-topic";

/** A topic of alarms. */
export interface TopicOptions {
  readonly where: Pick<Environment, "name" | "account" | "region">;
  readonly severity: Severity;
  /** Routing key of the environment's PagerDuty event orchestration. */
  readonly routingKey: string | undefined;
  /** Whether it is in another region than the stack's provider. Default: false. */
  readonly elsewhere?: boolean;
}

/** Adds a topic for alarms of one severity, and its way to PagerDuty; yields its ARN (token). */
export function addTopic(scope: Construct, { where, severity, routingKey, elsewhere = false }: TopicOptions): string {
  const within = new Construct(scope, severity.toLowerCase());
  const place = elsewhere ? { region: where.region } : {};
  const topic = new SnsTopic(within, "topic", {
    ...place,
    name: literal(alarmTopicName(where.name, severity)),
    tags: literals({ environment: where.name }),
  });
  const { arn } = topic;
  new SnsTopicPolicy(within, "policy", {
    ...place,
    arn,
    policy: literal(iamPolicy(alarmTopicStatements(where, severity))),
  });
  new SnsTopicSubscription(within, "pagerduty", {
    ...place,
    topicArn: arn,
    protocol: "https",
    endpoint: pagerDutyEndpoint(routingKeyOf(routingKey)),
    endpointAutoConfirms: true,
  });
  return arn;
}
