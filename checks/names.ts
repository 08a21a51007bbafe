import { logGroupNameProblem } from "../constructs/cloudwatch/limits";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { logGroupName } from "../model/log-group";
import { alertsOf, type Service } from "../model/service";
import { duplicates } from "./duplicates";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const duplicateService = errorRule(
  "name/duplicate-service",
  "Two services of one name share their metrics, alerts and pages.",
);
const duplicateAlert = errorRule(
  "name/duplicate-alert",
  "Two alerts of one name cannot be told apart by whoever is woken.",
);
const duplicateDashboard = errorRule(
  "name/duplicate-dashboard",
  "Two dashboards with one key have one address: the second replaces the first.",
);
const duplicateQuery = errorRule("name/duplicate-query", "Two saved queries of one name replace each other.");
const duplicateLogMetric = errorRule("name/duplicate-log-metric", "Two log metrics of one name count into one number.");
const duplicateLogGroup = errorRule(
  "name/duplicate-log-group",
  "A log group has one owner; the second creation fails in the middle of a deployment.",
);
const wrongRename = errorRule(
  "name/renamed-from",
  "Resources can be moved from one service to one other, and not from one that stays: both would have a rule group namespace of one name.",
);
const malformed = errorRule(
  "name/malformed",
  "A name becomes a label, an id and part of a URL in every system; one that a system refuses fails at deployment.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [
  wrongRename,
  duplicateService,
  duplicateAlert,
  duplicateDashboard,
  duplicateQuery,
  duplicateLogMetric,
  duplicateLogGroup,
  malformed,
];

/** A service's name is a Prometheus job, a Datadog tag, a PagerDuty service and part of ids; 50 leaves room for what is added. */
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const maxNameLength = 50;
/** An alert's name is a Prometheus label value and part of a construct's id. */
const camel = /^[A-Z][A-Za-z0-9]*$/;
const maxAlertLength = 100;

function kebabProblem(name: string): string | undefined {
  if (typeof name !== "string" || name === "") return "has no name";
  if (name.length > maxNameLength) return `"${name}" is ${name.length} characters long, more than ${maxNameLength}`;
  return kebab.test(name)
    ? undefined
    : `"${name}" is not in kebab-case (lower-case letters and digits, joined by hyphens)`;
}

function serviceNames(service: Service): readonly Finding[] {
  const named = (kind: string, field: string, names: readonly string[]): readonly Finding[] =>
    names.flatMap((name) => {
      const problem = kebabProblem(name);
      return problem === undefined
        ? []
        : [finding(malformed, inRule(service, name, field), `the ${kind} ${problem}`, `rename the ${kind}`)];
    });
  const alerts = alertsOf(service).filter(({ name }) => !camel.test(name) || name.length > maxAlertLength);
  const problem = kebabProblem(service.name);
  return [
    ...(problem === undefined
      ? []
      : [finding(malformed, inService(service, "name"), `the service ${problem}`, "rename the service")]),
    ...alerts.map(({ name }) =>
      finding(
        malformed,
        inRule(service, name, "name"),
        name.length > maxAlertLength
          ? `the alert's name is ${name.length} characters long, more than ${maxAlertLength}`
          : `the alert "${name}" is not in CamelCase (letters and digits, a capital first)`,
        "rename the alert, such as HighErrorRate",
      ),
    ),
    ...named(
      "dashboard",
      "dashboards",
      service.dashboards.map(({ key }) => key),
    ),
    ...named(
      "log metric",
      "logMetrics",
      service.logMetrics.map(({ name }) => name),
    ),
  ];
}

