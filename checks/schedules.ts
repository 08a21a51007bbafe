import { limits } from "../constructs/sentry/limits";
import type { CronJob } from "../model/cron-job";
import { parseCrontab } from "../model/crontab";
import { parseDuration } from "../model/duration";
import { didYouMean } from "../model/suggest";
import { knownZone } from "../model/time-zone";
import { countProblems, type Problem } from "./error-alerts";

function minutesProblems(field: string, text: string): readonly Problem[] {
  const seconds = parseDuration(text);
  const { least, most } = limits.cronMinutes;
  const fix = `write whole minutes from ${least} to ${most}, such as "30m"`;
  if (!seconds.ok) return [{ field, message: seconds.error, fix }];
  const minutes = seconds.value / 60;
  return Number.isInteger(minutes) && minutes >= least && minutes <= most
    ? []
    : [{ field, message: `${text} is ${minutes} minutes`, fix }];
}

/** Everything that is wrong with a schedule by itself. */
export function scheduleProblems({
  name,
  schedule,
  timeZone,
  margin,
  maxRuntime,
  failures,
}: CronJob): readonly Problem[] {
  const crontab = parseCrontab(String(schedule));
  return [
    ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= limits.slugLength
      ? []
      : [
          {
            field: "name",
            message: `"${name}" is no slug`,
            fix: `write kebab-case, at most ${limits.slugLength} characters`,
          },
        ]),
    ...(crontab.ok
      ? []
      : [{ field: "schedule", message: crontab.error, fix: 'write five fields, such as "30 2 * * *"' }]),
    ...(knownZone(timeZone) === undefined
      ? [
          {
            field: "timeZone",
            message: `there is no time zone "${timeZone}".${didYouMean(timeZone, Intl.supportedValuesOf("timeZone"))}`,
            fix: "write an IANA time zone, such as Europe/Berlin",
          },
        ]
      : []),
    ...minutesProblems("margin", margin),
    ...minutesProblems("maxRuntime", maxRuntime),
    ...countProblems("failures", failures),
  ];
}
