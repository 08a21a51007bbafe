import { fail, ok, type Result } from "./result";

/** Five fields of crontab(5): minute, hour, day of the month, month, day of the week. */
export type Crontab = `${string} ${string} ${string} ${string} ${string}`;

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** Source: crontab(5), the table of fields; 7 is Sunday too. */
const fields: readonly Field[] = [
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day of the month", low: 1, high: 31 },
  { name: "month", low: 1, high: 12, words: months },
  { name: "day of the week", low: 0, high: 7, words: days },
];

function numberOf(text: string, { low, words }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = words?.indexOf(text.toLowerCase()) ?? -1;
  return index < 0 ? undefined : index + low;
}

/** What is wrong with one item of a list in a field, if anything. */
function itemProblem(item: string, field: Field): string | undefined {
  const { name, low, high } = field;
  const [, from, to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
  const told = `"${item}" is no ${name}`;
  if (from === undefined || (from === "*" && to !== undefined)) return told;
  if (step !== undefined && (Number(step) < 1 || Number(step) > high - low + 1)) return `${told}: its step never comes`;
  const ends = [from, ...(to === undefined ? [] : [to])]
    .filter((end) => end !== "*")
    .map((end) => numberOf(end, field));
  if (ends.some((end) => end === undefined || end < low || end > high))
    return `${told}: it goes from ${low} to ${high}`;
  const [first = low, last = high] = ends;
  return first > last ? `${told}: it ends before it begins` : undefined;
}

/** A crontab as it is written; an error that names the field. Macros such as `@daily` are refused: five fields say when. */
export function parseCrontab(text: string): Result<string> {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length)
    return fail(`"${text}" has ${parts.length} fields; a crontab has ${fields.length}, such as "30 2 * * *"`);
  const problems = parts.flatMap((part, index) => {
    const field = fields[index];
    return field === undefined ? [] : part.split(",").flatMap((item) => itemProblem(item, field) ?? []);
  });
  const [problem] = problems;
  return problem === undefined ? ok(parts.join(" ")) : fail(`in the crontab "${text}" ${problem}`);
}
