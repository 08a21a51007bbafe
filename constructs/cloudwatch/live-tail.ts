import type { ServiceEstate } from "../../model/estate";
import { isStructured, logContractOf } from "../../model/log-contract";
import { logGroupArn } from "./log-reading";

/** Commands that show a service's failures as they are logged. */
export interface LiveTail {
  readonly service: string;
  /** Polls: works with every version of the command line, and begins a quarter of an hour ago. */
  readonly tail: string;
  /** A session of Live Tail: up to 500 events a second, at once. */
  readonly liveTail: string;
}

/** A word of a POSIX shell's command that means itself. */
const quoted = (word: string): string => (/^[\w/:.@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** Failures: by their level where events are structured, else by the words that servers write. */
const failures = (estate: ServiceEstate): string =>
  isStructured(logContractOf(estate)?.fields ?? [])
    ? '{ $.level = "ERROR" || $.level = "CRITICAL" }'
    : "?ERROR ?FATAL ?PANIC ?error";

/** How to follow a service's failures. */
export function liveTailOf(estate: ServiceEstate): LiveTail {
  const pattern = quoted(failures(estate));
  const region = `--region ${estate.environment.region}`;
  return {
    service: estate.service.name,
    tail: `aws logs tail ${quoted(estate.logGroup.name)} --follow --since 15m --filter-pattern ${pattern} ${region}`,
    liveTail: `aws logs start-live-tail --log-group-identifiers ${quoted(logGroupArn(estate))} --log-event-filter-pattern ${pattern} ${region}`,
  };
}
