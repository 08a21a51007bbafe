import type { DefiniteLogging } from "./logging";

/** Events and bytes of a second. */
export interface LogRate {
  readonly events: number;
  readonly bytes: number;
}

/**
 * What a service logs at its busiest.
 *
 * @param overheadBytes what the system that takes an event adds to its JSON.
 */
export const peakRate = (
  {
    peakEventsPerSecond: events,
    averageEventBytes,
  }: Pick<DefiniteLogging, "peakEventsPerSecond" | "averageEventBytes">,
  overheadBytes: number,
): LogRate => ({ events, bytes: events * (averageEventBytes + overheadBytes) });

export const sumOf = (rates: readonly LogRate[]): LogRate => ({
  events: rates.reduce((total, { events }) => total + events, 0),
  bytes: rates.reduce((total, { bytes }) => total + bytes, 0),
});

export const share = ({ events, bytes }: LogRate, of: number): LogRate => ({ events: events / of, bytes: bytes / of });
