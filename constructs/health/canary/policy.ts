import type { Environment } from "../../../model/environment";
import type { IamStatement } from "../../iam/document";
import { type Canary, canaryBucket } from "./canary";

/**
 * Canaries run in Lambda, which takes the role. No condition names the account, as it does elsewhere: a role is passed to Lambda within its own
 * account alone.
 * Sources: Amazon CloudWatch User Guide, "Required roles and permissions for canaries"; AWS IAM User Guide, "Grant a user permissions to pass a
 * role to an AWS service".
 */
export const canaryTrust: IamStatement = {
  Sid: "RunByLambda",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/**
 * What the canaries of one service may do, in their regions: write their own results, logs and numbers. They read nothing of the bucket, not
 * even what they wrote; only canaries that compare pictures do.
 * Source: Amazon CloudWatch User Guide, "Required roles and permissions for canaries".
 */
export const canaryStatements = (
  { name, regions }: Pick<Canary, "name" | "regions">,
  environment: Environment,
): readonly IamStatement[] => [
  {
    Sid: "WriteResults",
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: regions.map((region) => `arn:aws:s3:::${canaryBucket(environment, region)}/${resultsPrefix(name)}/*`),
  },
  {
    Sid: "FindTheBucket",
    Effect: "Allow",
    Action: "s3:GetBucketLocation",
    Resource: regions.map((region) => `arn:aws:s3:::${canaryBucket(environment, region)}`),
  },
  {
    // Synthetics asks so for the bucket's region; the action knows no single bucket.
    Sid: "ListBuckets",
    Effect: "Allow",
    Action: "s3:ListAllMyBuckets",
    Resource: "*",
  },
  {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: regions.map(
      (region) => `arn:aws:logs:${region}:${environment.account}:log-group:/aws/lambda/cwsyn-${name}-*`,
    ),
  },
  {
    // The action knows no resource: the namespace is its only bound.
    Sid: "CountRuns",
    Effect: "Allow",
    Action: "cloudwatch:PutMetricData",
    Resource: "*",
    Condition: { StringEquals: { "cloudwatch:namespace": canaryNamespace } },
  },
];

/** Where a canary's results are in its bucket. */
export const resultsPrefix = (canary: string): string => `results/${canary}`;

/** Namespace of the metrics of canaries. Source: Amazon CloudWatch User Guide, "CloudWatch metrics published by canaries". */
export const canaryNamespace = "CloudWatchSynthetics";
