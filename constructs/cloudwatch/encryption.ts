import type { Environment } from "../../model/environment";
import { accountAdministers, type IamStatement } from "../iam/document";

/** Days in which a deleted key can still be brought back: the longest that KMS offers, since without it its logs are lost. */
export const keyDeletionWindowDays = 30;

/** The alias that people find an environment's logs key by. */
export const logsKeyAlias = (environment: string): string => `alias/${environment}-logs`;

/**
 * Who may use the key that encrypts an environment's logs: the account, and CloudWatch Logs of its region, for log groups of this account only. A key
 * policy's `Resource` is always the key itself.
 * Sources: CloudWatch Logs, "Encrypt log data in CloudWatch Logs using AWS Key Management Service" (actions, encryption
 * context); AWS KMS, "Default key policy".
 */
export const logsKeyStatements = ({
  account,
  region,
}: Pick<Environment, "account" | "region">): readonly IamStatement[] => [
  accountAdministers(account),
  {
    Sid: "CloudWatchLogsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
    },
  },
];
