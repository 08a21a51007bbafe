import type { LogShipping } from "../../model/log-shipping";

/** For an environment's options: the log groups, everything for the auditor, and a copy to search in. */
export const logShipping: LogShipping = {
  outputs: ["cloudwatch", "s3", "datadog"],
  bucket: "company-logs-audit",
  outageHours: 8,
};
