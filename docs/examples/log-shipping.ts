import type { LogShipping } from "../../model/log-shipping";

/** For an environment's options: a copy to search in, the log groups, and everything for the auditor. */
export const logShipping: LogShipping = {
  outputs: ["elasticsearch", "cloudwatch", "s3"],
  bucket: "company-logs-audit",
  outageHours: 8,
};
