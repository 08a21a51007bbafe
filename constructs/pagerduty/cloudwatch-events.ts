import type { Environment } from "../../model/environment";
import { type Severity, severities, severityIn } from "../../model/severity";
import { alarmNamePrefix } from "../cloudwatch/alarm-name";
import { alarmTopicName } from "../cloudwatch/alarm-topic";
import { hasMatch, isExactly, regexLiteral } from "./condition";
import type { EventRule, Extraction } from "./event-rule";

/**
 * Condition: SNS tells of a CloudWatch alarm of the service. What SNS delivers is no PagerDuty event, and is therefore read as it came:
 * `Message` holds CloudWatch's own JSON as a text, `Subject` the alarm's state and name, the name cut short where it is long.
 * Sources: Amazon SNS developer guide, "HTTP/HTTPS notification JSON format"; CloudWatch user guide, "Notifying users on alarm changes";
 * PagerDuty developer documentation, PCL Overview (`raw_event`).
 */
export const isAlarmOf = (environment: string, service: string): string =>
  hasMatch("raw_event.Message", `"AlarmName"\\s*:\\s*"${regexLiteral(alarmNamePrefix(environment, service))}`);

/** Condition: SNS tells of something on the topics of these severities. */
const isOnTopic = (environment: string, ...any: readonly Severity[]): string =>
  hasMatch(
    "raw_event.TopicArn",
    `:(?:${any.map((severity) => regexLiteral(alarmTopicName(environment, severity))).join("|")})$`,
  );

/**
 * Makes a PagerDuty event of what SNS delivers: firing and recovery of an alarm are one alert, named by the alarm, whose title is the
 * subject.
 */
const asEvent: readonly Extraction[] = [
  { target: "event.dedup_key", source: "raw_event.Message", regex: '"AlarmName"\\s*:\\s*"([^"]+)"' },
  { target: "event.summary", source: "raw_event.Subject", regex: "(.+)" },
];

const scale: readonly Severity[] = ["SEV-1", "SEV-2", "SEV-3", "SEV-4"];

/** The severities that PagerDuty is told of. */
const told = scale.filter((severity) => severities[severity].urgency !== undefined);

/**
 * The rules for events of CloudWatch, which come by SNS without severity or action: the topic says how bad an alarm is, as far as the
 * environment allows. Its recovery resolves, and so does SNS' own request to confirm a subscription, which would otherwise open an
 * incident that means nothing.
 */
export function cloudwatchRules({ name, production }: Environment): readonly EventRule[] {
  const any = isOnTopic(name, ...told);
  return [
    {
      label: "CloudWatch alarm is over",
      conditions: [
        `${any} and ${hasMatch("raw_event.Subject", "^OK:")}`,
        `${any} and ${isExactly("raw_event.Type", "SubscriptionConfirmation")}`,
      ],
      eventAction: "resolve",
      extractions: asEvent,
    },
    ...told.map((severity) => ({
      label: `CloudWatch ${severity}`,
      conditions: [isOnTopic(name, severity)],
      severity: severities[severityIn(production, severity)].word,
      extractions: asEvent,
    })),
  ];
}