function duplicatesWithin(service: Service): readonly Finding[] {
  const rename = (what: string): string => `rename one of the two ${what}, or remove it`;
  const alike = <T>(values: readonly T[], keyOf: (value: T) => string): readonly string[] =>
    duplicates(values, keyOf).map(({ again }) => keyOf(again));
  return [
    ...alike(alertsOf(service), ({ name }) => name).map((name) =>
      finding(duplicateAlert, inRule(service, name, "alerts"), `the alert ${name} is declared twice`, rename("alerts")),
    ),
    ...alike(service.dashboards, ({ key }) => key).map((key) =>
      finding(
        duplicateDashboard,
        inRule(service, key, "dashboards"),
        `the dashboard ${key} is declared twice`,
        rename("dashboards"),
      ),
    ),
    ...alike(service.queries, ({ name }) => name).map((name) =>
      finding(
        duplicateQuery,
        inRule(service, name, "queries"),
        `the saved query "${name}" is declared twice`,
        rename("queries"),
      ),
    ),
    ...alike(service.logMetrics, ({ name }) => name).map((name) =>
      finding(
        duplicateLogMetric,
        inRule(service, name, "logMetrics"),
        `the log metric ${name} is declared twice`,
        rename("log metrics"),
      ),
    ),
  ];
}

function logGroups({ services, environments }: Catalog): readonly Finding[] {
  return environments.flatMap(({ name: environment }) => {
    const groups = services.map((service) => ({ service, name: logGroupName(service.runtime, environment) }));
    return [
      ...duplicates(groups, ({ name }) => name).map(({ first, again }) =>
        finding(
          duplicateLogGroup,
          inService(again.service, "runtime.logGroup"),
          `the log group ${again.name} is ${first.service.name}'s already`,
          "give each runtime a log group of its own",
        ),
      ),
      ...groups.flatMap(({ service, name }) => {
        const problem = logGroupNameProblem(name);
        return problem === undefined
          ? []
          : [finding(malformed, inService(service, "runtime.logGroup"), problem, "rename the log group")];
      }),
    ];
  });
}

/** What is wrong with a service's old name, and the fix. */
function renameProblem(
  service: Service,
  renamedFrom: string,
  services: readonly Service[],
): [string, string] | undefined {
  const out = "take renamedFrom out";
  if (service.name === renamedFrom) return [`${renamedFrom} is the name that it has`, out];
  if (services.some(({ name }) => name === renamedFrom))
    return [
      `there is a service ${renamedFrom}, whose resources and rule group namespace would be moved`,
      `${out}, or give the other service another name for as long as it stands`,
    ];
  if (services.some((other) => other !== service && other.renamedFrom === renamedFrom))
    return [`another service was renamed from ${renamedFrom} too`, `${out} of one of the two services`];
  const malformedName = kebabProblem(renamedFrom);
  return malformedName === undefined
    ? undefined
    : [`the old name ${malformedName}, so no service had it`, "write the name that the service was deployed under"];
}

/**
 * Old names that are somebody's: Terraform would move one service's resources to two addresses, or from a service that stays, and two
 * rule group namespaces of a workspace would have one name.
 */
const renames = (services: readonly Service[]): readonly Finding[] =>
  services.flatMap((service) => {
    const { renamedFrom } = service;
    const problem = renamedFrom === undefined ? undefined : renameProblem(service, renamedFrom, services);
    return problem === undefined ? [] : [finding(wrongRename, inService(service, "renamedFrom"), ...problem)];
  });

/** Names that are taken, or that a target refuses. */
export function checkNames(catalog: Catalog): readonly Finding[] {
  const { services, environments, teams, file } = catalog;
  return [
    ...duplicates(services, ({ name }) => name).map(({ first, again }) =>
      finding(
        duplicateService,
        inService(again, "name"),
        `the service ${again.name} is declared twice${first.file === again.file ? "" : ", in two files"}`,
        "rename one of the two services, or remove it",
      ),
    ),
    ...[...environments.map(({ name }) => ["environment", name]), ...teams.map(({ name }) => ["team", name])].flatMap(
      ([kind = "", name = ""]) => {
        const problem = kebabProblem(name);
        return problem === undefined
          ? []
          : [finding(malformed, { file, field: `${kind}s.${name}` }, `the ${kind} ${problem}`, `rename the ${kind}`)];
      },
    ),
    ...services.flatMap((service) => [...serviceNames(service), ...duplicatesWithin(service)]),
    ...logGroups(catalog),
    ...renames(services),
  ];
}
