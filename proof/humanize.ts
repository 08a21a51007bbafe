/**
 * Numbers as Prometheus' templates write them.
 * Source: Prometheus, Template reference, "Numbers"; Go, package fmt, "%g".
 */

/** The four digits and the exponent of a number; a number exactly in the middle goes to the even neighbour, as Go has it. */
function rounded(value: number): { readonly digits: string; readonly power: number } {
  const [exact = "", power = "0"] = value.toExponential(60).split("e");
  const [, kept = "", rest = ""] = /^(-?\d\.\d{3})(\d+)$/.exec(exact) ?? [];
  const isMiddle = /^50*$/.test(rest);
  const keptIsEven = Number(kept.at(-1)) % 2 === 0;
  if (isMiddle && keptIsEven) return { digits: kept, power: Number(power) };
  const [digits = "", exponent = "0"] = value.toExponential(3).split("e");
  return { digits, power: Number(exponent) };
}

/** A number with four significant digits, as Go's `%.4g` writes it. */
export function fourDigits(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return "0";
  const { digits, power } = rounded(value);
  const plain = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power < -4 || power >= 4) {
    const size = String(Math.abs(power)).padStart(2, "0");
    return `${plain(digits)}e${power < 0 ? "-" : "+"}${size}`;
  }
  return plain(Number(`${digits}e${power}`).toFixed(3 - power));
}

function prefixed(value: number, base: number, prefixes: readonly string[], grow: boolean): string {
  let scaled = value;
  let prefix = "";
  for (const next of prefixes) {
    if (grow ? Math.abs(scaled) < base : Math.abs(scaled) >= 1) break;
    prefix = next;
    scaled = grow ? scaled / base : scaled * base;
  }
  return fourDigits(scaled) + prefix;
}

const large = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
const small = ["m", "u", "n", "p", "f", "a", "z", "y"];

/** `humanize`: metric prefixes. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return fourDigits(value);
  return Math.abs(value) >= 1 ? prefixed(value, 1000, large, true) : prefixed(value, 1000, small, false);
}

/** `humanize1024`: binary prefixes. */
export function humanize1024(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) <= 1) return fourDigits(value);
  return prefixed(
    value,
    1024,
    ["k", "M", "G", "T", "P", "E", "Z", "Y"].map((prefix) => `${prefix}i`),
    true,
  );
}

/** `humanizePercentage`: a ratio as a percentage. */
export const humanizePercentage = (value: number): string => `${fourDigits(value * 100)}%`;

/** `humanizeDuration`: seconds as days, hours, minutes and seconds. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return fourDigits(value);
  if (value === 0) return "0s";
  const size = Math.abs(value);
  if (size < 1) return `${prefixed(value, 1000, small, false)}s`;
  const whole = Math.trunc(size);
  const [days, hours, minutes, seconds] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const sign = value < 0 ? "-" : "";
  if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours > 0) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  if (minutes > 0) return `${sign}${minutes}m ${seconds}s`;
  return `${fourDigits(value)}s`;
}
