import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { Construct } from "constructs";
import { type IamStatement, iamPolicy } from "../iam/document";
import { literal, literals } from "../terraform/literal";

export interface ClosedBucketOptions {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Where it is, if not in the region of the stack's provider. */
  readonly region?: string;
  /** What it is encrypted with; by S3's own key, where it is undefined. */
  readonly key: KmsKey | undefined;
  /** Whether it may be destroyed with what is in it. */
  readonly forceDestroy: boolean;
  /** What its lifecycle does, beside throwing uploads away that were never finished. */
  readonly lifecycle: readonly S3BucketLifecycleConfigurationRule[];
}

/** Days after which an upload that was never finished is thrown away; S3 bills its parts. */
const unfinishedDays = 7;

/** Nobody reads or writes it without TLS, whatever else they may. */
const tlsOnly = (bucket: string): IamStatement => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** A bucket that is closed to the public, encrypted, reached by TLS only, and forgets in time. */
export function closedBucket(
  scope: Construct,
  { name, tags, region, key, forceDestroy, lifecycle }: ClosedBucketOptions,
): S3Bucket {
  const place = region === undefined ? {} : { region };
  const made = new S3Bucket(scope, "bucket", { ...place, bucket: literal(name), forceDestroy, tags: literals(tags) });
  const bucket = made.id;
  new S3BucketPublicAccessBlock(scope, "public-access", {
    ...place,
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
    ...place,
    bucket,
    rule: [
      key === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
            // One call to KMS for many objects.
            bucketKeyEnabled: true,
          },
    ],
  });
  new S3BucketPolicy(scope, "policy", { ...place, bucket, policy: literal(iamPolicy([tlsOnly(name)])) });
  new S3BucketLifecycleConfiguration(scope, "lifecycle", {
    ...place,
    bucket,
    rule: [
      ...lifecycle,
      {
        id: "unfinished-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: unfinishedDays }],
      },
    ],
  });
  return made;
}
