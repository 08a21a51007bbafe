import { accountAdministers, type IamStatement } from "../iam/document";

/** Amazon Managed Service for Prometheus, as a caller of other services. */
const amp = { Service: "aps.amazonaws.com" } as const;

/** The one workspace on whose behalf AMP may act. */
export interface Workspace {
  readonly account: string;
  readonly workspaceArn: string;
}

/** AMP on behalf of this workspace alone, so that no other account can make it act here (the confused deputy). */
const onlyFor = ({ account, workspaceArn }: Workspace): Required<Pick<IamStatement, "Condition">> => ({
  Condition: { ArnEquals: { "aws:SourceArn": workspaceArn }, StringEquals: { "aws:SourceAccount": account } },
});

/**
 * Who may use the key of the secret and the topics. AMP needs a key of the account's own: a policy of AWS' default keys cannot be
 * written, and theirs does not let another service in.
 * Sources: AMP user guide, "Give Amazon Managed Service for Prometheus permission to send alert messages to your Amazon SNS topic"; AWS KMS,
 * "Default key policy".
 */
export const keyStatements = (workspace: Workspace): readonly IamStatement[] => [
  accountAdministers(workspace.account),
  {
    Sid: "AlertManagerOfThisWorkspace",
    Effect: "Allow",
    Principal: amp,
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    ...onlyFor(workspace),
  },
];

/** Who may read the secret. Source: AMP user guide, "Use PagerDuty as an alert receiver". */
export const secretStatements = (workspace: Workspace): readonly IamStatement[] => [
  {
    Sid: "AlertManagerOfThisWorkspace",
    Effect: "Allow",
    Principal: amp,
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
    ...onlyFor(workspace),
  },
];

/** Who may publish to a topic. Source: as for the key. */
export const topicStatements = (topicArn: string, workspace: Workspace): readonly IamStatement[] => [
  {
    Sid: "AlertManagerOfThisWorkspace",
    Effect: "Allow",
    Principal: amp,
    Action: ["sns:Publish", "sns:GetTopicAttributes"],
    Resource: topicArn,
    ...onlyFor(workspace),
  },
];

/** Name of a topic of an environment: of a team's alerts, or of the heartbeat. */
export const topicName = (environment: string, purpose: string): string => `${environment}-${purpose}`;

/** What a team's topic is for. */
export const teamTopic = (team: string): string => `alerts-${team}`;

/** What the topic of a team's weekly summary is for. */
export const summaryTopic = (team: string): string => `summary-${team}`;

/** What the topic of pages is for, where AMP does not know the pager. No team's begins so. */
export const pagesTopic = "pages";

/** What the heartbeat's topic is for. No team's begins so. */
export const watchdogTopic = "watchdog";
