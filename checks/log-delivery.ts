import { dataProtectionPolicy } from "../constructs/cloudwatch/data-protection";
import { deliveryLoad, largestEventBytes, logLoad } from "../constructs/cloudwatch/log-capacity";
import type { Catalog } from "../model/catalog";
import type { Environment } from "../model/environment";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding, Where } from "../model/finding";
import { type ColdClass, coldClasses, logArchiveOf } from "../model/log-archive";
import { never } from "../model/result";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inService, type Rule } from "./rule";

const dataProtection = errorRule(
  "logs/data-protection",
  "CloudWatch refuses the policy that masks personal fields, in the middle of a deployment.",
);
const overQuota = errorRule(
  "logs/over-quota",
  "What a delivery stream does not take is tried again for a day, and then lost.",
);
const archive = errorRule(
  "logs/archive",
  "An archive that S3 refuses, or that deletes what it has just paid to move, is none.",
);

/** Every rule of this family that is about where events go. */
export const rules: readonly Rule[] = [dataProtection, overQuota, archive];

/** S3's rules for names (Amazon S3 User Guide, "General purpose bucket naming rules"); a dot breaks the certificate of TLS. */
const bucketName = /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Days that a class bills at the least. Source: Amazon S3 User Guide, "Understanding and managing Amazon S3 storage classes". */
function leastDays(cold: ColdClass): number {
  switch (cold) {
    case "GLACIER_IR":
      return 90;
    case "DEEP_ARCHIVE":
      return 180;
    default:
      return never(cold);
  }
}

function archiveProblems(environment: Environment, file: string): readonly Finding[] {
  const settings = logArchiveOf(environment);
  if (settings === undefined) return [];
  const { bucket, coldAfterDays, coldClass, keepDays, deliveryMiBPerSecond = 1 } = settings;
  const where = (field: string): Where => ({ file, field: `environments.${environment.name}.logArchive.${field}` });
  const days = [
    { field: "coldAfterDays", value: coldAfterDays },
    { field: "keepDays", value: keepDays },
  ].filter(({ value }) => !(Number.isInteger(value) && value > 0));
  if (!coldClasses.some((known) => known === coldClass))
    return [
      finding(
        archive,
        where("coldClass"),
        `there is no cold class "${coldClass}".${didYouMean(coldClass, coldClasses)}`,
        `write one of ${coldClasses.join(", ")}`,
      ),
    ];
  const least = coldAfterDays + leastDays(coldClass);
  return [
    ...(bucketName.test(bucket)
      ? []
      : [
          finding(
            archive,
            where("bucket"),
            `"${bucket}" is not the name of a bucket of events`,
            "write 3 to 63 lower-case letters, digits or hyphens",
          ),
        ]),
    ...days.map(({ field, value }) =>
      finding(archive, where(field), `${value} is no number of days`, "write whole days, at least 1"),
    ),
    ...(days.length === 0 && keepDays < least
      ? [
          finding(
            archive,
            where("keepDays"),
            `events move to ${coldClass} after ${coldAfterDays} days and are deleted after ${keepDays}, and ${coldClass} bills ${leastDays(coldClass)} days at the least`,
            `keep them ${least} days or longer, or move them earlier`,
          ),
        ]
      : []),
    ...(deliveryMiBPerSecond > 0
      ? []
      : [
          finding(
            archive,
            where("deliveryMiBPerSecond"),
            `${deliveryMiBPerSecond} MiB per second take nothing`,
            "write what Service Quotas grants, or leave it out",
          ),
        ]),
  ];
}

/** Archives that cannot be, as they are written. */
export const checkLogArchives = ({ environments, file }: Catalog): readonly Finding[] =>
  environments.flatMap((environment) => archiveProblems(environment, file));

/** What CloudWatch and Firehose refuse of an environment's logs. */
export function checkLogDelivery(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const ofServices = estate.services.flatMap((service) => {
    const policy = dataProtectionPolicy(service);
    const { peak } = logLoad(service);
    const eventBytes = Math.round(peak.bytes / peak.events);
    return [
      ...(policy.ok
        ? []
        : [
            finding(
              dataProtection,
              inService(service.service, "telemetry"),
              policy.error,
              "redact fewer fields, or give them shorter names",
            ),
          ]),
      ...(eventBytes > largestEventBytes
        ? [
            finding(
              overQuota,
              inService(service.service, "logging.averageEventBytes"),
              `an event of ${eventBytes} bytes is more than the ${largestEventBytes} that CloudWatch takes`,
              "log less at a time, and what is large as a file elsewhere",
            ),
          ]
        : []),
    ];
  });
  const load = deliveryLoad(estate);
  if (load === undefined || load.mebibytesPerSecond <= load.quotaMiBPerSecond) return ofServices;
  return [
    ...ofServices,
    finding(
      overQuota,
      { file, field: `environments.${estate.environment.name}.logArchive.deliveryMiBPerSecond` },
      `at their busiest the services send ${load.mebibytesPerSecond.toFixed(2)} MiB per second, compressed, and a delivery stream in ${estate.environment.region} takes ${load.quotaMiBPerSecond}`,
      "have Service Quotas raise it and write here what is granted, or log less (logging.peakEventsPerSecond)",
    ),
  ];
}
