import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { schedule, scheduleProblems } from "../../../constructs/pagerduty/schedule";
import { type OnCall, team } from "../../../model/team";

const backend = (onCall: Partial<OnCall> = {}) =>
  team("backend", {
    description: "Runs the shop",
    slack: "#backend",
    email: "backend@example.com",
    onCall: {
      rotation: ["ada@example.com", "bob@example.com"],
      timeZone: "Europe/Berlin",
      start: "2026-01-05",
      ...onCall,
    },
  });

const rendered = (onCall: Partial<OnCall> = {}) => {
  const result = schedule(backend(onCall));
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

describe("the start of a rotation", () => {
  test.each([
    ["winter", "2026-01-05", "09:00", "Europe/Berlin", "2026-01-05T09:00:00+01:00"],
    ["summer", "2026-07-06", "09:00", "Europe/Berlin", "2026-07-06T09:00:00+02:00"],
    ["the day after clocks went forward", "2026-03-30", "00:30", "Europe/Berlin", "2026-03-30T00:30:00+02:00"],
    ["the day after clocks went back", "2026-10-26", "00:30", "Europe/Berlin", "2026-10-26T00:30:00+01:00"],
    ["west of Greenwich", "2026-01-05", "09:00", "America/New_York", "2026-01-05T09:00:00-05:00"],
    ["half an hour off", "2026-01-05", "18:45", "America/St_Johns", "2026-01-05T18:45:00-03:30"],
    ["no seasons", "2026-07-06", "09:00", "Asia/Kolkata", "2026-07-06T09:00:00+05:30"],
    ["the other side of the date line", "2026-01-05", "00:00", "Pacific/Auckland", "2026-01-05T00:00:00+13:00"],
    ["UTC", "2026-01-05", "09:00", "UTC", "2026-01-05T09:00:00+00:00"],
  ])("%s", (_, start, handoff, timeZone, expected) => {
    expect(rendered({ start, handoff, timeZone }).start).toBe(expected);
  });

  test("is at nine in the morning unless the team says otherwise", () => {
    expect(rendered().start).toContain("T09:00:00");
  });

  test("shows the team's own date and time on the team's clocks, in every zone and season", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 520 }),
        fc.integer({ min: 4, max: 23 }),
        (timeZone, week, hour) => {
          const start = new Date(Date.UTC(2020, 0, 6 + 7 * week)).toISOString().slice(0, 10);
          const handoff = `${String(hour).padStart(2, "0")}:30`;
          const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(
            new Date(rendered({ start, handoff, timeZone }).start),
          );
          expect(shown).toBe(`${start} ${handoff}`);
        },
      ),
    );
  });
});

test("a schedule changes weekly, in the order that the team wrote", () => {
  expect(rendered()).toMatchObject({
    name: "backend on-call",
    team: "backend",
    timeZone: "Europe/Berlin",
    turnSeconds: 604_800,
    users: ["ada@example.com", "bob@example.com"],
  });
});

describe("problems of a rotation", () => {
  test("a sound one has none", () => {
    expect(scheduleProblems(backend())).toEqual([]);
  });

  test.each<[string, Partial<OnCall>, string, string]>([
    ["nobody", { rotation: [] }, "onCall.rotation", "nobody is on call"],
    ["no address", { rotation: ["ada"] }, "onCall.rotation", '"ada" is not an e-mail address'],
    ["no zone", { timeZone: "Europe/Berlim" }, "onCall.timeZone", 'Did you mean "Europe/Berlin"?'],
    ["an offset for a zone", { timeZone: "+01:00" }, "onCall.timeZone", '"+01:00" is not a time zone'],
    ["lower case", { timeZone: "europe/berlin" }, "onCall.timeZone", "not spelt as in the time zone database"],
    ["no such day", { start: "2026-02-30" }, "onCall.start", '"2026-02-30" is not a date'],
    ["another format", { start: "5.1.2026" }, "onCall.start", '"5.1.2026" is not a date'],
    ["no Monday", { start: "2026-01-07" }, "onCall.start", "2026-01-07 is not a Monday"],
    ["no time", { handoff: "9:00" }, "onCall.handoff", '"9:00" is not a time of day'],
    ["past midnight", { handoff: "24:00" }, "onCall.handoff", '"24:00" is not a time of day'],
  ])("%s", (_, onCall, field, message) => {
    const problems = scheduleProblems(backend(onCall));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.field).toBe(field);
    expect(problems[0]?.message).toContain(message);
  });

  test.each([
    ["2026-01-07", "2026-01-05"],
    ["2026-01-11", "2026-01-05"],
    ["2026-01-06", "2026-01-05"],
  ])("the fix for %s is the Monday before", (start, monday) => {
    expect(scheduleProblems(backend({ start }))[0]?.fix).toContain(monday);
  });

  test("are reported all at once, and the schedule says the same", () => {
    const wrong = backend({ rotation: [], timeZone: "Mars/Olympus", start: "soon", handoff: "noon" });
    expect(scheduleProblems(wrong)).toHaveLength(4);
    const result = schedule(wrong);
    expect(result.ok).toBe(false);
    for (const { message } of scheduleProblems(wrong))
      expect(result).toMatchObject({ error: expect.stringContaining(message) });
  });
});
