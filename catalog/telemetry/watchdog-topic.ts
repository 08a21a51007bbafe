import { counter, telemetry } from "../../model/telemetry";

const heartbeats = counter("watchdog_heartbeats", {
  help: "Heartbeats of the watchdog that Alertmanager has delivered",
  unit: "events",
  prometheus: false,
  cloudwatch: {
    namespace: "AWS/SNS",
    name: "NumberOfMessagesPublished",
    statistic: "Sum",
    dimensions: { TopicName: "{environment}-watchdog" },
  },
});

/**
 * The topic at which the watchdog ends, by what CloudWatch counts of it: outside of everything that the watchdog has come through.
 * Source: Amazon SNS developer guide, "Monitoring Amazon SNS topics using CloudWatch".
 */
export const watchdogTopic = telemetry("watchdog-topic", {
  metrics: { heartbeats },
  indicators: { heartbeats: heartbeats.increase("10m") },
});
