import type { AlertRule } from "../../model/alert-rule";
import type { EnvironmentEstate } from "../../model/estate";
import { type Inhibition, inhibitionsOf, routedLabels } from "../../model/inhibition";
import { oneOfLabel } from "../../model/label-matcher";
import { type DayPart, type DefiniteWindow, dayPartsOf, maintenanceOf, mutes } from "../../model/maintenance-window";
import { memoized } from "../../model/memoized";
import type { OpsgeniePriority, Pager } from "../../model/pager";
import { fail, never, ok, type Result } from "../../model/result";
import { severities } from "../../model/severity";
import type { Team } from "../../model/team";
import { addressesOf, type DefiniteSummary, summaryLabel, weeklySummariesOf } from "../../model/weekly-summary";
import { heartbeatUrl, opsgenieHost } from "../opsgenie/api";
import { type RouteNode, receiversOf } from "./routing-tree";
import { pagedSeverities, type TimingName } from "./timing";

/** Who is told. Each rendering says how. */
export type Receiver =
  /** The environment's event orchestration. `fixed`: whatever the alert says of its severity. */
  | { readonly kind: "pagerduty"; readonly name: string; readonly severity: "of the alert" | "warning" }
  /** Opsgenie, on its host. `team` and `priority` are fixed where nobody knows what the alert says of them. */
  | {
      readonly kind: "opsgenie";
      readonly name: string;
      readonly host: string;
      readonly team: string;
      readonly priority: "of the alert" | OpsgeniePriority;
    }
  | { readonly kind: "slack"; readonly name: string; readonly team: string; readonly channel: string }
  | { readonly kind: "digest"; readonly name: string; readonly team: string; readonly addresses: readonly string[] }
  /** What the week was like. */
  | { readonly kind: "summary"; readonly name: string; readonly team: string; readonly addresses: readonly string[] }
  /** Whoever calls when the heartbeat stops. */
  | { readonly kind: "watchdog"; readonly name: string }
  /** Opsgenie's heartbeat, and where it is told that all is well. */
  | { readonly kind: "heartbeat"; readonly name: string; readonly url: string };

/** A maintenance window, or the hour of a summary, as times of days. */
export interface TimeInterval {
  readonly name: string;
  readonly timeZone: string;
  readonly parts: readonly DayPart[];
  readonly reason: string;
}

/** What an Alertmanager of an environment does; rendered for one of one's own and for Amazon's. */
export interface AlertmanagerConfig {
  readonly environment: string;
  readonly route: RouteNode;
  readonly receivers: readonly Receiver[];
  readonly inhibitions: readonly Inhibition[];
  readonly intervals: readonly TimeInterval[];
}

/** The alert that always fires, so that silence means that something on the way to people is broken. */
export const watchdogAlert = "Watchdog";

const unrouted = "unrouted";
const watchdog = "watchdog";
const slackOf = (team: string): string => `slack-${team}`;
const summaryOf = (team: string): string => `summary-${team}`;
const digestOf = (team: string): string => `digest-${team}`;

/** One incident for each alert of a service in an environment, however many instances it is about. */
const perAlert = ["alertname", "environment", "service"];
const perTeam = ["environment", "team"];

/**
 * The receivers that an alert must reach, by its route: the pager where it is told, the team's channel always, the digest of what is
 * not urgent. The heartbeat reaches its own alone.
 */
export const promisedReceivers = ({ name, team, route }: AlertRule, pager: Pager = "pagerduty"): readonly string[] =>
  name === watchdogAlert
    ? [watchdog]
    : [
        ...(route.urgency === undefined ? [] : [pager]),
        slackOf(team),
        ...(route.digest === undefined ? [] : [digestOf(team)]),
      ];

/** The teams that own something in the environment, as the catalog orders them. */
const ownersOf = ({ teams, services }: EnvironmentEstate): readonly Team[] =>
  teams.filter(({ name }) => services.some(({ team }) => team.name === name));

/** Adds the windows to the nodes that they mute. */
function muting(estate: EnvironmentEstate): (node: RouteNode, team?: string) => RouteNode {
  const windows = maintenanceOf(estate);
  const keysOf = (muting: (window: DefiniteWindow) => boolean): readonly string[] =>
    windows.filter(muting).map(({ key }) => key);
  const ofAll = keysOf(({ services }) => services === undefined);
  const named = estate.services.filter(({ service }) =>
    windows.some(({ services }) => services?.includes(service.name) === true),
  );
  return (node, team) => ({
    ...node,
    mutedIn: ofAll,
    // A child for each such service, so that the window of one changes no incident of another.
    routes: named
      .filter((each) => team === undefined || each.team.name === team)
      .map(({ service: { name } }) => ({
        ...node,
        matchers: [oneOfLabel("service", name)],
        continues: false,
        mutedIn: keysOf((window) => mutes(window, name)),
      })),
  });
}

/**
 * The routing tree. What it is made of decides PagerDuty's deduplication key (`groupKeyOf`), hence its shape:
 *
 * - The heartbeat and the weekly summaries have ways of their own, and end there.
 * - PagerDuty first, by severity alone and then on: no team, service or channel is on the way, so that a service may change its team, and
 *   services come and go, while incidents are open. Only the first and the last window of a service change the way of its own alerts.
 * - Then the team's channel, then the digest of what is not urgent.
 * - What meets nothing ends at PagerDuty's service for unrouted alerts: somebody hears. Its root cannot be muted.
 */
