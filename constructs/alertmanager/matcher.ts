import type { LabelMatcher } from "../../model/label-matcher";
import { never } from "../../model/result";

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A value in double quotes, in which backslashes, quotes and line ends are escaped (Alertmanager, Configuration, "<matcher>"). */
const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

/** A list of values: equality of one, a regular expression, which Alertmanager anchors at both ends, of several. */
function list(label: string, values: readonly string[], negated: boolean): string {
  const [only = ""] = values;
  if (values.length === 1) return `${label}${negated ? "!=" : "="}${quoted(only)}`;
  return `${label}${negated ? "!~" : "=~"}${quoted(values.map(escaped).join("|"))}`;
}

/** A matcher in Alertmanager's language. A list of no values names none. */
export function matcherTexts(matcher: LabelMatcher): readonly string[] {
  const { label } = matcher;
  switch (matcher.kind) {
    case "one-of":
      return [list(label, matcher.values, false)];
    case "none-of":
      return matcher.values.length === 0 ? [] : [list(label, matcher.values, true)];
    case "present":
      return [`${label}!=""`];
    case "absent":
      return [`${label}=""`];
    default:
      return never(matcher);
  }
}
