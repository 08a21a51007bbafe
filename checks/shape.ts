import { z } from "zod";
import { noAccess } from "../model/access";
import { type Catalog, onCallDefaults } from "../model/catalog";
import { anomalyDirections, logicalOperators } from "../model/condition";
import type { Finding } from "../model/finding";
import { opsgenieRegions, pagers } from "../model/pager";
import { redactions } from "../model/redaction";
import type { Service } from "../model/service";
import type { Simulation } from "../model/simulation";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const wrongShape = errorRule(
  "catalog/shape",
  "A value that the compiler would refuse cannot be turned into anything; npx tsc names the line.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [wrongShape];

const perEnvironment = z.union([
  z.string(),
  z.number(),
  z.object({ default: z.union([z.string(), z.number()]) }).loose(),
]);

const expression = z.object({ kind: z.string() }).loose();
const selection = z.object({ metric: z.object({ name: z.string() }).loose(), where: z.array(z.unknown()) }).loose();
const objective = z
  .object({ name: z.string(), sli: z.object({ kind: z.string() }).loose(), target: perEnvironment, window: z.string() })
  .loose();

const condition: z.ZodType = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z
      .object({
        kind: z.literal("compare"),
        expression,
        comparison: z.enum([">", ">=", "<", "<="]),
        threshold: perEnvironment,
      })
      .loose(),
    z.object({ kind: z.literal("outside"), expression, low: perEnvironment, high: perEnvironment }).loose(),
    z.object({ kind: z.literal("absent"), of: selection }).loose(),
    z
      .object({
        kind: z.literal("anomaly"),
        expression,
        deviations: z.number(),
        direction: z.enum(anomalyDirections),
        baseline: z.string(),
      })
      .loose(),
    z
      .object({ kind: z.literal("burn-rate"), objective, factor: z.string(), long: z.string(), short: z.string() })
      .loose(),
    z.object({ kind: z.enum(logicalOperators), left: condition, right: condition }).loose(),
    z.object({ kind: z.literal("spoken"), text: z.string(), thresholds: perEnvironment.optional() }).loose(),
    z.object({ kind: z.literal("raw"), language: z.enum(["promql", "datadog"]), text: z.string() }).loose(),
  ]),
);

/** Fields that other checks say more of when they are missing (severity, runbook, summary, for) may be absent here. */
const alertShape = z
  .object({
    name: z.string(),
    when: condition,
    environments: z.array(z.string()).optional(),
    description: z.string().optional(),
    for: perEnvironment.optional(),
    severity: perEnvironment.optional(),
    recovery: z.union([z.string(), z.number()]).optional(),
    suppress: z.record(z.string(), z.string()).optional(),
  })
  .loose();

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
    probe: z.object({ module: z.string(), urls: z.array(perEnvironment) }).optional(),
  })
  .loose();

const maintenance = z.array(
  z
    .object({
      name: z.string(),
      days: z.array(z.string()),
      start: z.string(),
      end: z.string(),
      timeZone: z.string(),
      reason: z.string(),
      services: z.array(z.string()).optional(),
      environments: z.array(z.string()).optional(),
    })
    .loose(),
);

/** Fields that other checks say more of when they are missing may be absent here. */
const errorTracking = z
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
  z.object({ kind: z.literal("datadog-synthetics"), locations: z.array(z.string()), every: z.string() }).loose(),
  z.object({ kind: z.literal("grafana-synthetics"), probes: z.array(z.number()), every: z.string() }).loose(),
  z.object({ kind: z.literal("sentry-uptime"), every: z.string() }).loose(),
]);

const health = z
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

const numberPerEnvironment = z.union(
  [z.number(), z.object({ default: z.number() }).catchall(z.number())],
  "Invalid input: expected a number, or numbers by environment and a default",
);
const tracing = z
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

const logging = z
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

const serviceShape = z
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

const teamShape = z
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
  })
  .loose();

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

const environmentShape = z
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

const accessShape = z
  .object({
    grants: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
    aws: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("nobody") }).loose(),
      z.object({ kind: z.literal("saml"), provider: z.string() }).loose(),
      z.object({ kind: z.literal("account"), account: z.string() }).loose(),
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

const onCallShape = z.object({ pager: z.enum(pagers), opsgenieRegion: z.enum(opsgenieRegions) }).loose();

const statusPageShape = z.object({ page: z.string() }).loose();

