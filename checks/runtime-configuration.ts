import { agentPorts, runtimeFiles } from "../constructs/runtime-configuration/runtime-files";
import { byteLength, parameterBytes } from "../constructs/terraform/parameter-size";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { environmentsNamed, valuesOf } from "../model/per-environment";
import { derivedVariables, isConfigured } from "../model/runtime-configuration";
import type { Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inService, type Rule } from "./rule";

const name = errorRule("runtime/name", "A shell refuses a variable of another form, and with it the whole file.");
const secret = errorRule("runtime/secret", "What a service is told here stands in plans, states and logs.");
const taken = errorRule("runtime/derived", "Two sources of one setting contradict each other sooner or later.");
const value = errorRule("runtime/value", "A setting that cannot be is found out by the service, at night.");
const unknownEnvironment = errorRule(
  "runtime/unknown-environment",
  "A setting for an environment that does not exist never applies.",
);
const size = errorRule("runtime/size", "Parameter Store refuses what is larger, in the middle of a deployment.");
const unread = errorRule("runtime/unread", "A configuration that nobody reads changes nothing.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [name, secret, taken, value, unknownEnvironment, size, unread];

/** Names that say that the value is a secret. */
const secretName =
  /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE_KEY|API_KEY|APP_KEY|ACCESS_KEY|CREDENTIALS?|DSN)(?:_|$)/i;

/** Names of variables (POSIX.1-2017, Base Definitions, 8.1), in capitals, as people write them. */
const form = /^[A-Z_][A-Z0-9_]*$/;

const whole = (least: number, most: number) => (number: unknown) =>
  typeof number === "number" && Number.isInteger(number) && number >= least && number <= most;

const numbers = {
  metricsPort: { isGood: whole(1, 65_535), fix: "write a port, from 1 to 65535" },
  metricsInterval: { isGood: whole(1, 3600), fix: "write whole seconds, from 1 to 3600" },
  sentryTracesPercent: {
    isGood: (number: unknown) => typeof number === "number" && number >= 0 && number <= 100,
    fix: "write a number from 0 to 100",
  },
} as const;

const numberFields = ["metricsPort", "metricsInterval", "sentryTracesPercent"] as const;

function ofNumbers(service: Service): readonly Finding[] {
  return numberFields.flatMap((field) => {
    const written = service.configuration?.[field];
    const { isGood, fix } = numbers[field];
    return (written === undefined ? [] : valuesOf<number>(written))
      .filter((number) => !isGood(number))
      .map((number) => finding(value, inService(service, `configuration.${field}`), `${number} cannot be`, fix));
  });
}

/** What services say of their configuration, as it was written. */
export function checkConfiguration({ services, environments }: Catalog): readonly Finding[] {
  const known = environments.map(({ name: environment }) => environment);
  return services.flatMap((service) => {
    const { variables = {}, ...numeric } = service.configuration ?? {};
    const tables = [...Object.values(variables), ...numberFields.map((field) => numeric[field])];
    return [
      ...ofNumbers(service),
      ...tables.flatMap((table) =>
        environmentsNamed(table)
          .filter((environment) => !known.includes(environment))
          .map((environment) =>
            finding(
              unknownEnvironment,
              inService(service, "configuration"),
              `there is no environment "${environment}".${didYouMean(environment, known)}`,
              `write one of the environments: ${known.join(", ")}`,
            ),
          ),
      ),
      ...Object.keys(variables).flatMap((variable) => {
        const where = inService(service, `configuration.variables.${variable}`);
        return [
          ...(form.test(variable)
            ? []
            : [finding(name, where, `"${variable}" is not the name of a variable`, "write CAPITALS, digits and _")]),
          ...(secretName.test(variable)
            ? [
                finding(
                  secret,
                  where,
                  `"${variable}" is the name of a secret`,
                  "keep it in Secrets Manager, and let the task definition refer to it (`secrets`)",
                ),
              ]
            : []),
        ];
      }),
    ];
  });
}

function ofService(estate: ServiceEstate): readonly Finding[] {
  const { service } = estate;
  if (!isConfigured(estate))
    return service.configuration === undefined
      ? []
      : [
          finding(
            unread,
            inService(service, "configuration"),
            "the service is not on ECS, or logs nothing by the contract, and so reads no configuration",
            "take the configuration out, or declare how it runs and logs",
          ),
        ];
  const derived = derivedVariables(estate, agentPorts).map((variable) => variable.name);
  return Object.keys(service.configuration?.variables ?? {})
    .filter((variable) => derived.includes(variable))
    .map((variable) =>
      finding(
        taken,
        inService(service, `configuration.variables.${variable}`),
        `${variable} follows from the service's other options`,
        "change those, or give the variable another name",
      ),
    );
}

/** What services are told in an environment. */
export const checkRuntimeConfiguration = (estate: EnvironmentEstate): readonly Finding[] => [
  ...estate.services.flatMap(ofService),
  ...runtimeFiles(estate).flatMap(({ service: { service }, content }) =>
    byteLength(content) > parameterBytes.Advanced
      ? [
          finding(
            size,
            inService(service, "configuration.variables"),
            `the variables are ${byteLength(content)} bytes, and a parameter holds ${parameterBytes.Advanced}`,
            "move what is large into the image, or into a file of the service's own",
          ),
        ]
      : [],
  ),
];
