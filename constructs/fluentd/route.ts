import { type FluentdConfig, type FluentdSection, parameterOf, typeOf } from "./syntax";

/** One part of a pattern, between dots, as a regular expression without anchors. */
const partPattern = (part: string): string =>
  part.replaceAll(/[^\w*-]/g, (sign) => `\\${sign}`).replaceAll("*", "[^.]*");

/** A pattern as parts of tags: `**` takes any number of parts, and so the dot before it too. */
function patternSource(pattern: string): string {
  const [first = "", ...rest] = pattern.split(".");
  const begun = first === "**" ? ".*" : partPattern(first);
  return rest.reduce((source, part) => source + (part === "**" ? "(\\..*)?" : `\\.${partPattern(part)}`), begun);
}

/**
 * Whether a directive's patterns take a tag. `{a,b}` is not read: the estate writes none.
 * Source: Fluentd documentation, Config File Syntax, "How match patterns work".
 */
export const takes = (patterns: string, tag: string): boolean =>
  patterns.split(/\s+/).some((pattern) => new RegExp(`^${patternSource(pattern)}$`).test(tag));

/** The directives of a label. */
export const labelled = (config: FluentdConfig, label: string): readonly FluentdSection[] | undefined =>
  config.find(({ name, argument }) => name === "label" && argument === label)?.sections;

/** What an event of a tag meets among directives: the filters before the first match, and that match. */
export function meets(
  directives: readonly FluentdSection[],
  tag: string,
): { readonly filters: readonly FluentdSection[]; readonly match?: FluentdSection } {
  const taking = directives.filter(({ argument = "**" }) => takes(argument, tag));
  const end = taking.findIndex(({ name }) => name === "match");
  const match = taking[end];
  const before = end === -1 ? taking : taking.slice(0, end);
  return { filters: before.filter(({ name }) => name === "filter"), ...(match === undefined ? {} : { match }) };
}

/** The matches where a tag's events may end, with filters left aside, or where they are lost. */
export interface Destinations {
  readonly outputs: readonly FluentdSection[];
  /** One sentence for each place that loses the events. */
  readonly lost: readonly string[];
}

/** Follows a tag from a label to every output, by relabelling and copies. */
export function destinations(
  config: FluentdConfig,
  label: string,
  tag: string,
  from: readonly string[] = [],
): Destinations {
  if (from.includes(label)) return { outputs: [], lost: [`${tag} goes in a circle: ${[...from, label].join(" → ")}`] };
  const directives = labelled(config, label);
  if (directives === undefined)
    return { outputs: [], lost: [`${tag} is sent to the label ${label}, which is not there`] };
  const { match } = meets(directives, tag);
  if (match === undefined) return { outputs: [], lost: [`no match of ${label} takes ${tag}`] };
  const follow = (target: FluentdSection): Destinations => {
    const next = parameterOf(target, "@label");
    return typeOf(target) === "relabel" && next !== undefined
      ? destinations(config, next, tag, [...from, label])
      : { outputs: [target], lost: [] };
  };
  if (typeOf(match) !== "copy") return follow(match);
  const stores = match.sections.map(follow);
  return { outputs: stores.flatMap(({ outputs }) => outputs), lost: stores.flatMap(({ lost }) => lost) };
}

/** Every match that delivers, rather than sends on. */
export const deliveries = (config: FluentdConfig): readonly FluentdSection[] =>
  config.flatMap((section) =>
    section.name === "match" && !["copy", "relabel"].includes(typeOf(section))
      ? [section]
      : deliveries(section.sections),
  );
