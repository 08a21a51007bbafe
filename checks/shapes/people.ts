import { z } from "zod";
import { opsgenieRegions, pagers } from "../../model/pager";

/** Teams, on-call, access, the status page and Sentry: who is told, who gets in. */
export const teamShape = z
  .object({
    name: z.string(),
    description: z.string(),
    slack: z.string(),
    email: z.string(),
    onCall: z.object({
      rotation: z.array(z.string()),
      timeZone: z.string(),
      start: z.string(),
      handoff: z.string().optional(),
    }),
    members: z.array(z.string()).optional(),
    subscribers: z.array(z.string()).optional(),
    weeklySummary: z
      .union([z.literal("off"), z.object({ day: z.string().optional(), at: z.string().optional() }).loose()])
      .optional(),
  })
  .loose();

export const accessShape = z
  .object({
    grants: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
    aws: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("nobody") }).loose(),
      z.object({ kind: z.literal("saml"), provider: z.string() }).loose(),
      z.object({ kind: z.literal("account"), account: z.string() }).loose(),
    ]),
    kibana: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("nobody") }).loose(),
      z.object({ kind: z.literal("groups"), realm: z.string() }).loose(),
    ]),
    datadog: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("nobody") }).loose(),
      z.object({ kind: z.literal("saml"), attribute: z.string() }).loose(),
    ]),
    awsAdditions: z.array(
      z
        .object({ role: z.string(), actions: z.array(z.string()), resources: z.array(z.string()), reason: z.string() })
        .loose(),
    ),
    sharing: z.array(
      z
        .object({
          service: z.string(),
          dashboard: z.string(),
          environment: z.string(),
          since: z.string(),
          until: z.string(),
          reason: z.string(),
        })
        .loose(),
    ),
  })
  .loose();

export const onCallShape = z.object({ pager: z.enum(pagers), opsgenieRegion: z.enum(opsgenieRegions) }).loose();

export const statusPageShape = z.object({ page: z.string() }).loose();

export const sentryShape = z
  .object({ organization: z.string(), api: z.string(), pagerDuty: z.string(), slack: z.string() })
  .loose();
