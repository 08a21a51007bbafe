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
  /**
   * Who asks from outside, by environment; at least one in production. The first of a list tells with `severity`, those behind it with SEV-3 at
   * worst: several see one outage, and one of them is enough to wake somebody.
   */
  readonly probes: EnvironmentTable<readonly Probe[]>;
  /**
   * Of `HealthCheckFailing`, which Route 53 and Datadog tell, where one of them is the first probe; what the blackbox exporter sees is told by
   * the alerts on its metrics. Default: SEV-1.
   */
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

/** The module of the blackbox exporter that asks whether a service serves, be it degraded: what pages are made of. */
export const servingModule = (service: string): string => `${service}-serving`;

/** The module that asks whether a service is wholly well: what a ticket is made of, and what a deployment waits for. */
export const healthyModule = (service: string): string => `${service}-healthy`;

/** The whole address of an endpoint, path included, by environment. */
export function healthUrl({ url, path }: Pick<Health, "url" | "path">): PerEnvironment<string> {
  const whole = (address: string): string => `${address.replace(/\/+$/, "")}${path}`;
  if (typeof url === "string") return whole(url);
  const named = Object.entries<string | undefined>(url).flatMap(([name, address]) =>
    address === undefined ? [] : [[name, whole(address)] as const],
  );
  return { ...Object.fromEntries(named), default: whole(url.default) };
}

/** The name of the alert on a failing probe, wherever it is evaluated. */
export const healthAlertName = "HealthCheckFailing";

/** How bad a failing probe is, and whom it reaches. */
export interface Telling {
  readonly severity: Severity;
  readonly route: Route;
}

/** A health endpoint in one environment, with nothing left open. */
export interface DefiniteHealth {
  readonly service: string;
  readonly environment: string;
  /** The whole address, path included. */
  readonly url: string;
  readonly dependencies: readonly string[];
  readonly timeoutSeconds: number;
  readonly probes: readonly Probe[];
  /** How the first probe tells. */
  readonly first: Telling;
  /** How those behind it tell: nobody is woken twice. */
  readonly later: Telling;
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

/** How a probe of a kind tells; as the later ones do, where none is of that kind. */
export const tellingOf = ({ probes, first, later }: DefiniteHealth, kind: ProbeKind): Telling =>
  probes[0]?.kind === kind ? first : later;

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
  // What is told outside production wakes nobody.
  const quiet = severityIn(false, severity);
  return {
    service,
    environment: name,
    url: inEnvironment(healthUrl(declared), name),
    dependencies: declared.dependencies,
    timeoutSeconds: checked(parseDuration(declared.timeout)),
    probes: probesIn(declared, name),
    first: { severity, route: routeOf(severity, team) },
    later: { severity: quiet, route: routeOf(quiet, team) },
    runbook: checked(runbookUrl(declared.runbook, runbooks)),
  };
}
