import { z } from "zod";
import { redactions } from "../../model/redaction";
import { numberPerEnvironment, perEnvironment } from "./common";

/** Fields that other checks say more of when they are missing may be absent here. */
export const errorTracking = z
  .object({
    platform: z.string(),
    perMinute: perEnvironment,
    filters: z.array(z.string()),
    ignore: z.array(z.string()),
    alerts: z.array(
      z
        .object({
          name: z.string(),
          when: z.discriminatedUnion("kind", [
            z.object({ kind: z.literal("issue"), on: z.array(z.string()) }).loose(),
            z
              .object({
                kind: z.enum(["frequency", "volume"]),
                of: z.string(),
                above: perEnvironment,
                within: z.string(),
              })
              .loose(),
            z.object({ kind: z.literal("monitor"), of: z.string() }).loose(),
          ]),
          severity: perEnvironment.optional(),
          summary: z.string().optional(),
          runbook: z.string().optional(),
          every: z.number().optional(),
          environments: z.array(z.string()).optional(),
        })
        .loose(),
    ),
  })
  .loose();

const probe = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("blackbox") }).loose(),
  z.object({ kind: z.literal("route53"), regions: z.array(z.string()), every: z.string() }).loose(),
  z
    .object({
      kind: z.literal("cloudwatch-synthetics"),
      regions: z.array(z.string()),
      every: z.string(),
      timeout: z.string(),
      runtime: z.string(),
    })
    .loose(),
  z.object({ kind: z.literal("datadog-synthetics"), locations: z.array(z.string()), every: z.string() }).loose(),
  z.object({ kind: z.literal("grafana-synthetics"), probes: z.array(z.number()), every: z.string() }).loose(),
  z.object({ kind: z.literal("sentry-uptime"), every: z.string() }).loose(),
]);

export const health = z
  .object({
    url: perEnvironment,
    path: z.string(),
    dependencies: z.array(z.string()),
    timeout: z.string(),
    probes: z.object({ default: z.array(probe) }).catchall(z.array(probe)),
    severity: perEnvironment,
    runbook: z.string(),
  })
  .loose();

export const tracing = z
  .object({
    sampling: z
      .discriminatedUnion("kind", [
        z.object({
          kind: z.literal("tail"),
          slowAfter: z.union([z.string(), z.object({ default: z.string() }).loose()]).optional(),
          keepPercent: numberPerEnvironment.optional(),
        }),
        z.object({ kind: z.literal("head"), percent: numberPerEnvironment }),
      ])
      .optional(),
    operations: z.record(z.string(), numberPerEnvironment).optional(),
    attributes: z
      .array(
        z.object({
          name: z.string(),
          pii: z.enum(["none", "pseudonymous", "personal"]),
          redact: z.enum(redactions).optional(),
        }),
      )
      .optional(),
    tracesPerSecond: numberPerEnvironment.optional(),
    spansPerTrace: z.number().optional(),
  })
  .loose();

export const logging = z
  .object({
    level: perEnvironment.optional(),
    components: z.record(z.string(), perEnvironment).optional(),
    peakEventsPerSecond: numberPerEnvironment.optional(),
    averageEventBytes: z.number().optional(),
    keepPercent: z.record(z.string(), numberPerEnvironment).optional(),
    throttle: z
      .object({ field: z.string(), from: z.string().optional(), events: z.number(), perSeconds: z.number() })
      .loose()
      .optional(),
  })
  .loose();
