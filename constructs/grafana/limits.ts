/**
 * Limits of Grafana that a catalog is held against before anything is sent.
 * Sources: Grafana's own validation of dashboards ("uid too long, max 40 characters", "dashboard tag too long, max 50
 * characters", whose length is counted in bytes) and the columns of its `dashboard` and `folder` tables (title: 189 characters;
 * newer versions accept more, but their databases do not). Of rules: Grafana's validation of rule groups (190 characters of a
 * title, and of a group's name, which is part of our titles), and of a group's interval, which the scheduler's base interval must
 * divide. How many rules an organization may have is a setting (`[quota] org_alert_rule`), without effect unless quotas are on.
 */
export const limits = {
  uidLength: 40,
  titleLength: 189,
  tagBytes: 50,
  ruleTitleLength: 190,
  /** Seconds that every group's interval is a multiple of. */
  baseIntervalSeconds: 10,
  /** Panel ids are 32-bit integers; 0 stands for none. */
  maxPanelId: 2 ** 31 - 1,
} as const;

/** What is wrong with a title or a tag, in one sentence each; none when Grafana accepts them. */
export function limitErrors(title: string, tags: readonly string[]): readonly string[] {
  const tooLong =
    title.length > limits.titleLength
      ? [`the title "${title}" has ${title.length} characters; Grafana keeps ${limits.titleLength}, so shorten it`]
      : [];
  const bytes = (text: string): number => Buffer.byteLength(text);
  return [
    ...tooLong,
    ...tags
      .filter((tag) => bytes(tag) > limits.tagBytes)
      .map(
        (tag) => `the tag "${tag}" has ${bytes(tag)} bytes; Grafana accepts ${limits.tagBytes}, so shorten that name`,
      ),
  ];
}
