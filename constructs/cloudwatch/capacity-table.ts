import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { deliveryLoad, logLoad } from "./log-capacity";

const gigabyte = 1_000_000_000;

/** With one decimal, and a separator of thousands that no spreadsheet takes for a decimal point. */
const rounded = (value: number): string => value.toFixed(1).replace(/\B(?=(\d{3})+\.)/g, " ");

/**
 * What an environment's logs come to at the most, for whoever pays or sizes them: a table of services, and what the archive takes and
 * keeps. Gigabytes are of 1,000,000,000 bytes, as AWS bills them.
 */
export function capacityTable(estate: EnvironmentEstate): string {
  const { environment } = estate;
  const loads = estate.services.map(logLoad);
  const total = (read: (load: (typeof loads)[number]) => number): number =>
    loads.reduce((sum, load) => sum + read(load), 0);
  const row = (name: string, cells: readonly number[]): string =>
    `| ${[name, String(cells[0]), ...cells.slice(1).map(rounded)].join(" | ")} |`;
  const delivery = deliveryLoad(estate);
  return [
    `# Logs of ${environment.name}, at their busiest`,
    "",
    "Were every second of a day its busiest: a real day comes to less. Stored bytes are compressed.",
    "",
    "| service | events/s | MB/s | GB/day | GB stored in CloudWatch |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...loads.map((load) =>
      row(load.service, [
        load.peak.events,
        load.peak.bytes / 1_000_000,
        load.bytesPerDay / gigabyte,
        load.storedBytes / gigabyte,
      ]),
    ),
    row("all", [
      total(({ peak }) => peak.events),
      total(({ peak }) => peak.bytes) / 1_000_000,
      total(({ bytesPerDay }) => bytesPerDay) / gigabyte,
      total(({ storedBytes }) => storedBytes) / gigabyte,
    ]),
    "",
    ...(delivery === undefined
      ? ["No archive."]
      : [
          `The archive's stream takes ${delivery.mebibytesPerSecond.toFixed(2)} of ${delivery.quotaMiBPerSecond} MiB/s; the archive keeps ${rounded(delivery.storedBytes / gigabyte)} GB.`,
        ]),
    "",
  ].join("\n");
}

/** The table as a file beside the schemas of the events that it counts. */
export const capacityArtifacts = (estate: EnvironmentEstate): readonly Artifact[] => [
  { path: "logs/capacity.md", content: capacityTable(estate) },
];
