import type { Catalog } from "../model/catalog";
import type { Finding, Where } from "../model/finding";
import { longestStretch, type MaintenanceWindow, minutesLong, weekdays } from "../model/maintenance-window";
import { didYouMean } from "../model/suggest";
import { knownZone } from "../model/time-zone";
import { duplicates } from "./duplicates";
import { errorRule, finding, inService, type Rule } from "./rule";

const time = errorRule("maintenance/time", "A window that begins or ends at no time never mutes, or always.");
const days = errorRule("maintenance/days", "A window without days never comes.");
const zone = errorRule("maintenance/time-zone", "In the wrong zone a window mutes the wrong hours.");
const tooLong = errorRule(
  "maintenance/too-long",
  "What nobody hears of for longer than a day is not maintained but abandoned.",
);
const reason = errorRule("maintenance/reason", "Whoever misses an alert must find out why nobody was told.");
const service = errorRule("maintenance/unknown-service", "A window of a service that does not exist mutes nothing.");
const environment = errorRule(
  "maintenance/unknown-environment",
  "A window in an environment that does not exist never comes.",
);
const name = errorRule("maintenance/name", "Windows are told apart by name, in every system.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [time, days, zone, tooLong, reason, service, environment, name];

/** A name is part of ids and of Alertmanager's names of intervals. */
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const dayMinutes = 1440;

/** A window, where it is declared, and what it may name. */
interface Declared {
  readonly window: MaintenanceWindow;
  readonly at: (field: string) => Where;
  /** A service's window is about that service. */
  readonly ofService: boolean;
}

function timeProblems({ window, at }: Declared): readonly Finding[] {
  const minutes = minutesLong(window);
  const stretch = longestStretch(window);
  if (!minutes.ok)
    return [finding(time, at("start"), minutes.error, 'write times such as start: "22:00", end: "02:00"')];
  if (window.start === window.end)
    return [
      finding(
        time,
        at("end"),
        `the window begins and ends at ${window.start}`,
        'write another end; a whole day is start: "00:00", end: "24:00"',
      ),
    ];
  return stretch.ok && stretch.value > dayMinutes
    ? [
        finding(
          tooLong,
          at("days"),
          `the window lasts ${Math.round(stretch.value / 6) / 10} hours without a break`,
          "shorten it to a day at most, or take alerts away whose news nobody needs",
        ),
      ]
    : [];
}

function dayProblems({ window, at }: Declared): readonly Finding[] {
  if (window.days.length === 0)
    return [finding(days, at("days"), "the window has no days", 'name days of the week, such as ["sunday"]')];
  return window.days
    .filter((day) => !weekdays.includes(day))
    .map((day) =>
      finding(
        days,
        at("days"),
        `there is no day "${day}".${didYouMean(String(day), weekdays)}`,
        `write one of ${weekdays.join(", ")}`,
      ),
    );
}

function problems(declared: Declared, catalog: Catalog): readonly Finding[] {
  const { window, at, ofService } = declared;
  const services = catalog.services.map((each) => each.name);
  const environments = catalog.environments.map((each) => each.name);
  const badDays = dayProblems(declared);
  return [
    ...(kebab.test(window.name)
      ? []
      : [finding(name, at("name"), `"${window.name}" is not in kebab-case`, "rename the window, such as db-upgrade")]),
    ...badDays,
    ...(badDays.length === 0 ? timeProblems(declared) : []),
    ...(knownZone(window.timeZone) === undefined
      ? [
          finding(
            zone,
            at("timeZone"),
            `there is no time zone "${window.timeZone}".${didYouMean(window.timeZone, Intl.supportedValuesOf("timeZone"))}`,
            "write an IANA time zone, such as Europe/Berlin",
          ),
        ]
      : []),
    ...(window.reason.trim() === ""
      ? [finding(reason, at("reason"), "the window has no reason", "write what is done meanwhile")]
      : []),
    ...(ofService && window.services !== undefined
      ? [
          finding(
            service,
            at("services"),
            "a service's window is about that service",
            "take `services` out, or move the window to the environment",
          ),
        ]
      : (window.services ?? [])
          .filter((each) => !services.includes(each))
          .map((each) =>
            finding(
              service,
              at("services"),
              `there is no service "${each}".${didYouMean(each, services)}`,
              `write names of services: ${services.join(", ")}`,
            ),
          )),
    ...(!ofService && window.environments !== undefined
      ? [
          finding(
            environment,
            at("environments"),
            "an environment's window is about that environment",
            "take `environments` out, or move the window to a service",
          ),
        ]
      : (window.environments ?? [])
          .filter((each) => !environments.some((known) => known === each))
          .map((each) =>
            finding(
              environment,
              at("environments"),
              `there is no environment "${each}".${didYouMean(String(each), environments)}`,
              `write names of environments: ${environments.join(", ")}`,
            ),
          )),
  ];
}

const twice = (declared: readonly Declared[]): readonly Finding[] =>
  duplicates(declared, ({ window }) => window.name).map(({ again }) =>
    finding(name, again.at("name"), `the window ${again.window.name} is declared twice`, "rename one of the two"),
  );

/** Maintenance windows that mute nothing, the wrong thing, or forever. */
export function checkMaintenance(catalog: Catalog): readonly Finding[] {
  const groups = [
    ...catalog.environments.map((each) =>
      each.maintenance.map(
        (window): Declared => ({
          window,
          at: (field) => ({
            file: catalog.file,
            field: `environments.${each.name}.maintenance.${window.name}.${field}`,
          }),
          ofService: false,
        }),
      ),
    ),
    ...catalog.services.map((each) =>
      (each.maintenance ?? []).map(
        (window): Declared => ({
          window,
          at: (field) => inService(each, `maintenance.${window.name}.${field}`),
          ofService: true,
        }),
      ),
    ),
  ];
  return groups.flatMap((declared) => [...declared.flatMap((each) => problems(each, catalog)), ...twice(declared)]);
}
