/** The delivery stream that an environment's events go to the archive by. */
export const archiveStream = (environment: string): string => `${environment}-log-archive`;

/** The Glue database of the archive; Athena takes no hyphens in it without quotes. */
export const archiveDatabase = (environment: string): string => `${environment.replaceAll("-", "_")}_logs`;

/** The table of all events. */
export const archiveTable = "events";

/** The Athena workgroup that questions to the archive are asked in. */
export const archiveWorkgroup = (environment: string): string => `${environment}-log-archive`;
