import { DowntimeSchedule } from "@cdktf/provider-datadog/lib/downtime-schedule";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { literal } from "../terraform/literal";
import { datadogDowntimes } from "./downtime";

/** The construct of a name below another, made when it is first asked for. */
function within(scope: Construct, name: string): Construct {
  const child = scope.node.tryFindChild(name);
  return child instanceof Construct ? child : new Construct(scope, name);
}

/** A recurring downtime for each maintenance window that mutes monitors of Datadog's. */
export class DatadogDowntimes extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    for (const { path, monitorTags, message, timeZone, rule, duration } of checked(datadogDowntimes(estate))) {
      const above = path.slice(0, -1).reduce<Construct>(within, this);
      new DowntimeSchedule(above, path.at(-1) ?? "", {
        // Whatever groups the monitors have; which monitors, their tags say.
        scope: "*",
        monitorIdentifier: { monitorTags: [...monitorTags] },
        message: literal(message),
        displayTimezone: timeZone,
        recurringSchedule: { timezone: timeZone, recurrence: [{ rrule: rule, duration }] },
        // A recovery within the window is told: whoever was called before it began waits for it.
        muteFirstRecoveryNotification: false,
        // What still is wrong at the end is told then.
        notifyEndTypes: ["expired", "canceled"],
        notifyEndStates: ["alert", "warn", "no data"],
      });
    }
  }
}
