import { Construct } from "constructs";
import type { AwsRegion } from "../../model/aws";
import type { Environment } from "../../model/environment";
import type { Severity } from "../../model/severity";
import { addTopic } from "../cloudwatch/topic";
import { route53MetricsRegion } from "./route53";

export interface AlarmTopicsOptions {
  readonly environment: Environment;
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed. */
  readonly routingKey: string | undefined;
  /** ARNs (tokens) of the topics of alarms that the environment has in its own region, by severity. */
  readonly topics: ReadonlyMap<Severity, string>;
}

/** Where an alarm is, and how bad it is what it tells of. */
export interface AlarmPlace {
  readonly region: AwsRegion;
  readonly severity: Severity;
}

/** The ARN (token) of the topic that an alarm of a severity tells in its region. */
export type TopicOf = (place: AlarmPlace) => string | undefined;

const keyOf = ({ region, severity }: AlarmPlace): string => `${region}/${severity}`;

/**
 * Topics where alarms on probes are: an alarm tells topics of its own region only. The environment's own is used where it has one there, since
 * two of a name are one.
 */
export function alarmTopics(
  scope: Construct,
  places: readonly AlarmPlace[],
  { environment, routingKey, topics }: AlarmTopicsOptions,
): TopicOf {
  // The underscore keeps the id apart from the services', whose names stand beside it and are in kebab-case.
  const all = new Construct(scope, "alarm_topics");
  const arns = new Map<string, string>();
  for (const place of [...places].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const { region, severity } = place;
    if (arns.has(keyOf(place))) continue;
    const own = region === environment.region ? topics.get(severity) : undefined;
    arns.set(keyOf(place), own ?? topicIn(all, place, environment, routingKey));
  }
  return (place) => arns.get(keyOf(place));
}

function topicIn(
  scope: Construct,
  { region, severity }: AlarmPlace,
  environment: Environment,
  routingKey: string | undefined,
): string {
  const found = scope.node.tryFindChild(region);
  // Those of the region where Route 53 counts stand without its name.
  const within =
    region === route53MetricsRegion ? scope : found instanceof Construct ? found : new Construct(scope, region);
  return addTopic(within, {
    where: { ...environment, region },
    severity,
    routingKey,
    elsewhere: region !== environment.region,
  });
}
