import type { Diagnostic } from "../diagnostic";
import { DATADOG_LIMITS, MONTH_SECONDS } from "./limits";
import { isOneOf, orList } from "./one-of";

/** Units of a Datadog window: minutes, hours, days, weeks, months (of 730 hours). */
export const WINDOW_UNITS = ["m", "h", "d", "w", "mo"] as const;
/** One of {@link WINDOW_UNITS}. */
export type WindowUnit = (typeof WINDOW_UNITS)[number];

/** A length of time as Datadog writes it, such as `5m`, `4h`, `1d`, `1w` or `1mo`. */
export type Window = `${number}${WindowUnit}`;

/**
 * Where a window lies: `last` rolls with the clock, `current` grows from the start of the hour, day or month, `next` looks
 * ahead and belongs to `forecast()` (Configure Monitors: Evaluation window; Forecasts Monitor: API).
 */
export const WINDOW_FRAMES = ["last", "current", "next"] as const;
/** One of {@link WINDOW_FRAMES}. */
export type WindowFrame = (typeof WINDOW_FRAMES)[number];

/** A window and where it lies. */
export interface FramedWindow {
  readonly frame: WindowFrame;
  readonly window: Window;
}

/** The cumulative windows that exist: current hour, day and, for metrics only, month (Configure Monitors). */
const CURRENT_WINDOWS: { readonly metric: readonly Window[]; readonly log: readonly Window[] } = {
  metric: ["1h", "1d", "1mo"],
  log: ["1h", "1d"],
};

const UNIT_SECONDS = { m: 60, h: 3600, d: 86_400, w: 604_800, mo: MONTH_SECONDS } as const satisfies Record<
  WindowUnit,
  number
>;

const WINDOW = /^([1-9]\d{0,8})(mo|m|h|d|w)$/;

/** Whether a text is a window: a whole number above zero and a unit, without spaces. */
export function isWindow(text: string): text is Window {
  return WINDOW.test(text);
}

/** Seconds of a window; a month counts 730 hours. */
export function windowSeconds(window: Window): number {
  const [, count = "", unit = ""] = WINDOW.exec(window) ?? [];
  return isOneOf(WINDOW_UNITS, unit) ? Number(count) * UNIT_SECONDS[unit] : Number.NaN;
}

/** `last_5m`, `current_1d` and so on, apart; undefined when the text has another shape. */
export function framedWindow(text: string): FramedWindow | undefined {
  const cut = text.indexOf("_");
  const frame = text.slice(0, Math.max(cut, 0));
  const window = text.slice(cut + 1);
  return isOneOf(WINDOW_FRAMES, frame) && isWindow(window) ? { frame, window } : undefined;
}

/** What a window of a metric or a log monitor breaks, as a sentence; undefined when Datadog accepts it. */
export function windowProblem(kind: "metric" | "log", { frame, window }: FramedWindow): string | undefined {
  const seconds = windowSeconds(window);
  if (frame === "current") {
    const known = CURRENT_WINDOWS[kind];
    return known.includes(window)
      ? undefined
      : `A cumulative window of a ${kind} monitor is ${orList(known.map((each) => `current_${each}`))}.`;
  }
  if (frame === "next") {
    return seconds <= DATADOG_LIMITS.forecastWindowMaximumSeconds
      ? undefined
      : `next_${window} is too far ahead: a forecast looks at most three months ahead.`;
  }
  if (kind === "log") {
    return seconds <= DATADOG_LIMITS.logWindowMaximumSeconds
      ? undefined
      : `${window} is too long: a log monitor looks back at most 48 hours.`;
  }
  return seconds <= DATADOG_LIMITS.metricWindowMaximumSeconds
    ? undefined
    : `${window} is too long: a metric monitor looks back at most one month (730 hours).`;
}

/** A window's diagnostic at its place in a query. */
export function windowDiagnostic(
  kind: "metric" | "log",
  framed: FramedWindow,
  offset: number,
  length: number,
): Diagnostic | undefined {
  const message = windowProblem(kind, framed);
  return message === undefined ? undefined : { message, offset, length };
}
