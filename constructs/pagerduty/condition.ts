/**
 * A string of the PagerDuty Condition Language: in single quotes, with a backslash before quotes and backslashes.
 * Source: PagerDuty developer documentation, PCL Overview, "String".
 */
export const pclString = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** An RE2 expression that finds exactly this text. */
export const regexLiteral = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * RE2 expression that finds one whole tag among the tags of a Datadog event, which arrive as one string (`env:prod, service:shop`) or, as
 * a list does, as JSON. Only what separates tags ends one: `service:shop` is not found in `service:shop-admin` nor in
 * `subservice:shop`. PCL runs it with the flags i, m and s: Datadog writes tags in lower case, so that `severity:SEV-1` must match
 * `severity:sev-1`.
 * Sources: PagerDuty developer documentation, PCL Overview, "matches regex" and "String Comparison Operations"; Datadog
 * documentation, Getting Started with Tags, "Define tags".
 */
const tagRegex = (tag: string): string => `(?:^|[ ,"])${regexLiteral(tag)}(?:$|[ ,"])`;

/** Condition: an RE2 expression is found in a field; it is run with the flags i, m and s. */
export const hasMatch = (path: string, regex: string): string => `${path} matches regex ${pclString(regex)}`;

/** Condition: the Datadog event carries exactly this tag. */
export const hasTag = (tag: string): string => hasMatch("event.custom_details.tags", tagRegex(tag));

/** Condition: a field is exactly this text, letter case included. */
export const isExactly = (path: string, text: string): string => `${path} matches exactly ${pclString(text)}`;
