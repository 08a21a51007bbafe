import { expect, test } from "@jest/globals";
import { fourDigits, humanize, humanize1024, humanizeDuration, humanizePercentage } from "../../proof/humanize";

test.each<[(value: number) => string, number, string]>([
  [fourDigits, 0, "0"],
  [fourDigits, 1234.5, "1234"],
  [fourDigits, 12_345, "1.234e+04"],
  [fourDigits, 0.00001, "1e-05"],
  [fourDigits, 0.00012345, "0.0001234"],
  [fourDigits, 100, "100"],
  [fourDigits, Number.NaN, "NaN"],
  [fourDigits, Number.NEGATIVE_INFINITY, "-Inf"],
  [humanize, 0, "0"],
  [humanize, 1234, "1.234k"],
  [humanize, 1_010_000_000, "1.01G"],
  [humanize, 0.0101, "10.1m"],
  [humanize, -20, "-20"],
  [humanize1024, 1024, "1ki"],
  [humanize1024, 1_010_000_000, "963.2Mi"],
  [humanize1024, 0.5, "0.5"],
  [humanizePercentage, 0.0101, "1.01%"],
  [humanizePercentage, 0.99899, "99.9%"],
  [humanizeDuration, 0, "0s"],
  [humanizeDuration, 0.0505, "50.5ms"],
  [humanizeDuration, 1.01, "1.01s"],
  [humanizeDuration, 909.9, "15m 9s"],
  [humanizeDuration, 90_061, "1d 1h 1m 1s"],
  [humanizeDuration, -7200, "-2h 0m 0s"],
])("%p writes %d as Prometheus does: %s", (write, value, expected) => {
  expect(write(value)).toBe(expected);
});
