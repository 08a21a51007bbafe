import type { Environment } from "../../model/environment";
import { type IamStatement, trustOf } from "../iam/document";

/** Firehose, for delivery streams of this account only. */
export const deliveryTrust = ({ account }: Environment): IamStatement =>
  trustOf("firehose.amazonaws.com", { StringEquals: { "aws:SourceAccount": account } });

/** CloudWatch Logs, for log groups of this account and region only. */
export const subscriptionTrust = ({ account, region }: Environment): IamStatement =>
  trustOf("logs.amazonaws.com", { StringLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` } });

/**
 * What Firehose may do: write objects, and read none. `key` is the ARN of the bucket's key, where it has one.
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination".
 */
export const deliveryStatements = (
  bucket: string,
  region: string,
  key: string | undefined,
): readonly IamStatement[] => [
  {
    Sid: "FindTheBucket",
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
    Resource: `arn:aws:s3:::${bucket}`,
  },
  {
    Sid: "WriteEventsAndErrors",
    Effect: "Allow",
    Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
    Resource: [`arn:aws:s3:::${bucket}/events/*`, `arn:aws:s3:::${bucket}/errors/*`],
  },
  ...(key === undefined ? [] : [throughS3("EncryptThem", ["kms:Decrypt", "kms:GenerateDataKey"], key, region)]),
];

/** Use of the archive's key through S3 of its region, and in no other way. */
export const throughS3 = (sid: string, actions: readonly string[], key: string, region: string): IamStatement => ({
  Sid: sid,
  Effect: "Allow",
  Action: actions,
  Resource: key,
  Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
});

/** What CloudWatch Logs may do: put records into this one stream. */
export const subscriptionStatements = (stream: string, { account, region }: Environment): readonly IamStatement[] => [
  {
    Sid: "SendToTheArchive",
    Effect: "Allow",
    Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
    Resource: `arn:aws:firehose:${region}:${account}:deliverystream/${stream}`,
  },
];
