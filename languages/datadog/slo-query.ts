import type { Diagnostic, Parsed } from "../diagnostic";
import { type Cursor, cursorOf, expect, report, skipSpace, takeMatch } from "./cursor";
import { DATADOG_LIMITS, SLO_TIMEFRAMES, type SloTimeframe } from "./limits";
import { isOneOf, orList } from "./one-of";
import { quoted, takeQuoted } from "./quoted";
import { takeThreshold } from "./threshold-parser";
import { isWindow, type Window, windowSeconds } from "./window";

/**
 * The query of an `slo alert` monitor on a burn rate: `burn_rate("…").over("30d").long_window("1h").short_window("5m") > 14.4`
 * (Datadog documentation: Burn Rate Alerts, "API and Terraform").
 */
export interface BurnRateQuery {
  /** Id of the service level objective. */
  readonly slo: string;
  /** One of the objective's own time frames. */
  readonly over: SloTimeframe;
  readonly long: Window;
  readonly short: Window;
  /** How many times the budget may be spent; exact decimal text, and equal to the monitor's critical threshold. */
  readonly threshold: string;
}

/** The canonical text, which {@link parseDatadogBurnRateQuery} reads back as the same value. */
export const printDatadogBurnRateQuery = ({ slo, over, long, short, threshold }: BurnRateQuery): string =>
  `burn_rate(${quoted(slo, '"')}).over("${over}").long_window("${long}").short_window("${short}") > ${threshold}`;

/** What Datadog refuses of a burn rate's windows; undefined when it accepts them (Burn Rate Alerts, "Monitor creation"). */
function windowsProblem(longSeconds: number, shortSeconds: number): string | undefined {
  const { burnRateLongMinimumSeconds: least, burnRateLongMaximumSeconds: most } = DATADOG_LIMITS;
  if (!(longSeconds >= least && longSeconds <= most) || longSeconds % 3600 !== 0) {
    return "The long window of a burn rate is 1 to 48 whole hours.";
  }
  return shortSeconds >= 60 && shortSeconds < longSeconds && shortSeconds % 60 === 0
    ? undefined
    : "The short window of a burn rate is whole minutes, and shorter than the long one.";
}

/** Parses the query of a burn-rate monitor; everything wrong with it is reported. */
export function parseDatadogBurnRateQuery(text: string): Parsed<BurnRateQuery> {
  const cursor = cursorOf(text);
  skipSpace(cursor);
  const slo = takePart(cursor, "burn_rate");
  const over = takePart(cursor, ".over");
  const long = takePart(cursor, ".long_window");
  const short = takePart(cursor, ".short_window");
  const compared = takeThreshold(cursor);
  if (compared !== undefined && compared.comparator !== ">") {
    report(cursor, "A burn rate is alerted on above its threshold: write >.", 0, text.length);
  }
  if (!isOneOf(SLO_TIMEFRAMES, over)) {
    report(cursor, `An objective of Datadog is over ${orList(SLO_TIMEFRAMES)}, not "${over}".`, 0, text.length);
  }
  if (!isWindow(long) || !isWindow(short)) {
    report(cursor, `"${isWindow(long) ? short : long}" is no window: write it as 1h or 5m.`, 0, text.length);
  } else {
    const problem = windowsProblem(windowSeconds(long), windowSeconds(short));
    if (problem !== undefined) report(cursor, problem, 0, text.length);
  }
  const diagnostics: readonly Diagnostic[] = cursor.diagnostics;
  return diagnostics.length === 0 && compared && isOneOf(SLO_TIMEFRAMES, over) && isWindow(long) && isWindow(short)
    ? { ok: true, value: { slo, over, long, short, threshold: compared.threshold } }
    : { ok: false, diagnostics };
}

/** `name("text")`; empty when it cannot be read. */
function takePart(cursor: Cursor, name: string): string {
  if (!expect(cursor, name, `${name}("…") is missing here.`) || !expect(cursor, "(", `${name} needs parentheses.`)) {
    return "";
  }
  skipSpace(cursor);
  if (cursor.text.charAt(cursor.at) !== '"') {
    report(cursor, `What ${name} takes stands in quotes.`, cursor.at, takeMatch(cursor, /[^)]*/y).length);
    expect(cursor, ")", `A ) is missing after ${name}.`);
    return "";
  }
  const { value } = takeQuoted(cursor);
  expect(cursor, ")", `A ) is missing after ${name}.`);
  return value;
}
