import type { Environment } from "./environment";

/** Storage classes of S3 for events that are rarely read. */
export const coldClasses = ["GLACIER_IR", "DEEP_ARCHIVE"] as const;
export type ColdClass = (typeof coldClasses)[number];

/** Where an environment's log events go beside CloudWatch, to be kept longer and cheaper. */
export interface LogArchive {
  /** Name of the bucket, unique in the world. Default: `<account>-<environment>-log-archive`. */
  readonly bucket?: string;
  /**
   * Days until an object moves to the cold class. Default: 90, since nearly all questions about the past are about the last quarter, and
   * Glacier bills 90 days at the least.
   */
  readonly coldAfterDays?: number;
  /**
   * Default: GLACIER_IR, which Athena reads like any other. DEEP_ARCHIVE is a quarter of its price and bills 180 days at the least, and its
   * objects must be restored for hours before anybody can query them: for what the law wants kept and nobody reads.
   */
  readonly coldClass?: ColdClass;
  /** Days until an event is deleted. Default: 730, so that a whole year can be compared with the one before. */
  readonly keepDays?: number;
  /**
   * MiB per second that AWS lets one delivery stream take, where Service Quotas has raised it. Default: what the region has by itself
   * (constructs/cloudwatch/log-capacity.ts).
   */
  readonly deliveryMiBPerSecond?: number;
}

/** An archive with nothing left open. */
export type DefiniteLogArchive = Required<Omit<LogArchive, "deliveryMiBPerSecond">> &
  Pick<LogArchive, "deliveryMiBPerSecond">;

/** Fills in the defaults of an environment's archive; none where it has none. */
export function logArchiveOf({ logArchive, account, name }: Environment): DefiniteLogArchive | undefined {
  if (logArchive === "none") return undefined;
  return {
    bucket: `${account}-${name}-log-archive`,
    coldAfterDays: 90,
    coldClass: "GLACIER_IR",
    keepDays: 730,
    ...logArchive,
  };
}
