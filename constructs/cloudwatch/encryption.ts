import type { Environment } from "../../model/environment";

/** One statement of an IAM policy document, in the JSON form of AWS. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: "*";
  readonly Condition?: { readonly ArnLike: Readonly<Record<string, string>> };
}

/** A key policy. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** Days in which a deleted key can still be brought back: the longest that KMS offers, since without it its logs are lost. */
export const keyDeletionWindowDays = 30;

/** The alias that people find an environment's logs key by. */
export const logsKeyAlias = (environment: string): string => `alias/${environment}-logs`;

/**
 * Who may use the key that encrypts an environment's logs: the account, which hands access out through IAM (without this
 * statement nobody could administer the key), and CloudWatch Logs of its region, for log groups of this account only. A key
 * policy's `Resource` is always the key itself.
 * Sources: CloudWatch Logs, "Encrypt log data in CloudWatch Logs using AWS Key Management Service" (actions, encryption
 * context); AWS KMS, "Default key policy".
 */
export const logsKeyPolicy = ({ account, region }: Pick<Environment, "account" | "region">): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AdministrationThroughIam",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
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
  ],
});
