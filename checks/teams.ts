import { scheduleProblems } from "../constructs/pagerduty/schedule";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { weekdays } from "../model/maintenance-window";
import { didYouMean } from "../model/suggest";
import type { Team } from "../model/team";
import { summaryHour } from "../model/weekly-summary";
import { errorRule, finding, type Rule } from "./rule";

const slack = errorRule("team/slack", "Every alert ends in its team's channel; one that does not exist is silence.");
const email = errorRule("team/email", "Mail to an address that is none reaches nobody.");
const summary = errorRule("team/weekly-summary", "A summary at no hour of the week comes never.");
const schedule = errorRule("team/on-call", "A rotation that PagerDuty refuses, or of nobody, leaves pages unanswered.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [slack, email, summary, schedule];

/** Slack's rules for channel names: lower case, up to 80 letters, digits, hyphens, underscores (Slack Help, "Guidelines for channel names"). */
const channel = /^#[a-z0-9][a-z0-9_-]{0,79}$/;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is wrong, where in a team, and what to do about it. */
interface Problem {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/** Those of a team's lists of people who have no mail address. */
const noAddresses = ({ members = [], subscribers = [] }: Team): readonly Problem[] =>
  [
    { list: "members", people: members, fix: "write the address by which systems know them" },
    { list: "subscribers", people: subscribers, fix: "write the address that mail goes to" },
  ].flatMap(({ list, people, fix }) =>
    people.flatMap((person, index) =>
      address.test(person) ? [] : [{ field: `${list}.${index}`, message: `"${person}" is not a mail address`, fix }],
    ),
  );

/** What is wrong with the hour of a team's weekly summary. */
function summaryProblems({ weeklySummary = {} }: Team): readonly Problem[] {
  if (weeklySummary === "off") return [];
  const { day = "monday", ...time } = weeklySummary;
  const hour = summaryHour(time);
  const known = weekdays.some((weekday) => weekday === day);
  return [
    ...(known
      ? []
      : [
          {
            field: "day",
            message: `there is no day "${day}".${didYouMean(day, weekdays)}`,
            fix: `write one of ${weekdays.join(", ")}`,
          },
        ]),
    ...(hour.ok ? [] : [{ field: "at", message: hour.error, fix: 'write the time of day, such as "08:00"' }]),
  ];
}

/** Teams that cannot be reached. */
export function checkTeams({ teams, file }: Catalog): readonly Finding[] {
  return teams.flatMap((team) => {
    const where = (field: string) => ({ file, field: `teams.${team.name}.${field}` });
    return [
      ...(channel.test(team.slack)
        ? []
        : [
            finding(
              slack,
              where("slack"),
              `"${team.slack}" is not a Slack channel`,
              'write its name with the #, such as "#team-payments"',
            ),
          ]),
      ...(address.test(team.email)
        ? []
        : [finding(email, where("email"), `"${team.email}" is not a mail address`, "write the team's address")]),
      ...noAddresses(team).map(({ field, message, fix }) => finding(email, where(field), message, fix)),
      ...summaryProblems(team).map(({ field, message, fix }) =>
        finding(summary, where(`weeklySummary.${field}`), message, fix),
      ),
      ...scheduleProblems(team).map(({ field, message, fix }) => finding(schedule, where(field), message, fix)),
    ];
  });
}
