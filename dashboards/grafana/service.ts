import {
  type Dashboard,
  logPanel,
  type Panel,
  type Section,
  type ServiceSection,
  serviceSections,
} from "../../model/dashboard";
import { serviceDashboardKey } from "../../model/grafana-uid";
import type { LogFieldDefinition } from "../../model/log-field";
import { memoized } from "../../model/memoized";
import { promqlPanel } from "../../model/promql-panel";
import { recordedSeries } from "../../model/recorded-series";
import { logFieldsOf, type Service } from "../../model/service";

/** Levels that mean a failure, in the words of the common logging libraries. */
const failureLevels = new Set(["error", "critical", "fatal", "alert", "emergency", "panic"]);

/** Newest events that a log panel asks for: more than anybody reads, and far below the 10,000 that Insights returns. */
const eventLimit = 100;

/** Requests that "Slow requests" lists: one screen. */
const slowRequestLimit = 50;

const quoted = (value: string): string => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/**
 * The newest events whose `level` means a failure; none where the contract has no `level`, or lists its values and none of them
 * means one. Only `@timestamp` and `@message` are asked for, since Grafana's log panel shows the first text field alone.
 */
function recentErrors(fields: readonly LogFieldDefinition[]): Panel | undefined {
  const level = fields.find(({ name, type }) => name === "level" && type === "string");
  if (level === undefined) return undefined;
  const failures = level.values?.filter((value) => failureLevels.has(value.toLowerCase()));
  if (failures?.length === 0) return undefined;
  const filter =
    failures === undefined
      ? `level like /(?i)^(${[...failureLevels].join("|")})$/`
      : `level in [${failures.map(quoted).join(", ")}]`;
  return logPanel(
    "recent-errors",
    "Recent errors",
    `fields @timestamp, @message | filter ${filter} | sort @timestamp desc | limit ${eventLimit}`,
    `The newest ${eventLimit} log events of a level that means a failure.`,
  );
}

/** The slowest requests, as a table: a log panel would sort them by time again. None without `duration_ms` and `path`. */
function slowRequests(fields: readonly LogFieldDefinition[]): Panel | undefined {
  const has = (name: string): boolean => fields.some((field) => field.name === name);
  if (!fields.some(({ name, type }) => name === "duration_ms" && type === "number") || !has("path")) return undefined;
  const shown = ["@timestamp", ...["method", "status_code"].filter(has), "path", "duration_ms"];
  return {
    ...logPanel(
      "slow-requests",
      "Slow requests",
      `fields ${shown.join(", ")} | filter ispresent(duration_ms) | sort duration_ms desc | limit ${slowRequestLimit}`,
      `The ${slowRequestLimit} requests that took longest, from the logs.`,
    ),
    visualization: "table",
  };
}

/** Stands in a section that has nothing else, so that a reader knows that nothing is missing but the telemetry. */
const nothingDeclared = (service: Service, section: ServiceSection): Panel => ({
  key: `${section}-none`,
  title: "",
  visualization: "text",
  queries: [],
  text: `The telemetry of ${service.name} declares nothing for this section.`,
});

/** What is promised to users: how much of each error budget is left, and how fast it burns. */
const objectivePanels = ({ objectives }: Service): readonly Panel[] =>
  objectives.length === 0
    ? []
    : [
        promqlPanel(
          "error-budgets",
          "Error budget left, percent",
          { "{{objective}}": `100 * ${recordedSeries.budgetRemaining}{service="{service}"}` },
          {
            visualization: "stat",
            width: 12,
            description: "Share of each budget that is left of its window. Below zero the promise is broken.",
          },
        ),
        promqlPanel(
          "burn-rates",
          "Burn rates",
          { "{{objective}}": `${recordedSeries.burnRate}{service="{service}"}` },
          {
            description:
              "How many times faster than it may be each budget was spent in the last hour; 1 just keeps the promise.",
          },
        ),
      ];

function ownPanels(service: Service): Readonly<Record<ServiceSection, readonly Panel[]>> {
  const fields = logFieldsOf(service);
  const from = (section: ServiceSection, log?: Panel): readonly Panel[] => [
    ...service.telemetry.flatMap(({ panels }) => panels[section] ?? []),
    ...(log === undefined ? [] : [log]),
  ];
  return {
    overview: [...from("overview"), ...objectivePanels(service)],
    errors: from("errors", recentErrors(fields)),
    performance: from("performance", slowRequests(fields)),
    infrastructure: from("infrastructure"),
    business: from("business"),
  };
}

/** From what users feel to what the business earns. */
const order = [
  "overview",
  "errors",
  "performance",
  "infrastructure",
  "business",
] as const satisfies readonly ServiceSection[];

/** Two contracts of a service bring different panels of one key; the dashboard shows the first. */
export interface PanelConflict {
  readonly service: string;
  readonly key: string;
  /** Titles of the panel shown and of the one left out. */
  readonly shown: string;
  readonly dropped: string;
}

/** The sections of the service's dashboard, and the panels that their keys keep out of it. */
function assemble(service: Service): { readonly sections: readonly Section[]; readonly conflicts: PanelConflict[] } {
  const panels = ownPanels(service);
  const shown = new Map<string, Panel>();
  const conflicts: PanelConflict[] = [];
  const firstOfKey = (panel: Panel): boolean => {
    const first = shown.get(panel.key);
    shown.set(panel.key, first ?? panel);
    if (first === undefined) return true;
    // The same panel brought twice, by two contracts that share a part, is no conflict.
    if (JSON.stringify(first) !== JSON.stringify(panel))
      conflicts.push({ service: service.name, key: panel.key, shown: first.title, dropped: panel.title });
    return false;
  };
  const section = (key: ServiceSection): Section => {
    const own = panels[key].filter(firstOfKey);
    return { key, title: serviceSections[key], panels: own.length === 0 ? [nothingDeclared(service, key)] : own };
  };
  return { sections: order.map(section), conflicts };
}

/**
 * The dashboard that every service has: five sections, filled from its telemetry contracts in their order, and from its logs.
 * Of panels with the same key the first is shown; `panelConflicts` names those that differ.
 */
export const serviceDashboard = (service: Service): Dashboard => ({
  key: serviceDashboardKey,
  title: service.name,
  description: service.description,
  sections: assemble(service).sections,
});

/** Panels that `serviceDashboard` leaves out because another of the same key, but not the same content, stands there. */
export const panelConflicts = (service: Service): readonly PanelConflict[] => assemble(service).conflicts;

/** Every dashboard of a service: its own first, then those that people wrote for it. */
export const dashboardsOf = memoized((service: Service): readonly Dashboard[] => [
  serviceDashboard(service),
  ...service.dashboards,
]);
