import type { Catalog } from "../model/catalog";
import type { Environment } from "../model/environment";
import type { Finding, Where } from "../model/finding";
import { environmentsNamed, valuesOf } from "../model/per-environment";
import { parseQuantity } from "../model/quantity";
import type { PerEnvironment } from "../model/register";
import type { Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { traceBackends } from "../model/trace-pipeline";
import type { Sampling } from "../model/tracing";
import { errorRule, finding, inService, type Rule, warningRule } from "./rule";

const percentage = errorRule(
  "tracing/percent",
  "A share beyond all or below nothing is refused by a collector at its start.",
);
const time = errorRule("tracing/time", "What is slow must be a time, or every trace is, or none.");
const operation = errorRule(
  "tracing/operation",
  "A trace that any policy keeps is kept: a lower share of one operation would never apply.",
);
const partial = warningRule(
  "tracing/partial",
  "Whoever looks for the reason of an error finds a trace without its beginning.",
);
const unknownEnvironment = errorRule(
  "tracing/unknown-environment",
  "A setting for an environment that does not exist never applies.",
);
const backends = errorRule("tracing/backends", "Traces that are stored nowhere, or twice, were collected for nothing.");
const pipeline = errorRule("tracing/pipeline", "A gateway without time or memory decides nothing.");
const rate = errorRule("tracing/rate", "Gateways are sized for what the catalog says arrives.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [
  percentage,
  time,
  operation,
  partial,
  unknownEnvironment,
  backends,
  pipeline,
  rate,
];

const isShare = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 100;

function shares(value: PerEnvironment<number> | undefined, where: Where): readonly Finding[] {
  if (value === undefined) return [];
  return valuesOf(value)
    .filter((one) => !isShare(one))
    .map((one) => finding(percentage, where, `${one} is not a share in percent`, "write a number from 0 to 100"));
}

function ofSampling(service: Service, sampling: Sampling): readonly Finding[] {
  if (sampling.kind === "head") return shares(sampling.percent, inService(service, "tracing.sampling.percent"));
  const { slowAfter, keepPercent } = sampling;
  const times = slowAfter === undefined ? [] : valuesOf<string>(slowAfter);
  return [
    ...shares(keepPercent, inService(service, "tracing.sampling.keepPercent")),
    ...times.flatMap((text) => {
      const read = parseQuantity(text ?? "");
      const problem = read.ok
        ? read.value.dimension !== "time" || read.value.value.lte(0)
          ? `"${text}" is not a time above zero`
          : undefined
        : read.error;
      return problem === undefined
        ? []
        : [finding(time, inService(service, "tracing.sampling.slowAfter"), problem, 'write a time, such as "500ms"')];
    }),
  ];
}

/** Values that may be lower somewhere: each environment that either names, and the default of both. */
const everywhere = (...values: readonly (PerEnvironment<number> | undefined)[]): readonly string[] => [
  "default",
  ...new Set(values.flatMap(environmentsNamed)),
];

const at = (value: PerEnvironment<number>, environment: string): number =>
  typeof value === "number" ? value : (new Map(Object.entries(value)).get(environment) ?? value.default);

function ofOperations(service: Service): readonly Finding[] {
  const { operations = {}, sampling = { kind: "tail" } } = service.tracing ?? {};
  return Object.entries(operations).flatMap(([name, percent]) => {
    const where = inService(service, `tracing.operations.${name}`);
    if (sampling.kind === "head")
      return [
        finding(
          operation,
          where,
          "of a service that samples at the head, everything that was made is kept already",
          "use tail sampling, or leave the operation out",
        ),
      ];
    const others = sampling.keepPercent ?? 10;
    const lower = everywhere(percent, others).find((one) => at(percent, one) < at(others, one));
    return [
      ...shares(percent, where),
      ...(lower === undefined
        ? []
        : [
            finding(
              operation,
              where,
              `${at(percent, lower)} % is less than the ${at(others, lower)} % that are kept of the service's other traces`,
              "lower the service's keepPercent, and raise the other operations",
            ),
          ]),
    ];
  });
}

function ofService(service: Service, catalog: Catalog): readonly Finding[] {
  const { tracing } = service;
  if (tracing === undefined) return [];
  const { sampling = { kind: "tail" }, operations = {}, tracesPerSecond, spansPerTrace } = tracing;
  const known = catalog.environments.map(({ name }) => name);
  const tables = [
    tracesPerSecond,
    ...Object.values(operations),
    ...(sampling.kind === "head" ? [sampling.percent] : [sampling.keepPercent, sampling.slowAfter]),
  ];
  const headed = catalog.services
    .filter(({ dependsOn = [] }) => dependsOn.includes(service.name))
    .filter((caller) => caller.tracing?.sampling?.kind === "head");
  return [
    ...ofSampling(service, sampling),
    ...ofOperations(service),
    ...tables.flatMap((table) =>
      environmentsNamed(table)
        .filter((name) => !known.includes(name))
        .map((name) =>
          finding(
            unknownEnvironment,
            inService(service, "tracing"),
            `there is no environment "${name}".${didYouMean(name, known)}`,
            `write one of the environments: ${known.join(", ")}`,
          ),
        ),
    ),
    ...[...(tracesPerSecond === undefined ? [] : valuesOf<number>(tracesPerSecond)), spansPerTrace ?? 1]
      .filter((value) => !(value !== undefined && value > 0))
      .map((value) =>
        finding(
          rate,
          inService(service, "tracing"),
          `${value} is not a number above zero`,
          "write what is measured at the busiest",
        ),
      ),
    ...(sampling.kind === "tail"
      ? headed.map((caller) =>
          finding(
            partial,
            inService(caller, "tracing.sampling"),
            `${service.name} keeps all its errors, and of those that begin in ${caller.name} the part that is ${caller.name}'s is mostly missing`,
            "let both sample at the tail, or both at the head",
          ),
        )
      : []),
  ];
}

function ofEnvironment({ name, tracing }: Environment, file: string): readonly Finding[] {
  if (tracing === undefined) return [];
  const where = (field: string): Where => ({ file, field: `environments.${name}.tracing.${field}` });
  const unknown = tracing.backends.filter((backend) => !traceBackends.some((known) => known === backend));
  const fix = `write any of ${traceBackends.join(", ")}, each once`;
  const counts = [
    ["gateways", tracing.gateways ?? 1, 1],
    ["gatewayMemoryMiB", tracing.gatewayMemoryMiB ?? 512, 512],
    ["decisionSeconds", tracing.decisionSeconds ?? 1, 1],
  ] as const;
  return [
    ...(tracing.backends.length === 0
      ? [finding(backends, where("backends"), "no system stores the traces", fix)]
      : []),
    ...unknown.map((backend) =>
      finding(
        backends,
        where("backends"),
        `there is no backend "${String(backend)}".${didYouMean(String(backend), traceBackends)}`,
        fix,
      ),
    ),
    ...(new Set(tracing.backends).size < tracing.backends.length
      ? [finding(backends, where("backends"), "a backend is named twice", fix)]
      : []),
    ...counts
      .filter(([, value, least]) => !Number.isInteger(value) || value < least)
      .map(([field, value, least]) =>
        finding(pipeline, where(field), `${value} is not a whole number from ${least} on`, `write ${least} or more`),
      ),
  ];
}

/** What is said of traces and cannot be, or would not hold. */
export const checkTracing = (catalog: Catalog): readonly Finding[] => [
  ...catalog.services.flatMap((service) => ofService(service, catalog)),
  ...catalog.environments.flatMap((environment) => ofEnvironment(environment, catalog.file)),
];
