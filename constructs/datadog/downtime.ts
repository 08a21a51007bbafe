import type { EnvironmentEstate } from "../../model/estate";
import {
  type DefiniteWindow,
  dayPartsOf,
  maintenanceOf,
  minutesLong,
  mutes,
  type Weekday,
} from "../../model/maintenance-window";
import { ok, type Result } from "../../model/result";

/** A downtime that comes every week, as Datadog's API has it (v2, "Schedule a downtime"). */
export interface DatadogDowntime {
  /** Names that lead to it: of whoever declares the window, of the window, of the service that it mutes. */
  readonly path: readonly string[];
  /** Tags of the monitors that are muted: those that have all of them. */
  readonly monitorTags: readonly string[];
  readonly message: string;
  readonly timeZone: string;
  /** Recurrence in iCalendar's language (RFC 5545, 3.3.10). */
  readonly rule: string;
  /** One occurrence, in minutes: `60m`. */
  readonly duration: string;
}

const dayCodes: Readonly<Record<Weekday, string>> = {
  monday: "MO",
  tuesday: "TU",
  wednesday: "WE",
  thursday: "TH",
  friday: "FR",
  saturday: "SA",
  sunday: "SU",
};

/**
 * The time of day is in the rule, not in a start: Datadog refuses or moves a start that is past, which any that stands in a file is one day,
 * and then Terraform never agrees with it.
 */
function ruleOf({ days }: DefiniteWindow, from: number): string {
  const codes = days.map((day) => dayCodes[day]).join(",");
  return `FREQ=WEEKLY;INTERVAL=1;BYDAY=${codes};BYHOUR=${Math.floor(from / 60)};BYMINUTE=${from % 60};BYSECOND=0`;
}

/** The downtimes of an environment. Tags of monitors must all be there, so each service of a window has its own. */
export function datadogDowntimes(estate: EnvironmentEstate): Result<readonly DatadogDowntime[]> {
  const { environment, services } = estate;
  const evaluated = services.filter(({ alerts }) => alerts.some(({ evaluator }) => evaluator === "datadog"));
  const downtimes: DatadogDowntime[] = [];
  for (const window of maintenanceOf(estate)) {
    const parts = dayPartsOf(window);
    const minutes = minutesLong(window);
    if (!parts.ok) return parts;
    if (!minutes.ok) return minutes;
    const muted = evaluated.filter(({ service }) => mutes(window, service.name));
    const [first] = parts.value;
    if (first === undefined || muted.length === 0) continue;
    const base = {
      message: `Maintenance: ${window.reason}`,
      timeZone: window.timeZone,
      rule: ruleOf(window, first.from),
      duration: `${minutes.value}m`,
    };
    const env = `env:${environment.name}`;
    const declared = ["environment", window.name];
    if (window.services === undefined) downtimes.push({ ...base, path: declared, monitorTags: [env] });
    else
      downtimes.push(
        ...muted.map(({ service: { name } }) => ({
          ...base,
          path: window.owner === undefined ? [...declared, name] : ["services", name, window.name],
          monitorTags: [env, `service:${name}`],
        })),
      );
  }
  return ok(downtimes);
}
