import { formatDuration } from "../../languages/promql/durations";
import type { Inhibition } from "../../model/inhibition";
import { type DayPart, timeOfDay } from "../../model/maintenance-window";
import type { AlertmanagerConfig, TimeInterval } from "./config";
import { matcherTexts } from "./matcher";
import type { RouteNode } from "./routing-tree";
import { timings } from "./timing";

/** The parts of a configuration file that are the same wherever it is used, with Alertmanager's own keys. */

/** Source: Alertmanager, Configuration, "<route>". */
export interface RouteDocument {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by: readonly string[];
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
  readonly continue?: true;
  readonly mute_time_intervals?: readonly string[];
  readonly active_time_intervals?: readonly string[];
  readonly routes?: readonly RouteDocument[];
}

/** Source: Alertmanager, Configuration, "<inhibit_rule>". */
export interface InhibitDocument {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

/** Source: Alertmanager, Configuration, "<time_interval>". */
export interface IntervalDocument {
  readonly name: string;
  readonly time_intervals: readonly {
    readonly times: readonly { readonly start_time: string; readonly end_time: string }[];
    readonly weekdays: readonly string[];
    readonly location: string;
  }[];
}

function routeDocument(node: RouteNode, root: boolean): RouteDocument {
  const { waitSeconds, intervalSeconds, repeatSeconds } = timings[node.timing];
  return {
    receiver: node.receiver,
    ...(root ? {} : { matchers: node.matchers.flatMap(matcherTexts) }),
    group_by: node.groupBy,
    group_wait: formatDuration(waitSeconds),
    group_interval: formatDuration(intervalSeconds),
    repeat_interval: formatDuration(repeatSeconds),
    // The root takes everything and has nothing after it.
    ...(node.continues && !root ? { continue: true } : {}),
    ...(node.mutedIn.length === 0 || root ? {} : { mute_time_intervals: node.mutedIn }),
    ...(node.activeIn === undefined || root ? {} : { active_time_intervals: node.activeIn }),
    ...(node.routes.length === 0 ? {} : { routes: node.routes.map((child) => routeDocument(child, false)) }),
  };
}

const inhibitDocument = ({ source, target, equal }: Inhibition): InhibitDocument => ({
  source_matchers: source.flatMap(matcherTexts),
  target_matchers: target.flatMap(matcherTexts),
  equal,
});

const intervalDocument = ({ name, timeZone, parts }: TimeInterval): IntervalDocument => ({
  name,
  time_intervals: parts.map(({ days, from, to }: DayPart) => ({
    times: [{ start_time: timeOfDay(from), end_time: timeOfDay(to) }],
    weekdays: days,
    location: timeZone,
  })),
});

/** What both renderings share. A list that would be empty is left out. */
export const sharedDocument = ({ route, inhibitions, intervals }: AlertmanagerConfig) => ({
  route: routeDocument(route, true),
  ...(inhibitions.length === 0 ? {} : { inhibit_rules: inhibitions.map(inhibitDocument) }),
  ...(intervals.length === 0 ? {} : { time_intervals: intervals.map(intervalDocument) }),
});
