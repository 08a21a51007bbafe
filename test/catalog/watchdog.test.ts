import { expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { topicName, watchdogTopic } from "../../constructs/alertmanager/policies";
import { cloudwatchAlarm } from "../../constructs/cloudwatch/alarm";
import { estateOf } from "../../model/estate";
import { checked } from "../../model/result";

test.each(catalog.environments)(
  "in $name CloudWatch watches the very topic at which the watchdog ends",
  (environment) => {
    const monitoring = estateOf(catalog, environment).services.find(({ service }) => service.name === "monitoring");
    const silent = monitoring?.alerts.find(({ name }) => name === "WatchdogSilent");
    if (monitoring === undefined || silent === undefined) throw new Error("nobody watches the watchdog");
    expect(checked(cloudwatchAlarm(silent, monitoring)).body).toMatchObject({
      kind: "metric",
      alarm: {
        operator: "LessThanThreshold",
        missing: "breaching",
        queries: [
          {
            metric: {
              namespace: "AWS/SNS",
              name: "NumberOfMessagesPublished",
              dimensions: { TopicName: topicName(environment.name, watchdogTopic) },
              stat: "Sum",
              period: 600,
            },
          },
        ],
      },
    });
  },
);
