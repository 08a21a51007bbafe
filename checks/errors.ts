import { limits } from "../constructs/sentry/limits";
import { schedulesOf } from "../constructs/sentry/project";
import type { Catalog } from "../model/catalog";
import type { Monitored } from "../model/error-alert";
import { type ErrorTracking, errorPlatforms, inboundFilters } from "../model/error-tracking";
import type { Finding, Where } from "../model/finding";
import { probesIn } from "../model/health";
import type { Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { duplicates } from "./duplicates";
import { countProblems, errorAlertProblems } from "./error-alerts";
import { errorRule, finding, inService, type Rule, warningRule } from "./rule";
import { scheduleProblems } from "./schedules";

const organization = errorRule("errors/organization", "Errors without an organization of Sentry go nowhere.");
const unrouted = errorRule("errors/unrouted", "An error that no alert is about is seen by whoever happens to look.");
const alert = errorRule("errors/alert", "An alert that Sentry refuses, or that waits for nothing, tells nobody.");
const project = errorRule("errors/project", "A project that Sentry refuses stops the deployment in the middle.");
const schedule = errorRule(
  "errors/schedule",
  "A schedule that means another time, or none, is missed or never missed.",
);
const unwatched = warningRule(
  "errors/unwatched-schedule",
  "A task that silently stops running is found by its victims.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [organization, unrouted, alert, project, schedule, unwatched];

const tracked = ({ services }: Catalog): readonly (Service & { readonly errors: ErrorTracking })[] =>
  services.flatMap((service) => (service.errors === undefined ? [] : [{ ...service, errors: service.errors }]));

function organizationProblems(catalog: Catalog): readonly Finding[] {
  const { sentry, file } = catalog;
  const [first] = tracked(catalog);
  if (sentry === undefined)
    return first === undefined
      ? []
      : [
          finding(
            organization,
            inService(first, "errors"),
            "its errors go to Sentry, but the catalog names no organization",
            "write `sentry: { organization, slack, pagerDuty }` in the catalog",
          ),
        ];
  const where = (field: string): Where => ({ file, field: `sentry.${field}` });
  return [
    ...(/^[a-z0-9][a-z0-9-]*$/.test(sentry.organization)
      ? []
      : [
          finding(
            organization,
            where("organization"),
            `"${sentry.organization}" is not an organization's slug`,
            "write the name that stands in its address, in lower case",
          ),
        ]),
    ...(["slack", "pagerDuty"] as const)
      .filter((field) => !/^\d+$/.test(sentry[field]))
      .map((field) =>
        finding(
          organization,
          where(field),
          `"${sentry[field]}" is not the id of an integration`,
          "write the number in the address of the integration's settings, as text",
        ),
      ),
    ...(/^https?:\/\/\S+\/$/.test(sentry.api) && URL.canParse(sentry.api)
      ? []
      : [
          finding(
            organization,
            where("api"),
            `"${sentry.api}" is not the URL of an API`,
            "write it whole, with https:// and the / at its end",
          ),
        ]),
  ];
}

function projectProblems(service: Service & { readonly errors: ErrorTracking }): readonly Finding[] {
  const { name, team, errors } = service;
  const told = (field: string, message: string, fix: string): Finding =>
    finding(project, inService(service, field), message, fix);
  const unknown = (field: string, value: string, known: readonly string[]): readonly Finding[] =>
    known.includes(value)
      ? []
      : [
          told(
            field,
            `unknown ${field.split(".").at(-1)} "${value}".${didYouMean(value, known)}`,
            `write one of ${known.join(", ")}`,
          ),
        ];
  return [
    ...[name, team]
      .filter((slug) => slug.length > limits.slugLength)
      .map((slug) =>
        told(
          "errors",
          `Sentry's slugs have ${limits.slugLength} characters at most, "${slug}" has ${slug.length}`,
          "shorten the name",
        ),
      ),
    ...unknown("errors.platform", errors.platform, errorPlatforms),
    ...errors.filters.flatMap((filter) => unknown("errors.filters", filter, inboundFilters)),
    ...duplicates(errors.filters, (filter) => filter).map(({ again }) =>
      told("errors.filters", `the filter ${again} is named twice`, "remove one of the two"),
    ),
    ...errors.ignore
      .filter((message) => message.replaceAll("*", "").trim() === "")
      .map((message) =>
        told("errors.ignore", `"${message}" drops every error`, "name what is dropped, such as HTTPException: 404*"),
      ),
    ...countProblems("perMinute", errors.perMinute).map((each) => told(`errors.${each.field}`, each.message, each.fix)),
  ];
}

/** What makes issues of a kind in some environment, beside the code itself. */
function monitorsOf(service: Service, environments: readonly string[]): Readonly<Record<Monitored, boolean>> {
  const { health } = service;
  return {
    cron: schedulesOf(service).length > 0,
    uptime:
      health !== undefined &&
      environments.some((name) => probesIn(health, name).some(({ kind }) => kind === "sentry-uptime")),
  };
}

function routeProblems(service: Service & { readonly errors: ErrorTracking }, catalog: Catalog): readonly Finding[] {
  const { alerts } = service.errors;
  const where = inService(service, "errors.alerts");
  const environments = catalog.environments.map(({ name }) => name);
  const monitors = monitorsOf(service, environments);
  const about = (kind: Monitored): boolean => alerts.some(({ when }) => when.kind === "monitor" && when.of === kind);
  const silent = catalog.environments.filter(
    ({ production, name }) =>
      production &&
      !alerts.some(
        ({ when, environments: own }) =>
          when.kind !== "monitor" && (own === undefined || own.some((each) => each === name)),
      ),
  );
  return [
    ...silent.map(({ name }) =>
      finding(unrouted, where, `in ${name} nobody is told of its errors`, "add errorAlerts() to `errors.alerts`"),
    ),
    ...(["cron", "uptime"] as const).flatMap((kind) => {
      if (monitors[kind] === about(kind)) return [];
      return monitors[kind]
        ? [
            finding(
              unrouted,
              where,
              `it has a ${kind} monitor that no alert is about`,
              `add errorAlerts({ ${kind}: {} })`,
            ),
          ]
        : [
            finding(
              alert,
              where,
              `it has an alert on ${kind} monitors, but none of them`,
              kind === "cron"
                ? "declare `schedules` in its runtime, or take the alert away"
                : "add sentryUptime() to the probes of its health, or take the alert away",
            ),
          ];
    }),
  ];
}

function alertProblems(service: Service & { readonly errors: ErrorTracking }, catalog: Catalog): readonly Finding[] {
  const { alerts } = service.errors;
  const at = (name: string, field: string): Where => inService(service, `errors.alerts.${name}.${field}`);
  return [
    ...alerts.flatMap((each) =>
      errorAlertProblems(each, service, catalog).map(({ field, message, fix }) =>
        finding(alert, at(each.name, field), message, fix),
      ),
    ),
    ...duplicates(alerts, ({ name }) => name).map(({ again }) =>
      finding(alert, at(again.name, "name"), `the alert ${again.name} is declared twice`, "rename one of the two"),
    ),
  ];
}

function scheduleFindings(service: Service): readonly Finding[] {
  const schedules = schedulesOf(service);
  const at = (name: string, field: string): Where => inService(service, `runtime.schedules.${name}.${field}`);
  return [
    ...schedules.flatMap((each) =>
      scheduleProblems(each).map(({ field, message, fix }) => finding(schedule, at(each.name, field), message, fix)),
    ),
    ...duplicates(schedules, ({ name }) => name).map(({ again }) =>
      finding(
        schedule,
        at(again.name, "name"),
        `the schedule ${again.name} is declared twice`,
        "rename one of the two",
      ),
    ),
    ...(schedules.length > 0 && service.errors === undefined
      ? [
          finding(
            unwatched,
            inService(service, "runtime.schedules"),
            "nobody notices when a scheduled task does not run",
            "give the service `errors`, with errorAlerts({ cron: {} })",
          ),
        ]
      : []),
  ];
}

/** Error tracking that loses errors or tells nobody of them, and schedules that nobody watches. */
export function checkErrors(catalog: Catalog): readonly Finding[] {
  return [
    ...organizationProblems(catalog),
    ...tracked(catalog).flatMap((service) => [
      ...projectProblems(service),
      ...routeProblems(service, catalog),
      ...alertProblems(service, catalog),
    ]),
    ...catalog.services.flatMap(scheduleFindings),
  ];
}
