import { datadogLogs } from "../constructs/datadog/logs/settings";
import { datadogMonitor } from "../constructs/datadog/monitor";
import { aggregatorConfig } from "../constructs/fluentd/aggregator";
import { type BrokenLaw, brokenLaws } from "../constructs/fluentd/laws";
import { printFluentd } from "../constructs/fluentd/print";
import type { Catalog } from "../model/catalog";
import type { Environment } from "../model/environment";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding, Where } from "../model/finding";
import { logCapacity } from "../model/log-capacity";
import { logOutputs, logShippingOf } from "../model/log-shipping";
import { never } from "../model/result";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const options = errorRule("log-shipping/options", "Fluentd would not start, or AWS would refuse what it is given.");
const delivery = errorRule(
  "log-shipping/delivery",
  "Events are lost, and nobody learns of it before they look for them.",
);
const capacity = errorRule(
  "log-shipping/capacity",
  "At the peak, which is when logs are read, events come late or never.",
);
const mute = errorRule(
  "log-shipping/mute",
  "A monitor of logs that never arrive is as silent as one of logs without errors.",
);
const throttle = errorRule("log-shipping/throttle", "Another service's events would be dropped, or none.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [options, delivery, capacity, mute, throttle];

/** Source: Amazon S3 User Guide, "General purpose bucket naming rules"; without dots, which TLS does not bear. */
const bucketName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;

function optionProblems(environment: Environment, where: Where): readonly Finding[] {
  const shipping = logShippingOf(environment);
  const { outputs, bucket, aggregators, address, eventsPerAggregator, outageHours, diskGib } = shipping;
  const problem = (field: string, message: string, fix: string): Finding =>
    finding(options, { ...where, field: `${where.field}.${field}` }, message, fix);
  const positive = Object.entries({ eventsPerAggregator, outageHours, diskGib }).filter(
    ([, value]) => !(Number.isFinite(value) && value > 0),
  );
  return [
    ...outputs
      .filter((output) => !logOutputs.some((known) => known === output))
      .map((output) =>
        problem(
          "outputs",
          `unknown output "${output}".${didYouMean(output, logOutputs)}`,
          `write some of ${logOutputs.join(", ")}`,
        ),
      ),
    ...(new Set(outputs).size < outputs.length
      ? [problem("outputs", "an output is named twice, and would store every event twice", "name it once")]
      : []),
    ...(outputs.length === 0
      ? [
          problem(
            "outputs",
            "no outputs: events would be collected and thrown away",
            `name some of ${logOutputs.join(", ")}`,
          ),
        ]
      : []),
    ...(outputs.includes("s3") && bucket === undefined
      ? [problem("bucket", "the output s3 has no bucket", "name the bucket, or take s3 out of outputs")]
      : []),
    ...(bucket !== undefined && !bucketName.test(bucket)
      ? [
          problem(
            "bucket",
            `"${bucket}" is not the name of an S3 bucket`,
            "write 3 to 63 small letters, digits and hyphens",
          ),
        ]
      : []),
    ...(aggregators === undefined || isCount(aggregators)
      ? []
      : [problem("aggregators", `${aggregators} processes cannot be`, "write a whole number, or leave it out")]),
    ...(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(address)
      ? []
      : [problem("address", `"${address}" is not a host name`, "write a name such as fluentd.prod.internal")]),
    ...positive.map(([field, value]) => problem(field, `${value} is not above 0`, "write a number above 0")),
  ];
}

/** Limits that are below one event for each process, which is the least that a process lets through. */
const sharedLimits = ({ services, environment }: EnvironmentEstate, aggregators: number): readonly Finding[] =>
  services.flatMap(({ service }) => {
    const { events = aggregators } = service.logging?.throttle ?? {};
    if (events >= aggregators || !isCount(events)) return [];
    return [
      finding(
        throttle,
        inService(service, "logging.throttle.events"),
        `${events} events cannot be shared by the ${aggregators} Fluentd of ${environment.name}: each lets through at least 1`,
        `allow at least ${aggregators} events, in a longer time`,
      ),
    ];
  });

function ofLaw({ law, message }: BrokenLaw, where: Where): Finding {
  switch (law) {
    case "memory":
    case "route":
    case "path":
    case "lossy":
      return finding(delivery, where, message, "give every event a way to an output that keeps it on disk");
    case "disk":
    case "outage":
      return finding(
        capacity,
        where,
        message,
        "give it more disk (diskGib), fewer hours (outageHours) or more aggregators",
      );
    case "rate":
      return finding(capacity, where, message, "give it more aggregators, or leave their number out");
    default:
      return never(law);
  }
}

/** Alerts that Datadog evaluates on logs, where none are sent to it. */
function muteAlerts({ services, environment }: EnvironmentEstate): readonly Finding[] {
  if (logShippingOf(environment).outputs.includes("datadog")) return [];
  return services.flatMap(({ service, alerts }) =>
    alerts
      .filter((rule) => {
        const monitor = rule.evaluator === "datadog" ? datadogMonitor(rule) : undefined;
        return monitor?.ok === true && monitor.value.type === "log alert";
      })
      .map(({ name }) =>
        finding(
          mute,
          inRule(service, name, "evaluator"),
          `Datadog evaluates it on logs, and ${environment.name} sends none there`,
          "add datadog to the outputs of logShipping, or let another system evaluate it",
        ),
      ),
  );
}

const whereOf = ({ name }: Environment, file: string): Where => ({ file, field: `environments.${name}.logShipping` });

/** Options of log shipping that cannot be meant. */
export const checkLogShippingOptions = ({ environments, file }: Catalog): readonly Finding[] =>
  environments.flatMap((environment) => optionProblems(environment, whereOf(environment, file)));

/** Log shipping that would lose, mix up or not carry events. */
export function checkLogShipping(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const where = whereOf(estate.environment, file);
  const carried = logCapacity(estate);
  if (carried.services.length === 0 || optionProblems(estate.environment, where).length > 0) return [];
  const config = aggregatorConfig(estate);
  const printed = printFluentd(config);
  const inDatadog = datadogLogs(estate);
  return [
    ...muteAlerts(estate),
    ...(inDatadog.ok ? [] : [finding(options, where, inDatadog.error, "change the filter of the log metric")]),
    ...sharedLimits(estate, carried.aggregators),
    ...(printed.ok ? [] : [finding(options, where, printed.error, "use plain names for services and log groups")]),
    ...brokenLaws(config, carried, logShippingOf(estate.environment)).map((broken) => ofLaw(broken, where)),
  ];
}
