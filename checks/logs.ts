import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { isStructured, structuredFields } from "../model/log-contract";
import type { LogFieldDefinition } from "../model/log-field";
import { type Logging, logLevels } from "../model/logging";
import { environmentsNamed, valuesOf } from "../model/per-environment";
import { redactionOf } from "../model/redaction";
import type { PerEnvironment } from "../model/register";
import { logFieldsOf, type Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inRule, inService, type Rule, warningRule } from "./rule";

const unknownThrottleField = errorRule(
  "logs/unknown-throttle-field",
  "A limit on a field that no event has counts all events together, or none.",
);
const throttle = errorRule("logs/throttle", "A limit of nothing drops every event; one without a time never ends.");
const unknownLevel = errorRule(
  "logs/unknown-level",
  "A logger with a level that does not exist fails at the service's start.",
);
const component = errorRule("logs/component", "A logger of a name that no module can have is never quietened.");
const unknownEnvironment = errorRule(
  "logs/unknown-environment",
  "A value for an environment that does not exist holds nowhere.",
);
const keepPercent = errorRule("logs/keep-percent", "Sampling keeps from none to all of a level's events.");
const rate = errorRule(
  "logs/rate",
  "Buffers, shards and quotas are computed from it; a rate or size that is none sizes nothing.",
);
const keptPersonal = errorRule(
  "logs/kept-personal",
  "What says something of a person is stored as it is only for a reason that an auditor can read.",
);
const missingField = errorRule(
  "logs/missing-field",
  "An event that does not say when, how bad, whose or what cannot be searched together with others.",
);
const noCorrelation = warningRule(
  "logs/no-correlation",
  "Without the request or the trace that it belongs to, an error leads nobody to its cause.",
);
const conflictingField = errorRule(
  "logs/conflicting-field",
  "An index has one type for a name: events of the second type are refused, or the field is lost to all.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [
  unknownThrottleField,
  throttle,
  unknownLevel,
  component,
  unknownEnvironment,
  keepPercent,
  rate,
  keptPersonal,
  missingField,
  noCorrelation,
  conflictingField,
];

