import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import type { Environment } from "../../model/environment";
import type { DefiniteLogArchive } from "../../model/log-archive";
import { closedBucket } from "../s3/closed-bucket";

/** Days that errors of the delivery and results of questions are kept: long enough to act on, or to look at again. */
const keptShort = 30;

/**
 * The archive's bucket, without versions (Firehose gives every object a name of its own, so that a version would only keep what the
 * lifecycle deletes). Destroying it fails while there is an event in it.
 */
export const archiveBucket = (
  scope: Construct,
  environment: Environment,
  archive: DefiniteLogArchive,
  key: KmsKey | undefined,
): S3Bucket =>
  closedBucket(scope, {
    name: archive.bucket,
    tags: { environment: environment.name },
    key,
    forceDestroy: false,
    lifecycle: [
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
    ],
  });
