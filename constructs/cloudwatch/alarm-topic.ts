import type { Environment } from "../../model/environment";
import type { Severity } from "../../model/severity";
import type { IamStatement } from "../iam/document";

type Where = Pick<Environment, "name" | "account" | "region">;

/**
 * The SNS topic that alarms of a severity are told to. One for each: nothing else in what CloudWatch sends says how bad it is
 * in a form that a rule can read with certainty.
 */
export const alarmTopicName = (environment: string, severity: Severity): string =>
  `${environment}-alarms-${severity.toLowerCase()}`;

/** What the ARN of a topic ends with; the whole of it is known only with account and region. */
export const alarmTopicArn = ({ name, account, region }: Where, severity: Severity): string =>
  `arn:aws:sns:${region}:${account}:${alarmTopicName(name, severity)}`;

/**
 * Who may publish to a topic of alarms: CloudWatch, for alarms of this account and region only. It takes the place of the default
 * policy, which lets every principal of the account publish.
 * Sources: CloudWatch user guide, "Notifying users on alarm changes" (service principal); Amazon SNS developer guide, "Example cases
 * for Amazon SNS access control" (`aws:SourceAccount`, `aws:SourceArn`).
 */
export const alarmTopicStatements = (where: Where, severity: Severity): readonly IamStatement[] => [
  {
    Sid: "AlarmsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: alarmTopicArn(where, severity),
    Condition: {
      StringEquals: { "aws:SourceAccount": where.account },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${where.region}:${where.account}:alarm:*` },
    },
  },
];

/**
 * Where PagerDuty takes what SNS delivers, for an event orchestration's routing key; it confirms the subscription by itself.
 * Source: PagerDuty knowledge base, Amazon CloudWatch integration guide (integration URL).
 */
export const pagerDutyEndpoint = (routingKey: string): string => `https://events.pagerduty.com/x-ere/${routingKey}`;
