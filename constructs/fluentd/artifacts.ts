import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { logCapacity } from "../../model/log-capacity";
import { type LogOutput, logShippingOf } from "../../model/log-shipping";
import { memoized } from "../../model/memoized";
import { checked } from "../../model/result";
import { aggregatorConfig } from "./aggregator";
import { printFluentd } from "./print";

/** Gems of every Fluentd, and of each output. A range within one minor version, until a lock file is written where the image is built. */
const gems: readonly (readonly [name: string, version: string])[] = [
  ["fluentd", "~> 1.18.0"],
  ["fluent-plugin-prometheus", "~> 2.1.0"],
  ["fluent-plugin-record-modifier", "~> 2.2.0"],
  ["fluent-plugin-throttle", "~> 0.0.5"],
];
const gemOf: Readonly<Record<LogOutput, readonly [name: string, version: string]>> = {
  elasticsearch: ["fluent-plugin-elasticsearch", "~> 5.4.0"],
  cloudwatch: ["fluent-plugin-cloudwatch-logs", "~> 0.14.0"],
  s3: ["fluent-plugin-s3", "~> 1.8.0"],
  datadog: ["fluent-plugin-datadog", "~> 0.14.0"],
};

function gemfile(outputs: readonly LogOutput[]): string {
  const used = [...gems, ...outputs.map((output) => gemOf[output])];
  return [
    'source "https://rubygems.org"',
    "",
    ...used.map(([name, version]) => `gem "${name}", "${version}"`),
    "",
  ].join("\n");
}

/** `fluentd/fluentd.conf` and the gems that it needs; nothing where no service's events are shipped. */
export const fluentdArtifacts = memoized((estate: EnvironmentEstate): readonly Artifact[] => {
  const { services, aggregators, peak } = logCapacity(estate);
  if (services.length === 0) return [];
  const head = [
    `# Fluentd of ${estate.environment.name}, generated from the catalog.`,
    `# ${aggregators} processes carry ${peak.events} events a second at the peak, also while one is away.`,
  ];
  return [
    {
      path: "fluentd/fluentd.conf",
      content: `${head.join("\n")}\n\n${checked(printFluentd(aggregatorConfig(estate)))}`,
    },
    { path: "fluentd/Gemfile", content: gemfile(logShippingOf(estate.environment).outputs) },
  ];
});
