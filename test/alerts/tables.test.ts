import { describe, expect, test } from "@jest/globals";
import { businessRows } from "../../alerts/business";
import { connectionPoolRows, postgresServerRows, rdsInstanceRows } from "../../alerts/database";
import { goldenSignalRows } from "../../alerts/golden-signals";
import { jobRows, queueRows } from "../../alerts/jobs";
import { logRows } from "../../alerts/logs";
import type { Row } from "../../alerts/pack";
import { reachabilityRows } from "../../alerts/reachability";
import { resourceRows } from "../../alerts/resources";
import { defaultRecovery } from "../../model/alert-rule";
import { parseDuration } from "../../model/duration";
import { parseQuantity } from "../../model/quantity";
import { checked } from "../../model/result";

const tables: readonly Readonly<Record<string, Row>>[] = [
  goldenSignalRows,
  resourceRows,
  connectionPoolRows,
  postgresServerRows,
  rdsInstanceRows,
  jobRows,
  queueRows,
  businessRows,
  reachabilityRows,
];
const rows = tables.flatMap((table) => Object.values(table));
const byName = rows.map((row) => [row.alert, row] as const);

describe("the tables of the packs", () => {
  test("name every alert once", () => {
    const names = [...rows.map(({ alert }) => alert), ...Object.values(logRows).map(({ alert }) => alert)];
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(20);
  });

  test.each([...byName, ...Object.values(logRows).map((row) => [row.alert, row] as const)])(
    "%s has a name in CamelCase, a summary whose number is the measured one, and a reason that is a sentence",
    (name, { summary, why }) => {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      expect(summary).not.toMatch(/\d/);
      expect(why).toMatch(/^[A-Z].{30,}\.$/);
    },
  );

  test.each(byName)("%s has a threshold of its indicator's kind, and waits for a while", (_name, row) => {
    expect(checked(parseQuantity(row.threshold)).dimension).toBe(row.dimension);
    expect(checked(parseDuration(row.for))).toBeGreaterThan(0);
  });

  test.each(byName)(
    "%s can recover: on the right side of its threshold, and within what a ratio can be",
    (_name, row) => {
      const threshold = checked(parseQuantity(row.threshold));
      const below = row.comparison === "<" || row.comparison === "<=";
      const recovery =
        row.recovery === undefined ? defaultRecovery(row.comparison, threshold) : checked(parseQuantity(row.recovery));
      expect(below ? recovery.value.gte(threshold.value) : recovery.value.lte(threshold.value)).toBe(true);
      expect(row.dimension === "ratio" && below ? recovery.value.lte(1) : true).toBe(true);
    },
  );
});
