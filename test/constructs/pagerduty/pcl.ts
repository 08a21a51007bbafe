/** The fields of an event that our conditions read. */
export interface Event {
  readonly component?: string;
  readonly severity?: string;
  /** Tags as Datadog sends them: one string. */
  readonly tags?: string;
}

const unquote = (text: string): string => text.replace(/\\([\\'])/g, "$1");

/**
 * Whether an event meets a condition, for the three forms that we write: `not`, `matches exactly` and `matches regex`, whose regular
 * expression PagerDuty runs with the flags i, m and s. A condition of another form is an error, so that no test passes for want of one.
 */
export function meets(event: Event, condition: string): boolean {
  const negated = /^not (.*)$/s.exec(condition)?.[1];
  if (negated !== undefined) return !meets(event, negated);
  const [, path = "", operator = "", quoted = ""] =
    /^event\.(component|severity|custom_details\.tags) matches (exactly|regex) '((?:[^'\\]|\\[\\'])*)'$/s.exec(
      condition,
    ) ?? [];
  if (operator === "") throw new Error(`not a condition that the tests understand: ${condition}`);
  const fields = new Map([
    ["component", event.component],
    ["severity", event.severity],
    ["custom_details.tags", event.tags],
  ]);
  const value = fields.get(path);
  if (value === undefined) return false;
  return operator === "exactly" ? value === unquote(quoted) : new RegExp(unquote(quoted), "ims").test(value);
}
