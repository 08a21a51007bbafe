import { logRows } from "../../alerts/logs";
import { type Row, wordsOf } from "../../alerts/pack";
import { tables } from "../../alerts/tables";
import { markdownTable } from "../../model/markdown-table";

const intro = `# Packs of alerts

Every alert that the packs can give a service, with its defaults and the reason for them. This page is made from the tables in
\`alerts/\` by \`npm run docs\`, and a test holds it to them.

A service takes a pack, or parts of it, and says what differs:

\`\`\`ts
export const ofSearch = goldenSignals({
  errorRate: { threshold: { default: "2%", dev: "25%" }, severity: "SEV-2", for: { default: "10m", dev: "1h" } },
  trafficStopped: { environments: ["prod"] },
  latency: "off",
});
\`\`\`

What can be said of every row: \`name\`, \`for\`, \`keepFiringFor\`, \`severity\`, \`summary\`, \`why\`, \`guard\` (\`"off"\` leaves it out), \`evaluator\`,
\`environments\` and \`noData\`; and its numbers: \`threshold\` (by environment, unless the row is in PromQL) and \`recovery\`, \`outside\`, or
\`deviations\` and \`baseline\`. \`for\` and \`severity\` may differ by environment as thresholds may, and \`environments\` turns a row off
where it is not named. In environments that are not production every severity is at most SEV-3.

SEV-1 and SEV-2 wake somebody. They are kept for what users feel, and for what is certain to be lost before the morning; causes are
SEV-3 and SEV-4.

The metrics beneath are those of the exporters of Debian 13, whose pages a test reads: name, type and labels of each
(\`test/e2e/exporters.test.ts\`, \`database-exporters.test.ts\`). Those of Celery's exporter, of cAdvisor, of Fluentd, of
Fluent Bit, of OpenTelemetry's collectors, of Elasticsearch's exporter and of CloudWatch are taken from their documentation.

A condition that goes on after \`and\` is guarded: without enough traffic a ratio says nothing.
`;

const header = ["row", "alert", "condition", "for", "severity", "why"];

const rowOf = (key: string, row: Row): readonly string[] => [
  `\`${key}\``,
  row.alert,
  `\`${wordsOf(row)}\``,
  row.for,
  row.severity,
  row.why,
];

/** The page `docs/packs.md`. */
export function packsPage(): string {
  const sections = tables.map(({ title, file, contracts, rows }) =>
    [
      `## ${title}`,
      "",
      `\`alerts/${file}.ts\`${contracts.length === 0 ? "" : `, over the telemetry ${contracts.map((name) => `\`${name}\``).join(", ")}`}`,
      "",
      ...markdownTable(
        header,
        Object.entries(rows).map(([key, row]) => rowOf(key, row)),
      ),
      "",
    ].join("\n"),
  );
  const logs = [
    "## Log patterns",
    "",
    "`alerts/logs.ts`: each is a function of the filter that the events must pass, and takes `threshold`, `severity` and `environments`.",
    "",
    ...markdownTable(
      header,
      Object.entries(logRows).map(([key, { alert, threshold, window, severity, why }]) => [
        `\`${key}\``,
        alert,
        `\`more than ${threshold} events within ${window}\``,
        "0s",
        severity,
        why,
      ]),
    ),
    "",
  ].join("\n");
  return [intro, ...sections, logs].join("\n");
}
