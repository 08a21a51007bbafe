import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { environment } from "../../model/environment";
import { estateOf } from "../../model/estate";
import {
  dayPartsOf,
  longestStretch,
  maintenanceOf,
  minutesLong,
  mutes,
  type WindowOptions,
  weekdays,
  weekly,
} from "../../model/maintenance-window";
import { checked } from "../../model/result";
import { exampleCatalog, exampleEstate, exampleService } from "../support/example";

const options = (part: Partial<WindowOptions> = {}): WindowOptions => ({
  days: ["sunday"],
  start: "03:00",
  end: "04:00",
  timeZone: "Europe/Berlin",
  reason: "Upgrades",
  ...part,
});

describe("the times of a window", () => {
  test("within a day are one part", () => {
    expect(checked(dayPartsOf(options()))).toEqual([{ days: ["sunday"], from: 180, to: 240 }]);
  });

  test("across midnight are the evening, and the morning of the next day", () => {
    expect(checked(dayPartsOf(options({ days: ["saturday", "sunday"], start: "22:30", end: "01:15" })))).toEqual([
      { days: ["saturday", "sunday"], from: 1350, to: 1440 },
      { days: ["sunday", "monday"], from: 0, to: 75 },
    ]);
  });

  test("to midnight are one part, however it is written", () => {
    for (const end of ["24:00", "00:00"])
      expect(checked(dayPartsOf(options({ start: "22:00", end })))).toEqual([
        { days: ["sunday"], from: 1320, to: 1440 },
      ]);
  });

  test.each(["3:00", "24:00", "25:00", "03:60", "soon", ""])("do not begin at %j", (start) => {
    expect(dayPartsOf(options({ start }))).toMatchObject({ ok: false, error: expect.stringContaining("HH:MM") });
  });

  test.each(["4:00", "24:01", "04:61", ""])("do not end at %j", (end) => {
    expect(dayPartsOf(options({ end })).ok).toBe(false);
    expect(minutesLong(options({ end })).ok).toBe(false);
    expect(longestStretch(options({ end })).ok).toBe(false);
  });
});

describe("how long a window lasts without a break", () => {
  test.each([
    [options(), 60],
    [options({ start: "22:00", end: "02:00" }), 240],
    [options({ days: ["saturday", "sunday"], start: "00:00", end: "24:00" }), 2880],
    [options({ days: ["sunday", "monday"], start: "00:00", end: "24:00" }), 2880],
    [options({ days: ["monday", "wednesday"], start: "00:00", end: "24:00" }), 1440],
    [options({ days: ["friday", "saturday"], start: "12:00", end: "11:00" }), 1380],
    [options({ days: ["friday", "saturday"], start: "12:00", end: "12:00" }), 2880],
  ])("%j: %d minutes", (window, minutes) => {
    expect(checked(longestStretch(window))).toBe(minutes);
  });

  test("is at least its own length, and covers the whole week when no day is left out of whole days", () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map((minutes) =>
        [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":"),
      );
    fc.assert(
      fc.property(fc.subarray([...weekdays], { minLength: 1 }), time, time, (days, start, end) => {
        const window = options({ days, start, end });
        expect(checked(longestStretch(window))).toBeGreaterThanOrEqual(checked(minutesLong(window)));
        const parts = checked(dayPartsOf(window));
        const sum = parts.reduce((total, part) => total + (part.to - part.from), 0);
        expect(sum).toBe(checked(minutesLong(window)));
      }),
    );
    expect(checked(longestStretch(options({ days: weekdays, start: "00:00", end: "24:00" })))).toBeGreaterThan(10_000);
  });
});

describe("the windows of an environment", () => {
  const own = weekly("upgrade", options({ environments: ["prod"] }));
  const shop = exampleService({ maintenance: [own] });

  test("are those of its services that hold there, each with its service", () => {
    expect(maintenanceOf(exampleEstate("prod", [shop]))).toEqual([
      {
        name: "upgrade",
        key: "shop/upgrade",
        owner: "shop",
        services: ["shop"],
        days: ["sunday"],
        start: "03:00",
        end: "04:00",
        timeZone: "Europe/Berlin",
        reason: "Upgrades",
      },
    ]);
    expect(maintenanceOf(exampleEstate("dev", [shop]))).toEqual([]);
  });

  test("and its own first, which mute everything or what they name", () => {
    const catalog = exampleCatalog([shop, exampleService({}, "basket")]);
    const prod = environment("prod", {
      account: "222222222222",
      region: "eu-west-1",
      retentionDays: 90,
      grafana: "https://grafana.example.com",
      maintenance: [weekly("all", options()), weekly("some", options({ services: ["basket"] }))],
    });
    const windows = maintenanceOf(estateOf({ ...catalog, environments: [prod] }, prod));
    expect(windows.map(({ key }) => key)).toEqual(["all", "some", "shop/upgrade"]);
    expect(windows.map((window) => ["shop", "basket"].filter((name) => mutes(window, name)))).toEqual([
      ["shop", "basket"],
      ["basket"],
      ["shop"],
    ]);
  });
});
