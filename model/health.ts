import { type Duration, parseDuration } from "./duration";
import { inEnvironment } from "./per-environment";
import type { Probe, ProbeKind } from "./probe";
import type { EnvironmentTable, PerEnvironment } from "./register";
import { checked } from "./result";
import { type Route, routeOf } from "./route";
import { runbookUrl } from "./runbook";
import { type Severity, type SeverityName, severityIn, severityOf } from "./severity";
import type { Team } from "./team";

/**
 * What a service says of itself, and each of its dependencies. `degraded` serves users, though not as it should: status 200, as
 * `healthy`; `unhealthy` does not: status 503, so that a load balancer understands too.
 */
export const healthStatuses = ["healthy", "degraded", "unhealthy"] as const;
export type HealthStatus = (typeof healthStatuses)[number];

/** What a user writes of a service's health endpoint. */
export interface HealthOptions {
  /** Address of the service as users meet it, without the path; it differs by environment. */
  readonly url: PerEnvironment<string>;
  /** Default: `/health`. */
  readonly path?: `/${string}`;
  /** What it needs and reports on, by the name in `checks`: `database`, `redis`. */
  readonly dependencies: readonly string[];
  /** How long an answer may take. Default: 5s, in which each dependency was asked once. */
  readonly timeout?: Duration;
  /** Who asks from outside, by environment; at least one in production. */
  readonly probes: EnvironmentTable<readonly Probe[]>;
  /** Of `HealthCheckFailing`, which Route 53, Datadog and Grafana tell. Default: SEV-1; who sees it first pages. */
  readonly severity?: PerEnvironment<SeverityName>;
  /** The page that says what to do. Default: `health-check-failing`, below the catalog's `runbooks`. */
  readonly runbook?: string;
}

/** A service's health endpoint. */
export interface Health extends Required<HealthOptions> {}

/** Declares the health endpoint of a service. */
export const health = (options: HealthOptions): Health => ({
  path: "/health",
  timeout: "5s",
  severity: "SEV-1",
  runbook: "health-check-failing",
  ...options,
});

/** The name of the alert on a failing probe, wherever it is evaluated. */
export const healthAlertName = "HealthCheckFailing";

/** A health endpoint in one environment, with nothing left open. */
export interface DefiniteHealth {
  readonly service: string;
  readonly environment: string;
  /** The whole address, path included. */
  readonly url: string;
  readonly dependencies: readonly string[];
  readonly timeoutSeconds: number;
  readonly probes: readonly Probe[];
  readonly severity: Severity;
  readonly route: Route;
  /** URL. */
  readonly runbook: string;
}

/** The probes of an environment: its own, else the default. */
export const probesIn = ({ probes }: Pick<HealthOptions, "probes">, environment: string): readonly Probe[] =>
  new Map<string, readonly Probe[] | undefined>(Object.entries(probes)).get(environment) ?? probes.default;

/** The probe of one kind in an environment; undefined where none asks so. */
export function probeOf<K extends ProbeKind>(
  { probes }: Pick<DefiniteHealth, "probes">,
  kind: K,
): Extract<Probe, { kind: K }> | undefined {
  return probes.find((probe): probe is Extract<Probe, { kind: K }> => probe.kind === kind);
}

/** What the health of a service takes from outside. */
interface Surroundings {
  readonly service: string;
  readonly team: Team;
  readonly environment: { readonly name: string; readonly production: boolean };
  /** URL below which runbooks are found by name. */
  readonly runbooks: string | undefined;
}

/**
 * Makes a health endpoint definite for an environment.
 * @throws Error on what the checks refuse; they run first.
 */
export function definiteHealth(
  declared: Health,
  { service, team, environment, runbooks }: Surroundings,
): DefiniteHealth {
  const { name, production } = environment;
  const severity = severityIn(production, severityOf(inEnvironment(declared.severity, name)));
  return {
    service,
    environment: name,
    url: `${inEnvironment(declared.url, name).replace(/\/+$/, "")}${declared.path}`,
    dependencies: declared.dependencies,
    timeoutSeconds: checked(parseDuration(declared.timeout)),
    probes: probesIn(declared, name),
    severity,
    route: routeOf(severity, team),
    runbook: checked(runbookUrl(declared.runbook, runbooks)),
  };
}