function treeOf(estate: EnvironmentEstate, summaries: readonly DefiniteSummary[]): RouteNode {
  const muted = muting(estate);
  const node = (timing: TimingName, receiver: string): RouteNode => ({
    matchers: [],
    receiver,
    timing,
    groupBy: perAlert,
    continues: true,
    mutedIn: [],
    routes: [],
  });
  const owners = ownersOf(estate);
  return {
    ...node("warning", unrouted),
    routes: [
      {
        ...node("watchdog", watchdog),
        matchers: [oneOfLabel("alertname", watchdogAlert)],
        groupBy: ["alertname", "environment"],
        continues: false,
      },
      // Before all others, and no window mutes them: what they are about is over.
      ...summaries.map(({ team, interval }) => ({
        ...node("summary", summaryOf(team.name)),
        matchers: [oneOfLabel(summaryLabel.name, summaryLabel.value), oneOfLabel("team", team.name)],
        groupBy: perTeam,
        continues: false,
        activeIn: [interval],
      })),
      ...pagedSeverities.map(({ word, timing }) =>
        muted({ ...node(timing, estate.onCall.pager), matchers: [oneOfLabel("severity", word)] }),
      ),
      ...owners.map(({ name }) =>
        muted({ ...node("chat", slackOf(name)), matchers: [oneOfLabel("team", name)] }, name),
      ),
      ...owners.map(({ name }) =>
        muted(
          {
            ...node("digest", digestOf(name)),
            matchers: [oneOfLabel("severity", severities["SEV-4"].word), oneOfLabel("team", name)],
            groupBy: perTeam,
          },
          name,
        ),
      ),
    ],
  };
}

function intervalsOf(
  estate: EnvironmentEstate,
  summaries: readonly DefiniteSummary[],
): Result<readonly TimeInterval[]> {
  const intervals: TimeInterval[] = summaries.map(({ team, interval, timeZone, parts }) => ({
    name: interval,
    timeZone,
    parts,
    reason: `${team.name} is told once a week`,
  }));
  for (const window of maintenanceOf(estate)) {
    const parts = dayPartsOf(window);
    if (!parts.ok) return fail(`the maintenance window ${window.key}: ${parts.error}`);
    intervals.push({ name: window.key, timeZone: window.timeZone, parts: parts.value, reason: window.reason });
  }
  return ok(intervals);
}

/** Alerts that Prometheus evaluates and whose way does not end where their route says, each with where it ends instead. */
export const strayAlerts = (
  { route }: AlertmanagerConfig,
  { services, onCall: { pager } }: EnvironmentEstate,
): readonly { readonly rule: AlertRule; readonly reaches: readonly string[] }[] =>
  services
    .flatMap(({ alerts }) => alerts)
    .filter(({ evaluator }) => evaluator === "prometheus")
    .map((rule) => ({ rule, reaches: receiversOf(route, routedLabels(rule)) }))
    .filter(({ rule, reaches }) => reaches.join("\n") !== promisedReceivers(rule, pager).join("\n"));

/** The receivers of what calls somebody: of what meets no route, of the heartbeat, and of what pages. */
function pagersOf({ environment: { name }, onCall }: EnvironmentEstate): readonly Receiver[] {
  const { pager, opsgenieRegion, support } = onCall;
  switch (pager) {
    case "pagerduty":
      return [
        { kind: "pagerduty", name: unrouted, severity: "warning" },
        { kind: "watchdog", name: watchdog },
        { kind: "pagerduty", name: pager, severity: "of the alert" },
      ];
    case "opsgenie": {
      const host = opsgenieHost(opsgenieRegion);
      return [
        { kind: "opsgenie", name: unrouted, host, team: support, priority: "P3" },
        { kind: "heartbeat", name: watchdog, url: heartbeatUrl(opsgenieRegion, name) },
        { kind: "opsgenie", name: pager, host, team: "of the alert", priority: "of the alert" },
      ];
    }
    default:
      return never(pager);
  }
}

/** What the Alertmanager of an environment does. An error for a window or a weekly summary that has no times. */
export const alertmanagerConfig = memoized((estate: EnvironmentEstate): Result<AlertmanagerConfig> => {
  const summaries = weeklySummariesOf(estate);
  if (!summaries.ok) return summaries;
  const intervals = intervalsOf(estate, summaries.value);
  if (!intervals.ok) return intervals;
  const owners = ownersOf(estate);
  return ok({
    environment: estate.environment.name,
    route: treeOf(estate, summaries.value),
    receivers: [
      ...pagersOf(estate),
      ...owners.map(({ name, slack }) => ({ kind: "slack", name: slackOf(name), team: name, channel: slack }) as const),
      ...owners.map(
        (team) =>
          ({ kind: "digest", name: digestOf(team.name), team: team.name, addresses: addressesOf(team) }) as const,
      ),
      ...summaries.value.map(
        ({ team: { name }, addresses }) => ({ kind: "summary", name: summaryOf(name), team: name, addresses }) as const,
      ),
    ],
    inhibitions: inhibitionsOf(estate),
    intervals: intervals.value,
  });
});
