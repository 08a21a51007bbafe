import { dashboardsOf } from "../dashboards/grafana/service";
import { longestShareDays, type SharingRule } from "../model/access";
import type { Catalog } from "../model/catalog";
import type { Dashboard } from "../model/dashboard";
import type { Finding, Where } from "../model/finding";
import { logFieldsOf, type Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, type Rule } from "./rule";

const share = errorRule("access/share", "A public link without an end, or to nothing, is one that nobody takes back.");
const personal = errorRule(
  "access/personal-data",
  "What everybody may see must hold nothing about a person, and logs may hold anything.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [share, personal];

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Days since 1970, or undefined for what is no day of the calendar. */
function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  // A 30th of February is read as a day of March.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at / dayMilliseconds;
}

function dateProblems({ since, until }: SharingRule, where: (field: string) => Where): readonly Finding[] {
  const [from, to] = [dayOf(since), dayOf(until)];
  const bad = (field: "since" | "until", value: string): Finding =>
    finding(share, where(field), `"${value}" is not a day`, 'write it as "YYYY-MM-DD"');
  if (from === undefined || to === undefined)
    return [...(from === undefined ? [bad("since", since)] : []), ...(to === undefined ? [bad("until", until)] : [])];
  if (to <= from)
    return [
      finding(
        share,
        where("until"),
        `the share ends on ${until}, which is not after its first day`,
        "write a later day",
      ),
    ];
  if (to - from > longestShareDays)
    return [
      finding(
        share,
        where("until"),
        `the share lasts ${to - from} days, more than ${longestShareDays}`,
        "end it sooner; whoever still needs it then says so again",
      ),
    ];
  return [];
}

/** Panels that show logs, with the fields about people that the service declares. */
function personalData(service: Service, dashboard: Dashboard, where: Where): readonly Finding[] {
  const fields = logFieldsOf(service)
    .filter(({ pii }) => pii !== "none")
    .map(({ name }) => name);
  const holding = fields.length === 0 ? "whose text may name anybody" : `which hold ${fields.join(", ")}`;
  const panels = dashboard.sections
    .flatMap((section) => section.panels)
    .filter(({ queries }) => queries.some(({ kind }) => kind === "insights"))
    .map(({ key }) => key);
  if (panels.length === 0) return [];
  return [
    finding(
      personal,
      where,
      `it shows logs of ${service.name}, ${holding}: ${panels.join(", ")}`,
      "share a dashboard of metrics only",
    ),
  ];
}

/** Shares of what does not exist, without an end, or of what is about people. */
export const checkSharing = ({ access, services, environments, file }: Catalog): readonly Finding[] =>
  access.sharing.flatMap((rule, index) => {
    const where = (field: string): Where => ({ file, field: `access.sharing.${index}.${field}` });
    const missing = (field: string, kind: string, name: string, known: readonly string[]): Finding =>
      finding(
        share,
        where(field),
        `there is no ${kind} "${name}".${didYouMean(name, known)}`,
        `write one of ${known.join(", ")}`,
      );
    const environmentNames = environments.map(({ name }) => name);
    const service = services.find(({ name }) => name === rule.service);
    const dashboards = service === undefined ? [] : dashboardsOf(service);
    const dashboard = dashboards.find(({ key }) => key === rule.dashboard);
    const environment: string = rule.environment;
    return [
      ...(environmentNames.includes(environment)
        ? []
        : [missing("environment", "environment", environment, environmentNames)]),
      ...(service === undefined
        ? [
            missing(
              "service",
              "service",
              rule.service,
              services.map(({ name }) => name),
            ),
          ]
        : dashboard === undefined
          ? [
              missing(
                "dashboard",
                "dashboard",
                rule.dashboard,
                dashboards.map(({ key }) => key),
              ),
            ]
          : personalData(service, dashboard, where("dashboard"))),
      ...dateProblems(rule, where),
      ...(rule.reason.trim() === ""
        ? [finding(share, where("reason"), "the share has no reason", "say for whom it is, and why")]
        : []),
    ];
  });
