import { z } from "zod";
import type { Catalog } from "../model/catalog";
import { anomalyDirections, logicalOperators } from "../model/condition";
import type { Finding } from "../model/finding";
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
    })
    .loose(),
  z.object({ kind: z.literal("rds-instance"), instance: perEnvironment, logGroup: z.string() }).loose(),
  z.object({ kind: z.literal("ec2-hosts"), logGroup: z.string() }).loose(),
]);

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

const serviceShape = z
  .object({
    name: z.string(),
    description: z.string(),
    tier: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], "Invalid input: expected 1, 2, 3 or 4"),
    runtime,
    telemetry: z.array(z.object({ name: z.string(), metrics: z.array(z.unknown()) }).loose()),
    objectives: z.array(
      z
        .object({ name: z.string(), sli: z.string(), target: perEnvironment, window: z.string(), runbook: z.string() })
        .loose(),
    ),
    queries: z.array(z.object({ name: z.string(), text: z.string() }).loose()),
    logMetrics: z.array(z.object({ name: z.string(), filter: z.object({ kind: z.string() }).loose() }).loose()),
    dashboards: z.array(z.object({ key: z.string(), title: z.string(), sections: z.array(z.unknown()) }).loose()),
    dependsOn: z.array(z.string()).optional(),
    maintenance: maintenance.optional(),
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
  })
  .loose();

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
    maintenance,
    elastic: elasticShape.optional(),
  })
  .loose();

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
  const findings = [...environments, ...teams, ...services].flatMap((judged) => judged.findings);
  if (findings.length === 0) return { findings, sound: catalog };
  const malformed = services.flatMap((judged) => judged.findings.flatMap(({ where }) => where.service ?? []));
  return {
    findings,
    sound: {
      ...catalog,
      services: services.flatMap(({ sound }) => sound),
      simulation: withoutFaultsOf(malformed, catalog.simulation),
      environments: environments.flatMap(({ value, findings }) => (findings.length === 0 ? [value] : [])),
      teams: teams.flatMap(({ value, findings }) => (findings.length === 0 ? [value] : [])),
    },
  };
}
