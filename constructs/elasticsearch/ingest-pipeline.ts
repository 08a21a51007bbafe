import type { LogContract } from "../../model/log-contract";
import type { LogFieldDefinition } from "../../model/log-field";
import { collectorField } from "../../model/log-shipping";
import { redactionOf, sensitivePatterns } from "../../model/redaction";
import { never } from "../../model/result";
import { eventTimeOf, failureField, freeTextsOf, isWordy } from "./mapping";
import type { Processor } from "./processor";

/** What stands in place of a value that is masked. */
export const masked = "[redacted]";

/** Fields that join the events of one operation, the widest first: by the first that an event has, it is kept or dropped with the others. */
const correlation = ["trace_id", "correlation_id", "request_id"] as const;

const present = (field: string): string => `ctx['${field}'] != null`;

/** Fluentd has sampled and hashed what comes through it: done again, a tenth of a tenth would be left, and a hash of a hash. */
const notByFluentd = `ctx['${collectorField}'] == null`;

/** Other libraries' words for the levels of the contract. */
const otherLevels = { WARN: "WARNING", FATAL: "CRITICAL", ERR: "ERROR", TRACE: "DEBUG", NOTICE: "INFO" } as const;

const levelSteps = ({ fields }: LogContract): readonly Processor[] =>
  fields.some(({ name }) => name === "level")
    ? [
        { uppercase: { tag: "level", field: "level", ignore_missing: true } },
        ...Object.entries(otherLevels).map(
          ([word, level]): Processor => ({
            set: { tag: "level", field: "level", value: level, if: `ctx['level'] == '${word}'` },
          }),
        ),
      ]
    : [];

/**
 * Of 100 traces so many are kept, by the hash of their id, which is the same on every node and for every event of a trace. What belongs to none is kept.
 * Java's hash of a text is part of the language (`String.hashCode`), so that no version changes it.
 */
function samplingSteps({ fields, logging }: LogContract): readonly Processor[] {
  const ids = correlation.filter((id) => fields.some(({ name }) => name === id));
  if (ids.length === 0) return [];
  return Object.entries(logging.keepPercent).flatMap(([level, percent]) =>
    percent >= 100
      ? []
      : ids.map((id, index): Processor => {
          const widest = ids.slice(0, index).map((wider) => `ctx['${wider}'] == null && `);
          return {
            drop: {
              tag: `sample ${level}`,
              if: `${notByFluentd} && ctx['level'] == '${level}' && ${widest.join("")}${present(id)} && Math.floorMod(ctx['${id}'].toString().hashCode(), 100) >= ${percent}`,
            },
          };
        }),
  );
}

function redactionStep(field: LogFieldDefinition, salt: string): readonly Processor[] {
  const { name } = field;
  const tag = `redact ${name}`;
  const redaction = redactionOf(field);
  switch (redaction) {
    case "keep":
      return [];
    case "mask":
      return [{ set: { tag, field: name, value: masked, if: present(name) } }];
    case "drop":
      return [{ remove: { tag, field: name, ignore_missing: true } }];
    case "hash":
      return [
        {
          fingerprint: {
            tag,
            fields: [name],
            target_field: name,
            method: "SHA-256",
            salt,
            ignore_missing: true,
            if: notByFluentd,
          },
        },
      ];
    default:
      return never(redaction);
  }
}

/** What people paste into texts and libraries into exceptions. */
const patternSteps = (contract: LogContract): readonly Processor[] =>
  freeTextsOf(contract).flatMap(({ name: field }) =>
    sensitivePatterns.map(
      ({ name, pattern }): Processor => ({
        gsub: { tag: `redact ${name}`, field, pattern, replacement: `[${name}]`, ignore_missing: true },
      }),
    ),
  );

const failed = (step: string): Processor => ({ set: { tag: "failure", field: failureField, value: step } });

function timeSteps(contract: LogContract): readonly Processor[] {
  const time = eventTimeOf(contract);
  return [
    ...(time === undefined
      ? []
      : [
          {
            date: {
              tag: "time",
              field: time.name,
              formats: ["ISO8601"],
              target_field: "@timestamp",
              if: present(time.name),
              on_failure: [failed("time")],
            },
          } as const,
        ]),
    { set: { tag: "time", field: "@timestamp", value: "{{{_ingest.timestamp}}}", override: false } },
  ];
}

/** Fields that hold nothing of a person and nothing that anybody wrote: what an event keeps when its redaction failed. */
const isSafe = (field: LogFieldDefinition): boolean =>
  field.pii === "none" &&
  redactionOf(field) === "keep" &&
  !isWordy(field) &&
  (field.type !== "string" ||
    field.values !== undefined ||
    field.required ||
    correlation.some((id) => id === field.name));

/** An ingest pipeline. */
export interface IngestPipeline {
  readonly processors: readonly Processor[];
  readonly onFailure: readonly Processor[];
}

/** Whether a pipeline needs a salt. */
export const hashes = ({ redactions }: LogContract): boolean =>
  redactions.some(({ redaction }) => redaction === "hash");

/**
 * The way of a service's event into its data stream: levels in one set of words, sampled, redacted, in order of its own time, and without any field that
 * nobody declared, since nobody said what becomes of it.
 *
 * Each event is sampled and hashed once: here, or by Fluentd where it came through that. It is masked in both, which changes nothing the second time.
 *
 * An event whose redaction fails keeps only what cannot hold anything of a person, and the name of the step: it is neither lost nor stored as it came.
 * @param salt Of hashes: without it who knows an address can find its hash.
 */
export function ingestPipelineOf(contract: LogContract, salt: string): IngestPipeline {
  const time = eventTimeOf(contract);
  const stored = contract.fields.filter((field) => field !== time && redactionOf(field) !== "drop");
  const always = ["@timestamp", failureField];
  return {
    processors: [
      ...levelSteps(contract),
      ...samplingSteps(contract),
      ...contract.fields.flatMap((field) => redactionStep(field, salt)),
      ...patternSteps(contract),
      ...timeSteps(contract),
      { remove: { tag: "undeclared", keep: [...always, ...stored.map(({ name }) => name)] } },
    ],
    onFailure: [
      { remove: { tag: "failure", keep: [...always, ...stored.filter(isSafe).map(({ name }) => name)] } },
      failed("{{{_ingest.on_failure_processor_tag}}}"),
      { set: { tag: "failure", field: "@timestamp", value: "{{{_ingest.timestamp}}}", override: false } },
    ],
  };
}
