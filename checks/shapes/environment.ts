import { z } from "zod";
import { maintenance } from "./common";

const logShipping = z
  .object({
    outputs: z.array(z.string()),
    bucket: z.string(),
    datadogRole: z.string(),
    address: z.string(),
    tls: z.boolean(),
    aggregators: z.number(),
    eventsPerAggregator: z.number(),
    outageHours: z.number(),
    diskGib: z.number(),
  })
  .partial();

const days = z.number().optional();

const elasticShape = z
  .object({
    elasticsearch: z.array(z.string()),
    kibana: z.string(),
    runBy: z.string(),
    dataNodes: z.object({ count: z.number(), diskGigabytes: z.number() }).loose(),
    snapshotBucket: z.string(),
    retentionDays: days,
    warmAfterDays: days,
    coldAfterDays: days,
    shardGigabytes: z.number().optional(),
    replicas: z.number().optional(),
    averageLoad: z.number().optional(),
    outageMinutes: z.number().optional(),
  })
  .loose();

/** What an environment must be for the other checks to read it. */
export const environmentShape = z
  .object({
    name: z.string(),
    account: z.string(),
    region: z.string(),
    production: z.boolean(),
    retentionDays: z.number(),
    evaluator: z.string(),
    grafana: z.string(),
    datadog: z.string(),
    state: z.object({ kind: z.string() }).loose(),
    metricsRetention: z.object({ serverDays: z.number(), workspaceDays: z.number() }),
    maintenance,
    tracing: z
      .object({
        backends: z.array(z.string()),
        gateways: z.number().optional(),
        gatewayMemoryMiB: z.number().optional(),
        decisionSeconds: z.number().optional(),
        domain: z.string().optional(),
      })
      .loose()
      .optional(),
    logShipping,
    logArchive: z.union(
      [
        z.literal("none"),
        z
          .object({
            bucket: z.string().optional(),
            coldAfterDays: z.number().optional(),
            coldClass: z.string().optional(),
            keepDays: z.number().optional(),
            deliveryMiBPerSecond: z.number().optional(),
          })
          .loose(),
      ],
      'Invalid input: expected "none" or the options of an archive',
    ),
    elastic: elasticShape.optional(),
  })
  .loose();
