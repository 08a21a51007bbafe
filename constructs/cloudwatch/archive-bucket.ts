import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { DefiniteLogArchive } from "../../model/log-archive";
import { iamPolicy } from "../iam/document";
import { literal, literals } from "../terraform/literal";
import { bucketStatements } from "./archive-policies";

/** Days that errors of the delivery and results of questions are kept: long enough to act on, or to look at again. */
const keptShort = 30;
/** Days after which an upload that was never finished is thrown away; S3 bills its parts. */
const unfinishedDays = 7;

/**
 * The archive's bucket: closed to the public, encrypted, without versions (Firehose gives every object a name of its own, so that a
 * version would only keep what the lifecycle deletes). Destroying it fails while there is an event in it.
 */
export function archiveBucket(
  scope: Construct,
  environment: Environment,
  archive: DefiniteLogArchive,
  key: KmsKey | undefined,
): S3Bucket {
  const made = new S3Bucket(scope, "bucket", {
    bucket: literal(archive.bucket),
    forceDestroy: false,
    tags: literals({ environment: environment.name }),
  });
  const bucket = made.id;
  new S3BucketPublicAccessBlock(scope, "public-access", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
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
  new S3BucketPolicy(scope, "policy", { bucket, policy: literal(iamPolicy(bucketStatements(archive.bucket))) });
  new S3BucketLifecycleConfiguration(scope, "lifecycle", {
    bucket,
    rule: [
      {
        id: "events",
        status: "Enabled",
        filter: [{ prefix: "events/" }],
        transition: [{ days: archive.coldAfterDays, storageClass: archive.coldClass }],
        expiration: [{ days: archive.keepDays }],
      },
      ...["errors", "athena-results"].map((id) => ({
        id,
        status: "Enabled",
        filter: [{ prefix: `${id}/` }],
        expiration: [{ days: keptShort }],
      })),
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
