import type { AlertRule } from "../model/alert-rule";
import { parseDuration } from "../model/duration";
import { checked, never } from "../model/result";
import { firstNoticeOf } from "./alertmanager/timing";
import { notificationTimes } from "./grafana/contact-point";

/** Seconds that a firing alert waits to be grouped with others before anybody is told; CloudWatch and Datadog tell at once. */
export function firstNoticeSeconds({ evaluator, severity }: AlertRule): number {
  switch (evaluator) {
    case "prometheus":
      return firstNoticeOf(severity);
    case "grafana":
      return checked(parseDuration(notificationTimes.groupWait));
    case "datadog":
    case "cloudwatch":
      return 0;
    default:
      return never(evaluator);
  }
}
