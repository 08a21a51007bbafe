import type { Artifact } from "../../model/artifact";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { tracePipelineOf } from "../../model/trace-pipeline";
import { type Collector, collectorsOf } from "./collectors";
import { gatewayVariables } from "./gateway";
import { ports } from "./ports";

/** Names of what the tasks read, in AWS Systems Manager's Parameter Store. */
export const parameterNames = (environment: string) => ({
  agent: `/estate/${environment}/opentelemetry/agent`,
  gateway: `/estate/${environment}/opentelemetry/gateway`,
  remoteWrite: `/estate/${environment}/opentelemetry/remote-write-url`,
});

/** The secret that holds Datadog's API key; people put the key there. */
const datadogSecret = (environment: string): string => `${environment}/opentelemetry/datadog-api-key`;

/**
 * Beside a service AWS' own distribution, which has all that an agent needs and a program that ECS can ask for its health; as a gateway the
 * community's, the only one with span metrics. Pinned, since a collector's options change between versions. Sources: aws-observability/
 * aws-otel-collector, README, "Getting started" (components); open-telemetry/opentelemetry-collector-releases, `distributions/otelcol-contrib`.
 */
const images = {
  agent: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
  gateway: "otel/opentelemetry-collector-contrib:0.122.1",
} as const;

const arnPrefix = ({ region, account }: Environment, service: "ssm" | "secretsmanager"): string =>
  `arn:aws:${service}:${region}:${account}`;
const parameterArn = (environment: Environment, name: string): string =>
  `${arnPrefix(environment, "ssm")}:parameter${name}`;

const tcp = (port: number) => ({ containerPort: port, protocol: "tcp" });

/** Where a collector's own output arrives. */
export const logGroupOf = (role: "agent" | "gateway"): string => `/ecs/otel-${role}`;

const logs = ({ region }: Environment, role: "agent" | "gateway") => ({
  logDriver: "awslogs",
  options: {
    "awslogs-group": logGroupOf(role),
    "awslogs-create-group": "true",
    "awslogs-region": region,
    "awslogs-stream-prefix": "otel",
  },
});

/**
 * A container of a task definition, to be added to a service's own: the agent. The service starts when it is healthy (`dependsOn`).
 * Sources: Amazon ECS, Task definition parameters; AWS Distro for OpenTelemetry, "ECS".
 */
const agentContainer = (environment: Environment) => ({
  name: "otel-agent",
  image: images.agent,
  // A service answers without its traces: losing them must not end it.
  essential: false,
  cpu: 64,
  memory: 256,
  environment: [{ name: "GOMEMLIMIT", value: "164MiB" }],
  secrets: [
    { name: "AOT_CONFIG_CONTENT", valueFrom: parameterArn(environment, parameterNames(environment.name).agent) },
  ],
  // All else is for the task alone.
  portMappings: [tcp(ports.metrics)],
  healthCheck: { command: ["CMD", "/healthcheck"], interval: 10, timeout: 5, retries: 3, startPeriod: 10 },
  logConfiguration: logs(environment, "agent"),
});

/**
 * The container of a gateway's task. Its image has neither a shell nor a program to ask it with, so that its health is the load balancer's or
 * service discovery's to probe, at port 13133.
 */
function gatewayContainer(environment: Environment, memory: number, hasDatadog: boolean) {
  const names = parameterNames(environment.name);
  return {
    name: "otel-gateway",
    image: images.gateway,
    essential: true,
    memory,
    command: ["--config=env:COLLECTOR_CONFIG"],
    // Go collects its garbage before the limiter has to refuse anything: four fifths of the limiter's four fifths.
    environment: [{ name: "GOMEMLIMIT", value: `${Math.floor(memory * 0.64)}MiB` }],
    secrets: [
      { name: "COLLECTOR_CONFIG", valueFrom: parameterArn(environment, names.gateway) },
      { name: gatewayVariables.remoteWrite, valueFrom: parameterArn(environment, names.remoteWrite) },
      ...(hasDatadog
        ? [
            {
              name: gatewayVariables.datadogKey,
              valueFrom: `${arnPrefix(environment, "secretsmanager")}:secret:${datadogSecret(environment.name)}`,
            },
          ]
        : []),
    ],
    portMappings: [tcp(ports.otlpGrpc), tcp(ports.health), tcp(ports.metrics)],
    // What it waits for is decided before it ends.
    stopTimeout: 60,
    logConfiguration: logs(environment, "gateway"),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** `opentelemetry/agent.yaml` and `gateway.yaml`, byte for byte what the parameters hold, and the containers that read them. */
export const openTelemetryArtifacts = memoized((estate: EnvironmentEstate): readonly Artifact[] => {
  const { environment } = estate;
  if (environment.tracing === undefined) return [];
  const { gatewayMemoryMiB, backends } = tracePipelineOf(environment.tracing, environment.name);
  return [
    ...collectorsOf(estate).map(({ role, yaml }: Collector) => ({
      path: `opentelemetry/${role}.yaml`,
      content: yaml,
    })),
    { path: "opentelemetry/agent.container.json", content: json(agentContainer(environment)) },
    {
      path: "opentelemetry/gateway.container.json",
      content: json(gatewayContainer(environment, gatewayMemoryMiB, backends.includes("datadog"))),
    },
  ];
});
