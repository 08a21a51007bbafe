import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { AlertRule } from "../../model/alert-rule";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { checked } from "../../model/result";
import type { Severity } from "../../model/severity";
import { literal, literals } from "../terraform/literal";
import { type CloudwatchAlarm, cloudwatchAlarm } from "./alarm";
import type { AlarmQuery, MetricStat } from "./maths";
import type { MetricAlarm } from "./metric-alarm";
import { addTopic } from "./topic";

export interface CloudwatchAlarmsOptions {
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed; none, where another pager was chosen. */
  readonly routingKey: string | undefined;
}

/** What an alarm is called, and whom it tells. */
interface Told {
  readonly name: string;
  readonly description: string;
  /** ARNs of topics; none for an alarm that only a composite alarm reads. */
  readonly topics: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const statistic = (stat: string): Pick<CloudwatchMetricAlarmConfig, "statistic" | "extendedStatistic"> =>
  /^(p\d|PR)/.test(stat) ? { extendedStatistic: stat } : { statistic: stat };

/** An alarm on one metric names it directly: CloudWatch's console then shows it among the metric's own. */
const plainMetric = ({
  namespace,
  name,
  dimensions,
  stat,
  period,
}: MetricStat): Partial<CloudwatchMetricAlarmConfig> => ({
  namespace: literal(namespace),
  metricName: literal(name),
  dimensions: literals(dimensions),
  period,
  ...statistic(stat),
});

const query = (each: AlarmQuery, returned: boolean) =>
  each.kind === "metric"
    ? {
        id: each.id,
        returnData: returned,
        metric: {
          namespace: literal(each.metric.namespace),
          metricName: literal(each.metric.name),
          dimensions: literals(each.metric.dimensions),
          period: each.metric.period,
          stat: each.metric.stat,
        },
      }
    : { id: each.id, returnData: returned, expression: each.expression };

function queries({ queries: all, threshold }: MetricAlarm): Partial<CloudwatchMetricAlarmConfig> {
  const [only] = all;
  if (all.length === 1 && only?.kind === "metric") return plainMetric(only.metric);
  // The last is what is watched; of an anomaly it is the band, and what is watched stands before it.
  const returned = threshold.kind === "band" ? 2 : 1;
  return { metricQuery: all.map((each, index) => query(each, index >= all.length - returned)) };
}

const named = ({ name, description, topics, tags }: Told) => ({
  alarmName: literal(name),
  alarmDescription: literal(description),
  alarmActions: [...topics],
  okActions: [...topics],
  tags: literals(tags),
});

function addMetricAlarm(
  scope: Construct,
  id: string,
  alarm: MetricAlarm,
  told: Told,
  lifecycle: Pick<CloudwatchMetricAlarmConfig, "lifecycle"> = {},
): CloudwatchMetricAlarm {
  const { operator, threshold, evaluationPeriods, datapointsToAlarm, missing } = alarm;
  return new CloudwatchMetricAlarm(scope, id, {
    ...named(told),
    ...queries(alarm),
    ...lifecycle,
    comparisonOperator: operator,
    ...(threshold.kind === "band" ? { thresholdMetricId: threshold.id } : { threshold: threshold.value }),
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: missing,
  });
}

function addAlarm(scope: Construct, rule: AlertRule, { body, ...alarm }: CloudwatchAlarm, told: Told): void {
  if (body.kind === "metric") {
    addMetricAlarm(scope, rule.name, body.alarm, told);
    return;
  }
  const children = body.children.map((child, index) =>
    addMetricAlarm(
      scope,
      `${rule.name}-${index + 1}`,
      child.alarm,
      {
        ...told,
        name: child.name,
        description: `A part of the alarm "${alarm.name}", which tells of it.`,
        topics: [],
      },
      // CloudWatch deletes no alarm that a rule still names: Terraform then changes the rule first.
      { lifecycle: { createBeforeDestroy: true } },
    ),
  );
  new CloudwatchCompositeAlarm(scope, rule.name, {
    ...named(told),
    alarmRule: literal(body.rule),
    // The rule names its children by plain text, in which Terraform sees no reference.
    dependsOn: children,
  });
}

interface Evaluated {
  readonly service: ServiceEstate;
  readonly rules: readonly AlertRule[];
}

/**
 * A CloudWatch alarm for each alert that CloudWatch evaluates, and the way from there to PagerDuty: an SNS topic for each severity in
 * use. An alarm tells the topic when it fires and when it is over, so that PagerDuty resolves what it opened.
 * @throws Error on what the checks refuse; they run first.
 */
export class CloudwatchAlarms extends Construct {
  /** ARN (token) of the topic of each severity in use. */
  readonly topics: ReadonlyMap<Severity, string>;

  constructor(
    scope: Construct,
    id: string,
    { environment, services }: EnvironmentEstate,
    { routingKey }: CloudwatchAlarmsOptions,
  ) {
    super(scope, id);
    const evaluated = services.flatMap((service): readonly Evaluated[] => {
      const rules = service.alerts.filter(({ evaluator }) => evaluator === "cloudwatch");
      return rules.length === 0 ? [] : [{ service, rules }];
    });
    const severities = [...new Set(evaluated.flatMap(({ rules }) => rules.map(({ severity }) => severity)))].sort();
    // The underscore keeps the id apart from the services', whose names stand beside it and are in kebab-case.
    const topics = new Construct(this, "alarm_topics");
    const arns = new Map(
      severities.map((severity) => [severity, addTopic(topics, { where: environment, severity, routingKey })] as const),
    );
    this.topics = arns;
    for (const { service, rules } of evaluated) {
      const inService = new Construct(this, service.service.name);
      for (const rule of rules) {
        const alarm = checked(cloudwatchAlarm(rule, service));
        const { name, description, severity } = alarm;
        const arn = arns.get(severity);
        addAlarm(inService, rule, alarm, {
          name,
          description,
          topics: arn === undefined ? [] : [arn],
          tags: { ...service.tags, severity: severity.toLowerCase() },
        });
      }
    }
  }
}
