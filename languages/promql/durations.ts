const MILLISECONDS = {
  y: 365 * 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
  d: 24 * 3_600_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
} as const;

const UNITS = ["y", "w", "d", "h", "m", "s", "ms"] as const;

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Seconds as a PromQL duration in the form that Prometheus itself prints: 90 is `1m30s`, 5400 is `1h30m`, 0.25 is `250ms`.
 * Years and weeks only when nothing is left over, so that 90 days stay `90d` (Prometheus: common/model, Duration.String).
 * Rounded to the millisecond, which is the shortest duration there is; a negative one is for `offset` only.
 * @throws RangeError for NaN and infinity, which no caller can mean.
 */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) throw new RangeError(`${seconds} seconds is not a duration`);
  let left = Math.round(Math.abs(seconds) * 1000);
  if (left === 0) return "0s";
  let text = seconds < 0 ? "-" : "";
  for (const unit of UNITS) {
    const size = MILLISECONDS[unit];
    if ((unit === "y" || unit === "w") && left % size !== 0) continue;
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text;
}

/** The seconds of a PromQL duration such as `1h30m`, or undefined when it is none: units in falling order, each at most once. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null || text === "") return undefined;
  const counts = match.slice(1);
  return UNITS.reduce((sum, unit, index) => sum + Number(counts[index] ?? 0) * MILLISECONDS[unit], 0) / 1000;
}

/**
 * The value of a number or duration literal, in seconds for a duration (Prometheus: querying basics, "Float literals and time
 * durations"): `1_000`, `0x1F`, `1e-3`, `.5`, `Inf`, `NaN`, `5m`, each with an optional sign.
 */
export function parseNumber(literal: string): number {
  const known = numbers.get(literal);
  if (known !== undefined) return known;
  const value = readNumber(literal);
  numbers.set(literal, value);
  return value;
}

/** The same few ranges and thresholds stand in thousands of rules. */
const numbers = new Map<string, number>();

function readNumber(literal: string): number {
  const negative = literal.startsWith("-");
  // A remark may stand behind the sign.
  const text = literal.replace(/^[-+](?:\s|#[^\n]*\n)*/, "").replaceAll("_", "");
  const value = parseUnsigned(text);
  return negative ? -value : value;
}

function parseUnsigned(text: string): number {
  switch (text.toLowerCase()) {
    case "inf":
      return Number.POSITIVE_INFINITY;
    case "nan":
      return Number.NaN;
    default:
      // A leading zero makes an octal number, as in Go.
      if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
      return parseDuration(text) ?? Number(text);
  }
}