/** What the other checks can read without meeting a surprise. */
interface Shaped {
  readonly findings: readonly Finding[];
  readonly sound: Catalog;
}

interface Problem {
  readonly field: string;
  readonly message: string;
}

const problems = (shape: z.ZodType, value: unknown): readonly Problem[] => {
  const parsed = shape.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => ({
    field: path.map(String).join("."),
    message: message.replace("Invalid input: ", "").replace("received undefined", "it is missing"),
  }));
};

const fix = "write the field as its type says; npx tsc names the line";

function shapeOfService(service: Service): {
  readonly findings: readonly Finding[];
  readonly sound: readonly Service[];
} {
  const own = problems(serviceShape, service).map(({ field, message }) =>
    finding(wrongShape, inService(service, field), message, fix),
  );
  if ("unmonitored" in service.alerts) return { findings: own, sound: own.length > 0 ? [] : [service] };
  const judged = service.alerts.map((alert) => ({ alert, found: problems(alertShape, alert) }));
  const findings = judged.flatMap(({ alert, found }) =>
    found.map(({ field, message }) => finding(wrongShape, inRule(service, String(alert?.name), field), message, fix)),
  );
  // The very same value, so that what renderers remember of it serves the stacks too.
  if (own.length === 0 && findings.length === 0) return { findings, sound: [service] };
  const alerts = judged.flatMap(({ alert, found }) => (found.length === 0 ? [alert] : []));
  // With every alert malformed the service would seem to have none; that is not what is wrong with it.
  const emptied = alerts.length === 0 && service.alerts.length > 0;
  return {
    findings: [...own, ...findings],
    sound:
      own.length > 0 ? [] : [{ ...service, alerts: emptied ? { unmonitored: "its alerts are malformed" } : alerts }],
  };
}

/** What is simulated, without the faults of services that something is wrong with: what they expect may be there, misshapen. */
const withoutFaultsOf = (names: readonly string[], simulation: Simulation): Simulation => ({
  ...simulation,
  faults: simulation.faults.filter(({ services }) => Object.keys(services).every((name) => !names.includes(name))),
});

/** Parts of a catalog whose shape is wrong, and the catalog without them. */
export function checkShape(catalog: Catalog): Shaped {
  const services = catalog.services.map(shapeOfService);
  const settings = <T extends { readonly name: string }>(kind: string, values: readonly T[], shape: z.ZodType) =>
    values.map((value) => ({
      value,
      findings: problems(shape, value).map(({ field, message }) =>
        finding(
          wrongShape,
          { file: catalog.file, field: [kind, value.name, field].filter((part) => part !== "").join(".") },
          message,
          fix,
        ),
      ),
    }));
  const teams = settings("teams", catalog.teams, teamShape);
  const environments = settings("environments", catalog.environments, environmentShape);
  const ofCatalog = (name: string, shape: z.ZodType, value: unknown): readonly Finding[] =>
    problems(shape, value).map(({ field, message }) =>
      finding(
        wrongShape,
        { file: catalog.file, field: [name, field].filter((part) => part !== "").join(".") },
        message,
        fix,
      ),
    );
  const access = ofCatalog("access", accessShape, catalog.access);
  const onCall = ofCatalog("onCall", onCallShape, catalog.onCall);
  const statusPage = ofCatalog("statusPage", statusPageShape.optional(), catalog.statusPage);
  const findings = [
    ...[...environments, ...teams, ...services].flatMap((judged) => judged.findings),
    ...access,
    ...onCall,
    ...statusPage,
  ];
  if (findings.length === 0) return { findings, sound: catalog };
  const malformed = services.flatMap((judged) => judged.findings.flatMap(({ where }) => where.service ?? []));
  const { statusPage: page, ...others } = catalog;
  return {
    findings,
    sound: {
      ...others,
      ...(page === undefined || statusPage.length > 0 ? {} : { statusPage: page }),
      ...(onCall.length === 0 ? {} : { onCall: { ...catalog.onCall, ...onCallDefaults } }),
      access: access.length === 0 ? catalog.access : noAccess,
      services: services.flatMap(({ sound }) => sound),
      simulation: withoutFaultsOf(malformed, catalog.simulation),
      environments: environments.flatMap(({ value, findings }) => (findings.length === 0 ? [value] : [])),
      teams: teams.flatMap(({ value, findings }) => (findings.length === 0 ? [value] : [])),
    },
  };
}
