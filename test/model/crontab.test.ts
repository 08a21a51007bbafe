import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseCrontab } from "../../model/crontab";

describe("a crontab", () => {
  test.each([
    "* * * * *",
    "30 2 * * *",
    "*/15 * * * *",
    "0 9-17 * * mon-fri",
    "0,30 0 1,15 jan *",
    "5/10 * * * 7",
    "0 0 * * 0",
  ])("%s is one", (text) => {
    expect(parseCrontab(text)).toEqual({ ok: true, value: text });
  });

  test.each([
    ["30 2 * *", /4 fields/],
    ["@daily", /1 fields/],
    ["60 2 * * *", /"60" is no minute: it goes from 0 to 59/],
    ["0 24 * * *", /"24" is no hour/],
    ["0 0 0 * *", /"0" is no day of the month/],
    ["0 0 * 13 *", /"13" is no month/],
    ["0 0 * * 8", /"8" is no day of the week/],
    ["0 0 * * someday", /"someday" is no day of the week/],
    ["0 17-9 * * *", /ends before it begins/],
    ["*/0 * * * *", /its step never comes/],
    ["*/90 * * * *", /its step never comes/],
    ["*-5 * * * *", /"\*-5" is no minute/],
    ["0,,30 * * * *", /"" is no minute/],
  ])("%s is none: %s", (text, message) => {
    expect(parseCrontab(text)).toMatchObject({ ok: false, error: expect.stringMatching(message) });
  });

  test("of numbers is one exactly where each is within its field", () => {
    const field = fc.integer({ min: 0, max: 70 });
    fc.assert(
      fc.property(field, field, field, field, field, (minute, hour, day, month, weekday) => {
        const within = minute <= 59 && hour <= 23 && day >= 1 && day <= 31 && month >= 1 && month <= 12 && weekday <= 7;
        expect(parseCrontab(`${minute} ${hour} ${day} ${month} ${weekday}`).ok).toBe(within);
      }),
    );
  });
});
