import type { EnvironmentEstate } from "../../model/estate";
import {
  type DayPart,
  type DefiniteWindow,
  dayPartsOf,
  maintenanceOf,
  mutes,
  timeOfDay,
} from "../../model/maintenance-window";
import { checked } from "../../model/result";

/** A mute timing, as Grafana's provider has it. Source: Grafana, Configure mute timings, "Time interval". */
export interface MuteTiming {
  /** Unique in a Grafana, which several environments may share. */
  readonly name: string;
  readonly intervals: readonly {
    readonly weekdays: readonly string[];
    readonly times: readonly { readonly start: string; readonly end: string }[];
    /** IANA time zone. */
    readonly location: string;
  }[];
}

const intervalOf = ({ days, from, to }: DayPart, location: string): MuteTiming["intervals"][number] => ({
  weekdays: [...days],
  times: [{ start: timeOfDay(from), end: timeOfDay(to) }],
  location,
});

const nameOf = ({ key }: DefiniteWindow, environment: string): string => `${environment}: ${key}`;

/** The mute timings of the windows in which some of these services are muted. @throws Error on times that the checks refuse. */
export const muteTimingsOf = (estate: EnvironmentEstate, services: readonly string[]): readonly MuteTiming[] =>
  maintenanceOf(estate)
    .filter((window) => services.some((service) => mutes(window, service)))
    .map((window) => ({
      name: nameOf(window, estate.environment.name),
      intervals: checked(dayPartsOf(window)).map((part) => intervalOf(part, window.timeZone)),
    }));

/** Names of the mute timings in which a service's rules tell nobody; they are evaluated all the same. */
export const mutedIn = (estate: EnvironmentEstate, service: string): readonly string[] =>
  maintenanceOf(estate)
    .filter((window) => mutes(window, service))
    .map((window) => nameOf(window, estate.environment.name));
