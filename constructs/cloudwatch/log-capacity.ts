import type { AwsRegion } from "../../model/aws";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { logArchiveOf } from "../../model/log-archive";
import { type LogRate, peakRate, sumOf } from "../../model/log-rate";
import { loggingOf } from "../../model/logging";

const mebibyte = 1_048_576;
const secondsPerDay = 86_400;

/**
 * What CloudWatch adds to each event's size. Source: CloudWatch Logs API reference, PutLogEvents (`logEvents`): 26 bytes for each event.
 */
const overheadBytes = 26;

/** Bytes of the largest event, with its overhead. Source: CloudWatch Logs service quotas, "Event size". */
export const largestEventBytes = mebibyte;

/**
 * How many bytes of JSON events gzip makes one byte of, at the least: subscriptions and the archive hold them compressed. Events of one
 * service compress eight to twelve times; the half is reckoned with (test/constructs/cloudwatch/log-capacity.test.ts measures it).
 */
export const compression = 5;

/**
 * MiB per second that a delivery stream takes by Direct PUT, unless raised. Source: Amazon Data Firehose Developer Guide, "Amazon Data
 * Firehose Quota".
 */
export const firehoseMiBPerSecond = (region: AwsRegion): number =>
  region === "us-east-1" || region === "us-west-2" || region === "eu-west-1" ? 5 : 1;

/** What a service's logs come to at their busiest; sampling comes after collection, and lessens none of it. */
export interface LogLoad {
  readonly service: string;
  readonly peak: LogRate;
  /** Were every second of the day its busiest: the day never costs more. */
  readonly bytesPerDay: number;
  /** What the log group holds at the end of its retention. */
  readonly storedBytes: number;
}

/** The load of one service. */
export function logLoad({ service, environment, logGroup }: ServiceEstate): LogLoad {
  const peak = peakRate(loggingOf(service.logging, environment), overheadBytes);
  const bytesPerDay = peak.bytes * secondsPerDay;
  return {
    service: service.name,
    peak,
    bytesPerDay,
    storedBytes: (bytesPerDay * logGroup.retentionDays) / compression,
  };
}

/** The load of an environment's delivery stream. */
export interface DeliveryLoad {
  readonly mebibytesPerSecond: number;
  readonly quotaMiBPerSecond: number;
  /** What the archive holds once its oldest events are deleted. */
  readonly storedBytes: number;
}

/** What the archive's delivery stream must take, and may; none where there is no archive. */
export function deliveryLoad(estate: EnvironmentEstate): DeliveryLoad | undefined {
  const archive = logArchiveOf(estate.environment);
  if (archive === undefined) return undefined;
  const { bytes: bytesPerSecond } = sumOf(estate.services.map((service) => logLoad(service).peak));
  return {
    mebibytesPerSecond: bytesPerSecond / compression / mebibyte,
    quotaMiBPerSecond: archive.deliveryMiBPerSecond ?? firehoseMiBPerSecond(estate.environment.region),
    storedBytes: (bytesPerSecond * secondsPerDay * archive.keepDays) / compression,
  };
}
