import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { isStructured, type LogContract, logContractOf } from "../../model/log-contract";
import type { LogFieldDefinition } from "../../model/log-field";
import { type DefiniteLogging, type LogLevel, logLevels } from "../../model/logging";
import { redactionOf } from "../../model/redaction";
import { never } from "../../model/result";

/** The schema of one field, with what JSON Schema has no word for as annotations (`x-…`), which validators leave alone. */
interface FieldSchema {
  readonly type: "string" | "number" | "boolean";
  readonly description: string;
  readonly format?: "date-time";
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly "x-unit"?: string;
  readonly "x-pii": LogFieldDefinition["pii"];
  readonly "x-redaction": ReturnType<typeof redactionOf>;
  readonly "x-redaction-reason"?: string;
}

/** What a condition of JSON Schema says of an event's logger: that its name is one of these, and none of those. */
interface OfLogger {
  readonly properties: {
    readonly name: {
      readonly pattern?: string;
      readonly not?: { readonly anyOf: readonly { readonly pattern: string }[] };
    };
  };
  readonly required: readonly ["name"];
}

/** That a logger writes its own levels only. */
interface LevelRule {
  readonly if: OfLogger;
  readonly then: { readonly properties: { readonly level: { readonly enum: readonly LogLevel[] } } };
}

/** A JSON Schema of a service's events in an environment. */
export interface LogSchema {
  readonly $schema: "https://json-schema.org/draft/2020-12/schema";
  readonly $id: string;
  readonly title: string;
  readonly description: string;
  readonly $comment: string;
  readonly type: "object";
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  readonly allOf?: readonly LevelRule[];
  readonly additionalProperties: false;
  readonly "x-sampling": DefiniteLogging["keepPercent"];
  readonly "x-throttle"?: DefiniteLogging["throttle"];
  readonly "x-peak-events-per-second": number;
  readonly "x-average-event-bytes": number;
}

/** Levels that are written by a logger whose lowest is this one. */
const from = (lowest: LogLevel): readonly LogLevel[] => logLevels.slice(logLevels.indexOf(lowest));

function jsonType({ type }: LogFieldDefinition): Pick<FieldSchema, "type" | "format"> {
  switch (type) {
    case "timestamp":
      return { type: "string", format: "date-time" };
    case "string":
    case "number":
    case "boolean":
      return { type };
    default:
      return never(type);
  }
}

/** Units of what cannot be less than nothing; an amount of money can. */
const neverNegative: readonly LogFieldDefinition["unit"][] = ["milliseconds", "seconds", "bytes"];

function fieldSchema(field: LogFieldDefinition, contract: LogContract): FieldSchema {
  const { name, description, unit, values, pii, reason } = field;
  // Whose event it is, is known: another's among them is in the wrong log group, or says a wrong name.
  const known = new Map([
    ["service", contract.service],
    ["environment", contract.environment],
  ]).get(name);
  return {
    ...jsonType(field),
    description,
    ...(values === undefined ? {} : { enum: name === "level" ? levelsAllowed(contract.logging) : values }),
    ...(known === undefined ? {} : { const: known }),
    ...(neverNegative.includes(unit) ? { minimum: 0 } : {}),
    ...(unit === undefined ? {} : { "x-unit": unit }),
    "x-pii": pii,
    "x-redaction": redactionOf(field),
    ...(reason === undefined ? {} : { "x-redaction-reason": reason }),
  };
}

/** Levels that some logger of the service writes. */
const levelsAllowed = ({ level, components }: DefiniteLogging): readonly LogLevel[] => {
  const lowest = Math.min(
    ...[level, ...components.map((component) => component.level)].map((of) => logLevels.indexOf(of)),
  );
  return logLevels.slice(lowest);
};

/** The loggers of a component: its own, and what is below it. */
const loggersOf = (component: string): { readonly pattern: string } => ({
  pattern: `^${component.replaceAll(".", "[.]")}([.]|$)`,
});

/** Each event's level is one that its logger writes: its nearest component's, else the service's. */
function levelRules({ level, components }: DefiniteLogging): readonly LevelRule[] {
  const rule = (name: OfLogger["properties"]["name"], lowest: LogLevel): LevelRule => ({
    if: { properties: { name }, required: ["name"] },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema; nothing awaits this value
    then: { properties: { level: { enum: from(lowest) } } },
  });
  const except = (names: readonly string[]): OfLogger["properties"]["name"] =>
    names.length === 0 ? {} : { not: { anyOf: names.map(loggersOf) } };
  const names = components.map(({ name }) => name);
  return [
    rule(except(names), level),
    ...components.map((component) => {
      const nearer = names.filter((other) => other.startsWith(`${component.name}.`));
      return rule({ ...loggersOf(component.name), ...except(nearer) }, component.level);
    }),
  ];
}

/** The schema that a service's events in an environment keep to. */
export function logSchema(contract: LogContract): LogSchema {
  const { service, environment, fields, logging } = contract;
  const declares = (name: string): boolean => fields.some((field) => field.name === name);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:estate:logs:${environment}:${service}`,
    title: `Log events of ${service} in ${environment}`,
    description: "One JSON object to a line, as the service writes it: before sampling and redaction.",
    $comment:
      "No other fields: one that nobody declared has no class, so nothing redacts it, and a type of its own, which every index keeps.",
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, contract)])),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    ...(declares("name") && declares("level") ? { allOf: levelRules(logging) } : {}),
    additionalProperties: false,
    "x-sampling": logging.keepPercent,
    ...(logging.throttle === undefined ? {} : { "x-throttle": logging.throttle }),
    "x-peak-events-per-second": logging.peakEventsPerSecond,
    "x-average-event-bytes": logging.averageEventBytes,
  };
}

/** The schema of every service that writes structured events, for its tests, its reviewers and whoever reads its logs. */
export const logSchemaArtifacts = (estate: EnvironmentEstate): readonly Artifact[] =>
  estate.services.flatMap((service) => {
    const contract = logContractOf(service);
    if (contract === undefined || !isStructured(contract.fields)) return [];
    return [
      {
        path: `logs/${contract.service}.schema.json`,
        content: `${JSON.stringify(logSchema(contract), undefined, 2)}\n`,
      },
    ];
  });
