const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Integers of 32 bits are numbers on the wire, larger ones 64-bit integers. */
const small = { least: -(2n ** 31n), most: 2n ** 32n - 1n };
const large = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** Whether a double holds `digits / 10^places` exactly: when its denominator is a power of two and its digits fit 53 bits. */
function fitsDouble(digits: bigint, places: bigint): boolean {
  const fives = 5n ** places;
  if (digits % fives !== 0n) return false;
  let odd = digits / fives;
  while (odd !== 0n && odd % 2n === 0n) odd /= 2n;
  return odd < 2n ** 53n;
}

/** Shifts the decimal point of `digits / 10^places` so that no zero trails. */
function reduced(digits: bigint, places: bigint): readonly [bigint, bigint] {
  let [numerator, power] = [digits, places];
  while (power > 0n && numerator % 10n === 0n) {
    numerator /= 10n;
    power -= 1n;
  }
  return power < 0n ? [numerator * 10n ** -power, 0n] : [numerator, power];
}

/**
 * A number as it stands on the wire, out of its decimal notation: a double where that is exact, a bigint for an integer of more
 * than 32 bits, its digits otherwise. Undefined for what is no number.
 */
export function wireNumber(text: string): number | bigint | string | undefined {
  const [, sign, whole, fraction = "", exponent = "0"] = decimal.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const [digits, places] = reduced(BigInt(whole + fraction), BigInt(fraction.length) - BigInt(exponent));
  const minus = sign === "-" && digits !== 0n;
  if (places === 0n) {
    const integer = minus ? -digits : digits;
    if (integer >= small.least && integer <= small.most) return Number(integer);
    if (integer >= large.least && integer <= large.most) return integer;
  }
  if (fitsDouble(digits, places)) return Number(text);
  const padded = digits.toString().padStart(Number(places) + 1, "0");
  const point = padded.length - Number(places);
  return `${minus ? "-" : ""}${padded.slice(0, point)}${places === 0n ? "" : `.${padded.slice(point)}`}`;
}
