import type { Artifact } from "../../model/artifact";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate } from "../../model/estate";
import { logCapacity, type ShippedService } from "../../model/log-capacity";
import { logShippingOf } from "../../model/log-shipping";
import { memoized } from "../../model/memoized";
import { secretVariables } from "../fluentd/outputs";
import { fluentBitConfig, graceSeconds, httpPort, parsers, paths, printFluentBit } from "./config";

/**
 * AWS's build of Fluent Bit: 3.2.1 is Fluent Bit 4.2.2, with the `curl` that the health check needs (since 3.0.1). Pinned, since the tag `3` moves on to
 * Fluent Bit 5 (3.3.0). Source: aws/aws-for-fluent-bit, release notes of 3.0.1 and 3.2.1.
 */
const image = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.2.1";

/** Bytes that ECS's logging driver holds in memory while the sidecar starts. */
const driverBufferBytes = 4 * 1024 ** 2;

/** The secret in Secrets Manager that services and Fluentd share; made by people, read by the task's execution role. */
const sharedKeyOf = ({ name, account, region }: Environment): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}/fluentd/shared-key`;

/**
 * What a service's task definition gains. Both containers' definitions are merged by name; the configuration travels in the sidecar's
 * environment, so that no image is built for it.
 * Source: Amazon ECS Developer Guide, "Task definition parameters" and "Send logs through FireLens"; `options` of `awsfirelens`.
 */
function taskDefinition(service: ShippedService, environment: Environment, config: string): object {
  const router = "log-router";
  return {
    containerDefinitions: [
      {
        name: router,
        image,
        essential: true,
        user: "0",
        memoryReservation: 128,
        entryPoint: ["/bin/sh", "-c"],
        command: [
          [
            `printf '%s' "$FLUENT_BIT_CONFIG" > ${paths.config}`,
            `printf '%s' "$FLUENT_BIT_PARSERS" > ${paths.parsers}`,
            `exec /fluent-bit/bin/fluent-bit -c ${paths.config}`,
          ].join(" && "),
        ],
        environment: [
          { name: "FLUENT_BIT_CONFIG", value: config },
          { name: "FLUENT_BIT_PARSERS", value: printFluentBit(parsers) },
        ],
        secrets: [{ name: secretVariables.sharedKey, valueFrom: sharedKeyOf(environment) }],
        firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "false" } },
        // Prometheus reads its metrics from outside of the task.
        portMappings: [{ containerPort: httpPort, protocol: "tcp" }],
        mountPoints: [{ sourceVolume: "log-buffer", containerPath: paths.buffer, readOnly: false }],
        // A sidecar that dies comes back within the task, and finds its buffer.
        restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
        stopTimeout: graceSeconds + 10,
        healthCheck: {
          command: ["CMD-SHELL", `curl -fsS http://127.0.0.1:${httpPort}/api/v1/health || exit 1`],
          interval: 10,
          timeout: 5,
          retries: 3,
          startPeriod: 15,
        },
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": service.logGroup,
            "awslogs-region": environment.region,
            "awslogs-stream-prefix": router,
          },
        },
      },
      {
        name: service.contract.service,
        dependsOn: [{ containerName: router, condition: "HEALTHY" }],
        logConfiguration: {
          logDriver: "awsfirelens",
          options: { "log-driver-buffer-limit": String(driverBufferBytes) },
        },
      },
    ],
    volumes: [{ name: "log-buffer" }],
  };
}

/** `fluent-bit/<service>/`: the sidecar's configuration, and what the service's task definition gains. */
export const fluentBitArtifacts = memoized((estate: EnvironmentEstate): readonly Artifact[] => {
  const shipping = logShippingOf(estate.environment);
  return logCapacity(estate).services.flatMap((service) => {
    const config = printFluentBit(fluentBitConfig(service, shipping));
    const folder = `fluent-bit/${service.contract.service}`;
    return [
      { path: `${folder}/fluent-bit.conf`, content: config },
      { path: `${folder}/parsers.conf`, content: printFluentBit(parsers) },
      {
        path: `${folder}/task-definition.json`,
        content: `${JSON.stringify(taskDefinition(service, estate.environment, config), null, 2)}\n`,
      },
    ];
  });
});
