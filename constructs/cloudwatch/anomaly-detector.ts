import type { ServiceEstate } from "../../model/estate";
import { isStructured, logContractOf } from "../../model/log-contract";

/** A detector of log patterns that are new, gone, or more or fewer than they were. */
export interface AnomalyDetector {
  readonly name: string;
  /** How often it looks. Source: CloudWatch Logs API reference, CreateLogAnomalyDetector, `evaluationFrequency`. */
  readonly frequency: "FIVE_MIN";
  /** Days until an anomaly that goes on counts as normal; 7 to 90. */
  readonly visibleDays: number;
}

/**
 * Of services whose events say the same thing in the same words (the log contract's `message`), so that patterns mean something, and of
 * production only: traffic of tests is unusual every day. Every five minutes, since it is for people who look, not for pages. Three weeks
 * let a weekly job's pattern be seen three times before it is normal.
 */
export function anomalyDetector(estate: ServiceEstate): AnomalyDetector | undefined {
  const { logGroup, environment } = estate;
  if (!environment.production || !isStructured(logContractOf(estate)?.fields ?? [])) return undefined;
  // Of the log group's name, which a renamed service keeps: a detector with another name would learn anew.
  return { name: environment.name + logGroup.name.replaceAll("/", "-"), frequency: "FIVE_MIN", visibleDays: 21 };
}
