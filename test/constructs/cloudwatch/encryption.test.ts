import { expect, test } from "@jest/globals";
import { logsKeyAlias, logsKeyStatements } from "../../../constructs/cloudwatch/encryption";

const statements = logsKeyStatements({ account: "222222222222", region: "eu-central-1" });

test("the account administers its key through IAM", () => {
  expect(statements[0]).toEqual({
    Sid: "AdministrationThroughIam",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::222222222222:root" },
    Action: "kms:*",
    Resource: "*",
  });
});

test("beside it only CloudWatch Logs of the region may use it, for the account's own log groups", () => {
  const [, ...others] = statements;
  expect(others).toEqual([
    {
      Sid: "CloudWatchLogsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:222222222222:log-group:*" },
      },
    },
  ]);
});

test("the key's alias names the environment", () => {
  expect(logsKeyAlias("prod")).toBe("alias/prod-logs");
});
