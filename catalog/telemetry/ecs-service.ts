import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { gauge, telemetry } from "../../model/telemetry";

const utilization = (resource: string, help: string, cloudwatchName: string, datadogName: string) =>
  gauge(`ecs_${resource}_utilization`, {
    help,
    unit: "percent",
    prometheus: false,
    cloudwatch: {
      namespace: "AWS/ECS",
      name: cloudwatchName,
      statistic: "Average",
      dimensions: { ClusterName: "{cluster}", ServiceName: "{service}" },
    },
    datadog: { name: datadogName },
  });

const cpu = utilization(
  "cpu",
  "Processor time that the service's tasks use of what they reserve",
  "CPUUtilization",
  "aws.ecs.service.cpuutilization",
);
const memory = utilization(
  "memory",
  "Memory that the service's tasks use of what they reserve",
  "MemoryUtilization",
  "aws.ecs.service.memory_utilization",
);

const tasks = (state: string, help: string, cloudwatchName: string) =>
  gauge(`ecs_${state}_tasks`, {
    help,
    unit: "processes",
    prometheus: false,
    cloudwatch: {
      namespace: "ECS/ContainerInsights",
      name: cloudwatchName,
      statistic: "Average",
      dimensions: { ClusterName: "{cluster}", ServiceName: "{service}" },
    },
    datadog: { name: `aws.ecs.service.${state}` },
  });

const running = tasks("running", "Tasks of the service that run", "RunningTaskCount");
const desired = tasks("desired", "Tasks that the service should have", "DesiredTaskCount");

/**
 * An ECS service as CloudWatch sees it, and as Datadog's AWS integration copies it; Prometheus does not hold it. The cluster has
 * Container Insights turned on, without which CloudWatch counts no tasks; Datadog asks ECS itself for them. The ECS service carries the
 * AWS tags `env` and `service`, which the integration turns into Datadog's.
 * Sources: Amazon ECS developer guide, "Amazon ECS CloudWatch metrics"; CloudWatch user guide, "Amazon ECS Container Insights
 * metrics"; Datadog, Amazon ECS integration, "Data collected".
 */
export const ecsService = telemetry("ecs-service", {
  metrics: { cpu, memory, running, desired },
  indicators: {
    cpu_usage: cpu.avg(),
    memory_usage: memory.avg(),
    running_tasks: ratio(running.avg(), desired.avg()),
  },
  panels: {
    infrastructure: [
      panel("ecs-cpu", "Processors of the service", { "of what is reserved": cpu.avg() }),
      panel("ecs-memory", "Memory of the service", { "of what is reserved": memory.avg() }),
      panel("ecs-tasks", "Tasks of the service", { running: running.avg(), desired: desired.avg() }),
    ],
  },
});
