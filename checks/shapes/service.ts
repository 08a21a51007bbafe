import { z } from "zod";
import { maintenance, numberPerEnvironment, perEnvironment } from "./common";
import { errorTracking, health, logging, tracing } from "./signals";

const runtime = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ecs-service"), cluster: z.string(), logGroup: z.string() }).loose(),
  z
    .object({
      kind: z.literal("celery-worker"),
      cluster: z.string(),
      logGroup: z.string(),
      queues: z.array(z.string()),
      schedules: z
        .array(
          z
            .object({
              name: z.string(),
              schedule: z.string(),
              timeZone: z.string(),
              margin: z.string(),
              maxRuntime: z.string(),
              failures: z.number(),
            })
            .loose(),
        )
        .optional(),
    })
    .loose(),
  z.object({ kind: z.literal("rds-instance"), instance: perEnvironment, logGroup: z.string() }).loose(),
  z.object({ kind: z.literal("ec2-hosts"), logGroup: z.string() }).loose(),
]);

const discovery = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("dns"), name: perEnvironment }).loose(),
  z.object({ kind: z.literal("ec2"), tag: z.string(), value: z.string() }).loose(),
  z.object({ kind: z.literal("host"), host: perEnvironment }).loose(),
]);

const scrapeShape = z
  .object({
    name: z.string(),
    port: z.number(),
    path: z.string(),
    seconds: z.number(),
    discovery,
    instances: perEnvironment,
    exposes: z.array(z.object({ contract: z.object({ metrics: z.array(z.unknown()) }).loose() }).loose()).optional(),
    probe: z
      .object({
        module: z.string(),
        urls: z.array(perEnvironment),
        renamed: z.object({ metric: z.string(), to: z.string() }).optional(),
      })
      .optional(),
  })
  .loose();

/** What a service must be for the other checks to read it. */
export const serviceShape = z
  .object({
    name: z.string(),
    description: z.string(),
    tier: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], "Invalid input: expected 1, 2, 3 or 4"),
    runtime,
    telemetry: z.array(z.object({ name: z.string(), metrics: z.array(z.unknown()) }).loose()),
    logging: logging.optional(),
    objectives: z.array(
      z
        .object({ name: z.string(), sli: z.string(), target: perEnvironment, window: z.string(), runbook: z.string() })
        .loose(),
    ),
    queries: z.array(z.object({ name: z.string(), text: z.string() }).loose()),
    logMetrics: z.array(z.object({ name: z.string(), filter: z.object({ kind: z.string() }).loose() }).loose()),
    dashboards: z.array(z.object({ key: z.string(), title: z.string(), sections: z.array(z.unknown()) }).loose()),
    scrapes: z.array(scrapeShape).optional(),
    seriesBudget: z.number().optional(),
    dependsOn: z.array(z.string()).optional(),
    maintenance: maintenance.optional(),
    statusPage: z
      .object({ component: z.string(), description: z.string(), group: z.string().optional() })
      .loose()
      .optional(),
    errors: errorTracking.optional(),
    health: health.optional(),
    tracing: tracing.optional(),
    configuration: z
      .object({
        metricsPort: numberPerEnvironment.optional(),
        metricsInterval: numberPerEnvironment.optional(),
        sentryTracesPercent: numberPerEnvironment.optional(),
        variables: z.record(z.string(), z.union([z.string(), z.object({ default: z.string() }).loose()])).optional(),
      })
      .loose()
      .optional(),
  })
  .loose();
