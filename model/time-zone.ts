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