/** A name of Python's logging: module names, joined by dots. */
const loggerName = /^[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*$/;

interface Setting {
  readonly field: string;
  readonly value: PerEnvironment<string | number> | undefined;
}

const settingsOf = ({
  level,
  components = {},
  peakEventsPerSecond,
  keepPercent: kept = {},
}: Logging): readonly Setting[] => [
  { field: "level", value: level },
  { field: "peakEventsPerSecond", value: peakEventsPerSecond },
  ...Object.entries(components).map(([name, value]) => ({ field: `components.${name}`, value })),
  ...Object.entries(kept).map(([name, value]) => ({ field: `keepPercent.${name}`, value })),
];

function levelProblems(service: Service, { level, components = {}, throttle: limit }: Logging): readonly Finding[] {
  const named: readonly Setting[] = [
    { field: "level", value: level },
    { field: "throttle.from", value: limit?.from },
    ...Object.entries(components).map(([name, value]) => ({ field: `components.${name}`, value })),
  ];
  return named.flatMap(({ field, value }) =>
    (value === undefined ? [] : valuesOf(value))
      .filter((candidate) => !logLevels.some((known) => known === candidate))
      .map((candidate) =>
        finding(
          unknownLevel,
          inService(service, `logging.${field}`),
          `there is no level "${candidate}".${didYouMean(String(candidate), logLevels)}`,
          `write one of ${logLevels.join(", ")}`,
        ),
      ),
  );
}

function componentProblems(service: Service, { components = {}, keepPercent: kept = {} }: Logging): readonly Finding[] {
  const sampled = ["DEBUG", "INFO", "WARNING"];
  return [
    ...Object.keys(components)
      .filter((name) => !loggerName.test(name))
      .map((name) =>
        finding(
          component,
          inService(service, "logging.components"),
          `"${name}" is not the name of a logger`,
          "write it as the code does: module names of letters, digits and _, joined by dots",
        ),
      ),
    ...Object.keys(kept)
      .filter((name) => !sampled.includes(name))
      .map((name) =>
        finding(
          keepPercent,
          inService(service, "logging.keepPercent"),
          name === "ERROR" || name === "CRITICAL"
            ? `events of ${name} are always kept`
            : `there is no level "${name}".${didYouMean(name, sampled)}`,
          `write one of ${sampled.join(", ")}`,
        ),
      ),
  ];
}

function numberProblems(service: Service, logging: Logging): readonly Finding[] {
  const percents = Object.entries(logging.keepPercent ?? {}).flatMap(([name, value]) =>
    (value === undefined ? [] : valuesOf<number>(value))
      .filter((percent) => percent === undefined || !(percent >= 0 && percent <= 100))
      .map((percent) =>
        finding(
          keepPercent,
          inService(service, `logging.keepPercent.${name}`),
          `${percent} of 100 events cannot be kept`,
          "write a percentage from 0 to 100",
        ),
      ),
  );
  const { peakEventsPerSecond = 1, averageEventBytes = 1 } = logging;
  const rates = [
    ...valuesOf(peakEventsPerSecond).map((value) => ({ field: "peakEventsPerSecond", value })),
    { field: "averageEventBytes", value: averageEventBytes },
  ]
    .filter(({ value }) => value === undefined || !(value > 0 && Number.isFinite(value)))
    .map(({ field, value }) =>
      finding(
        rate,
        inService(service, `logging.${field}`),
        `${value} is no ${field === "averageEventBytes" ? "size of an event" : "number of events per second"}`,
        "write a number above 0",
      ),
    );
  return [...percents, ...rates];
}

function throttleProblems(service: Service, { throttle: limit }: Logging): readonly Finding[] {
  if (limit === undefined) return [];
  const fields = logFieldsOf(service).map(({ name }) => name);
  return [
    ...(fields.includes(limit.field)
      ? []
      : [
          finding(
            unknownThrottleField,
            inService(service, "logging.throttle.field"),
            `the service's logs have no field "${limit.field}".${didYouMean(limit.field, fields)}`,
            "limit a field of the log contract",
          ),
        ]),
    ...(["events", "perSeconds"] as const)
      .filter((field) => !(Number.isInteger(limit[field]) && limit[field] >= 1))
      .map((field) =>
        finding(
          throttle,
          inService(service, `logging.throttle.${field}`),
          `${limit[field]} is not a whole number of at least 1`,
          "write how many events of one value may come in how many seconds",
        ),
      ),
  ];
}

function environmentProblems(service: Service, logging: Logging, environments: readonly string[]): readonly Finding[] {
  return settingsOf(logging).flatMap(({ field, value }) =>
    environmentsNamed(value)
      .filter((name) => !environments.includes(name))
      .map((name) =>
        finding(
          unknownEnvironment,
          inService(service, `logging.${field}`),
          `there is no environment "${name}".${didYouMean(name, environments)}`,
          `write one of ${environments.join(", ")}`,
        ),
      ),
  );
}

function fieldProblems(service: Service): readonly Finding[] {
  const fields = logFieldsOf(service);
  const kept = fields
    .filter((field) => field.pii === "personal" && redactionOf(field) === "keep" && (field.reason ?? "").trim() === "")
    .map(({ name }) =>
      finding(
        keptPersonal,
        inRule(service, name, "telemetry"),
        `the personal field ${name} is stored as it was logged, and nothing says why`,
        'write its reason, or leave redact: "keep" out: it is then masked',
      ),
    );
  if (!isStructured(fields)) return kept;
  const required = new Set(fields.filter((field) => field.required).map(({ name }) => name));
  const correlated = fields.some(({ name }) => name === "request_id" || name === "trace_id");
  return [
    ...kept,
    ...structuredFields
      .filter((name) => !required.has(name))
      .map((name) =>
        finding(
          missingField,
          inService(service, "telemetry"),
          fields.some((field) => field.name === name)
            ? `the log field "${name}" is not required, so some events are without it`
            : `its events are structured, and have no field "${name}"`,
          `declare "${name}" with required: true, or use the structuredLogs of the catalog`,
        ),
      ),
    ...(correlated
      ? []
      : [
          finding(
            noCorrelation,
            inService(service, "telemetry"),
            "its events say neither request_id nor trace_id",
            "declare one of them and let the logger add it",
          ),
        ]),
  ];
}

/** Fields of one name and two types, in one service or in two: the first declaration counts. */
function conflicts(services: readonly Service[]): readonly Finding[] {
  const first = new Map<string, { readonly service: Service; readonly field: LogFieldDefinition }>();
  return services.flatMap((service) =>
    logFieldsOf(service).flatMap((field) => {
      const other = first.get(field.name);
      if (other === undefined) first.set(field.name, { service, field });
      if (other === undefined || other.field.type === field.type) return [];
      return [
        finding(
          conflictingField,
          inRule(service, field.name, "telemetry"),
          `the log field ${field.name} is a ${field.type} here and a ${other.field.type} ${
            other.service === service ? "elsewhere in the same service" : `in ${other.service.name}`
          }`,
          "give one of the two another name, such as one that says its unit",
        ),
      ];
    }),
  );
}

/** How services log, and what their log contracts promise to every system that reads them. */
export function checkLogs({ services, environments }: Catalog): readonly Finding[] {
  const names = environments.map(({ name }) => name);
  return [
    ...services.flatMap((service) => {
      const { logging } = service;
      const ofLogging =
        logging === undefined
          ? []
          : [levelProblems, componentProblems, numberProblems, throttleProblems].flatMap((problems) =>
              problems(service, logging),
            );
      return [
        ...ofLogging,
        ...(logging === undefined ? [] : environmentProblems(service, logging, names)),
        ...fieldProblems(service),
      ];
    }),
    ...conflicts(services),
  ];
}
