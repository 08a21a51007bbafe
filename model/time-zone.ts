/** Zones by what was asked for: to ask `Intl` takes milliseconds, and few are in use. */
const known = new Map<string, string | undefined>();

function lookUp(timeZone: string): string | undefined {
  if (!/^[a-z]/i.test(timeZone)) return undefined;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone }).resolvedOptions().timeZone;
  } catch {
    // `Intl` has no other way to say that it does not know a zone.
    return undefined;
  }
}

/** The IANA zone as `Intl` writes it, or undefined for one that does not exist. An offset such as `+01:00` is none: it knows no seasons. */
export function knownZone(timeZone: string): string | undefined {
  if (!known.has(timeZone)) known.set(timeZone, lookUp(timeZone));
  return known.get(timeZone);
}

/** Seconds that a zone's clock is ahead of UTC on a day of 2026. */
function offsetOn(timeZone: string, month: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(
    new Date(Date.UTC(2026, month, 1)),
  );
  const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /^GMT([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

const offsets = new Map<string, number>();

/** Seconds that the clock of a known zone is ahead of UTC when it is not summer there: the lesser of January's and July's. */
export function standardOffset(timeZone: string): number {
  const known = offsets.get(timeZone) ?? Math.min(offsetOn(timeZone, 0), offsetOn(timeZone, 6));
  offsets.set(timeZone, known);
  return known;
}
