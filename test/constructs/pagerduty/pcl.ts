/** What SNS delivers, as PagerDuty keeps it beside the event. */
export interface SnsNotification {
  readonly Type?: string;
  readonly TopicArn?: string;
  readonly Subject?: string;
  readonly Message?: string;
}

/** The fields of an event that our conditions read. */
export interface Event {
  readonly component?: string;
  readonly severity?: string;
  readonly summary?: string;
  /** Tags as Datadog sends them: one string. */
  readonly tags?: string;
  readonly raw?: SnsNotification;
}

const unquote = (text: string): string => text.replace(/\\([\\'])/g, "$1");

const fieldsOf = ({ component, severity, summary, tags, raw = {} }: Event): ReadonlyMap<string, string | undefined> =>
  new Map([
    ["event.component", component],
    ["event.severity", severity],
    ["event.summary", summary],
    ["event.custom_details.tags", tags],
    ["raw_event.Type", raw.Type],
    ["raw_event.TopicArn", raw.TopicArn],
    ["raw_event.Subject", raw.Subject],
    ["raw_event.Message", raw.Message],
  ]);

/** A comparison of one field, negated or not, alone or after `and`. */
const comparison = /(?:^| and )(not )?([\w.]+) matches (exactly|regex) '((?:[^'\\]|\\[\\'])*)'/gy;

/**
 * Whether an event meets a condition, for the forms that we write: `not`, `and`, `matches exactly` and `matches regex`, whose regular
 * expression PagerDuty runs with the flags i, m and s. A condition of another form is an error, so that no test passes for want of one.
 */
export function meets(event: Event, condition: string): boolean {
  const found = [...condition.matchAll(comparison)];
  const fields = fieldsOf(event);
  const understood = found.map(([whole]) => whole).join("") === condition;
  if (found.length === 0 || !understood || found.some(([, , path = ""]) => !fields.has(path)))
    throw new Error(`not a condition that the tests understand: ${condition}`);
  return found.every(([, not, path = "", operator, quoted = ""]) => {
    const value = fields.get(path);
    const matched =
      value !== undefined &&
      (operator === "exactly" ? value === unquote(quoted) : new RegExp(unquote(quoted), "ims").test(value));
    return matched !== (not !== undefined);
  });
}
