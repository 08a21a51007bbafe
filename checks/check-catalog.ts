import type { Catalog } from "../model/catalog";
import { type EnvironmentEstate, estateOf } from "../model/estate";
import type { Finding } from "../model/finding";
import { checkAccess, checkAccessRoles } from "./access";
import { checkAlertQuality } from "./alert-quality";
import { checkAlerts } from "./alerts";
import { checkCardinality } from "./cardinality";
import { checkDashboardAddresses, checkDashboards, checkPanels } from "./dashboards";
import { checkDatadogQueries } from "./datadog-queries";
import { checkDependencies } from "./dependencies";
import { firsts } from "./duplicates";
import { checkElastic } from "./elastic";
import { checkEnvironments } from "./environments";
import { checkErrors } from "./errors";
import { checkHealth } from "./health";
import { checkLogArchives, checkLogDelivery } from "./log-delivery";
import { checkLogMetrics } from "./log-metrics";
import { checkLogShipping, checkLogShippingOptions } from "./log-shipping";
import { checkLogs } from "./logs";
import { checkMaintenance } from "./maintenance";
import { checkNames } from "./names";
import { checkObjectives } from "./objectives";
import { checkOpenTelemetry } from "./opentelemetry";
import { checkOpsgenie } from "./opsgenie";
import { checkPromql } from "./promql";
import { checkQueries } from "./queries";
import { checkQuotas } from "./quotas";
import { checkReferences } from "./references";
import { checkRendering } from "./rendering";
import { checkRouting } from "./routing";
import { checkConfiguration, checkRuntimeConfiguration } from "./runtime-configuration";
import { checkScrapes } from "./scrapes";
import { checkSecrets } from "./secrets";
import { checkShape } from "./shape";
import { checkSimulation } from "./simulation";
import { checkStatsd } from "./statsd";
import { checkStatusPage } from "./status-page";
import { checkTeams } from "./teams";
import { checkTelemetry } from "./telemetry";
import { checkTimeToPage } from "./time-to-page";
import { checkTracing } from "./tracing";

/** Families that read the catalog as it was written. */
const ofCatalog: readonly ((catalog: Catalog) => readonly Finding[])[] = [
  checkNames,
  checkReferences,
  checkEnvironments,
  checkTeams,
  checkAccess,
  checkStatusPage,
  checkDependencies,
  checkMaintenance,
  checkTelemetry,
  checkScrapes,
  checkStatsd,
  checkCardinality,
  checkAlerts,
  checkObjectives,
  checkErrors,
  checkHealth,
  checkPromql,
  checkDatadogQueries,
  checkLogMetrics,
  checkLogShippingOptions,
  checkLogs,
  checkLogArchives,
  checkQueries,
  checkPanels,
  checkSimulation,
  checkTracing,
  checkConfiguration,
  checkSecrets,
];

/** Families that read what becomes of it in an environment. */
const ofEstate: readonly ((estate: EnvironmentEstate, catalog: Catalog) => readonly Finding[])[] = [
  checkRendering,
  checkAlertQuality,
  checkTimeToPage,
  checkDashboards,
  checkRouting,
  checkAccessRoles,
  checkOpsgenie,
  checkLogDelivery,
  checkElastic,
];

/** Families that read what is rendered, and so need all of it to be there. */
const ofRendered: typeof ofEstate = [checkQuotas, checkOpenTelemetry, checkRuntimeConfiguration, checkLogShipping];

const keyOf = ({ id, where, message }: Finding): string => JSON.stringify([id, where, message]);

/** The same mistake is often met in each environment; it is told once. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((found) => {
    const key = keyOf(found);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Parts of a service, and of an environment, that can be left away when something is wrong with them. */
const servicePartsLeftAway = ["errors", "health", "tracing"] as const;
const environmentPartsLeftAway = ["elastic", "tracing"] as const;

/** A value without the parts that are faulty. */
function withoutParts<T extends object>(value: T, parts: readonly string[], isFaulty: (part: string) => boolean): T {
  const sound = { ...value };
  for (const part of parts) if (isFaulty(part)) Reflect.deleteProperty(sound, part);
  return sound;
}

/**
 * The catalog without the alerts, objectives, dashboards and other parts that something is wrong with, and without services that have
 * no owner or no name of their own: the rest can be made definite, so that one mistake hides nothing about the others.
 */
function withoutFaulty(catalog: Catalog, findings: readonly Finding[]): Catalog {
  if (findings.length === 0) return catalog;
  const errors = findings.filter(({ level }) => level === "error");
  const faulty = new Set(errors.map(({ where: { service = "", rule = "" } }) => `${service}\n${rule}`));
  const isSound = (service: string, rule: string): boolean => !faulty.has(`${service}\n${rule}`);
  const isFaultyPart = (service: string | undefined, field: string): boolean =>
    errors.some(
      ({ where }) =>
        where.service === service && (where.field === field || where.field?.startsWith(`${field}.`) === true),
    );
  const teams = new Set(catalog.teams.map(({ name }) => name));
  return {
    ...catalog,
    environments: catalog.environments.map((environment) =>
      withoutParts(environment, environmentPartsLeftAway, (part) =>
        isFaultyPart(undefined, `environments.${environment.name}.${part}`),
      ),
    ),
    services: firsts(catalog.services, ({ name }) => name)
      .filter(
        ({ name, team }, index, all) => teams.has(team) && all.findIndex((other) => other.name === name) === index,
      )
      .map((service) => ({
        ...withoutParts(service, servicePartsLeftAway, (part) => isFaultyPart(service.name, part)),
        alerts:
          "unmonitored" in service.alerts
            ? service.alerts
            : service.alerts.filter(
                ({ name, objective = name }) => isSound(service.name, name) && isSound(service.name, objective),
              ),
        objectives: firsts(service.objectives, ({ name }) => name).filter(({ name }) => isSound(service.name, name)),
        dashboards: service.dashboards.filter(({ key }) => isSound(service.name, key)),
      })),
  };
}

/**
 * Everything that is wrong with a catalog and with every value made from it, all at once.
 *
 * Services and alerts whose very shape is wrong (a field missing, or of another type) are told by `checkShape` alone, and
 * left out of the rest.
 */
export function checkCatalog(catalog: Catalog): readonly Finding[] {
  const { findings, sound } = checkShape(catalog);
  const written = ofCatalog.flatMap((check) => check(sound));
  const definite = withoutFaulty(sound, written);
  const estates = definite.environments.map((environment) => estateOf(definite, environment));
  const made = [
    ...estates.flatMap((estate) => ofEstate.flatMap((check) => check(estate, definite))),
    ...checkDashboardAddresses(estates, definite),
  ];
  const rendered = made.some(({ level }) => level === "error")
    ? []
    : estates.flatMap((estate) => ofRendered.flatMap((check) => check(estate, definite)));
  return once([...findings, ...written, ...made, ...rendered]);
}
