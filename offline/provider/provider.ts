import { type DiagnosticMessage, errorDiagnostic } from "../protocol/diagnostic";
import { dynamicValueOf, valueIn } from "../protocol/dynamic-value";
import {
  readApplyRequest,
  readConfigRequest,
  readImportRequest,
  readMoveRequest,
  readPlanRequest,
  readReadRequest,
  readTypedConfigRequest,
  readUpgradeRequest,
} from "../protocol/requests";
import {
  emptyResponse,
  writeApplyResponse,
  writeDiagnostics,
  writeImportResponse,
  writePlanResponse,
  writeReadDataResponse,
  writeReadResponse,
  writeUpgradeResponse,
} from "../protocol/responses";
import { writeSchemaResponse } from "../protocol/schema-message";
import { valueOfJson } from "../protocol/state-json";
import { isObject, type Value } from "../protocol/value";
import type { Block, ProviderSchema, Schema } from "../schema/provider-schema";
import { applied, seedOf } from "./apply";
import { emptyValue, mapBlock, valueOfState } from "./map-block";
import { planned, withUnknowns } from "./plan";
import { replacementPaths } from "./replacements";
import { problems } from "./validate";

/** Answers one kind of request, message for message. */
export type Procedure = (request: Buffer) => Buffer;

/**
 * Kept beside an imported resource until its first apply: what it really is nobody knows here, so that no difference from it may
 * count as one that replaces it.
 */
const importedMark = Buffer.from("imported");

function blockOf(schemas: { readonly [type: string]: Schema }, type: string): Block {
  const schema = schemas[type];
  if (schema === undefined) throw new Error(`no schema of ${type} is served`);
  return schema.block;
}

/** The answer of a procedure that only tells problems. */
const problemsResponse = (procedure: string, found: readonly DiagnosticMessage[]): Buffer =>
  found.length === 0 ? emptyResponse : (writeDiagnostics(procedure, found) ?? emptyResponse);

/** Most bytes of requests to remember. */
const rememberedBytes = 1 << 26;

/**
 * Remembers the requests that were answered with nothing. Terraform validates every resource in `validate` and again in each `plan`, word
 * for word, and whether a configuration is accepted depends on nothing else.
 */
function oncePerRequest(answer: Procedure): Procedure {
  const accepted = new Set<string>();
  let bytes = 0;
  return (request) => {
    const key = request.toString("latin1");
    if (accepted.has(key)) return emptyResponse;
    const response = answer(request);
    if (response.length === 0 && bytes + request.length <= rememberedBytes) {
      bytes += request.length;
      accepted.add(key);
    }
    return response;
  };
}

/** Numbers objects that are planned alike, so that each gets values of its own. */
function counter(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
}

/**
 * A provider that knows nothing but its schema: it plans as the schema says, and "applies" by making up what is unknown.
 *
 * Its procedures throw for nothing but defects; `server.ts` turns these into diagnostics.
 * @param source Its address.
 */
export function offlineProvider(source: string, schema: ProviderSchema): ReadonlyMap<string, Procedure> {
  const { resources, dataSources } = schema;
  const occurrence = counter();
  // Written once: Terraform asks for it several times a run.
  let schemaResponse: Buffer | undefined;

  const created = (type: string, block: Block, value: Value): Value => {
    const seed = seedOf(`${source} ${type}`, value);
    return applied(block, value, `${seed} ${occurrence(seed)}`);
  };

  const validation = (name: string, schemas: { readonly [type: string]: Schema }): readonly [string, Procedure] => [
    name,
    oncePerRequest((request) => {
      const { typeName, config } = readTypedConfigRequest(request);
      return problemsResponse(name, problems(blockOf(schemas, typeName), valueIn(config)));
    }),
  ];

  return new Map<string, Procedure>([
    [
      "GetProviderSchema",
      () => {
        schemaResponse ??= writeSchemaResponse(schema);
        return schemaResponse;
      },
    ],
    [
      "ValidateProviderConfig",
      (request) => {
        const { config } = readConfigRequest(request);
        return problemsResponse("ValidateProviderConfig", problems(schema.configuration, valueIn(config)));
      },
    ],
    validation("ValidateResourceConfig", resources),
    validation("ValidateDataResourceConfig", dataSources),
    ["ConfigureProvider", () => emptyResponse],
    ["StopProvider", () => emptyResponse],
    ["GetFunctions", () => emptyResponse],
    [
      "UpgradeResourceState",
      (request) => {
        const { typeName, json } = readUpgradeRequest(request);
        const state = valueOfJson(json === "" ? "null" : json);
        return writeUpgradeResponse(dynamicValueOf(valueOfState(blockOf(resources, typeName), state)));
      },
    ],
    [
      "ReadResource",
      // There is nothing to have drifted.
      (request) => {
        const read = readReadRequest(request);
        return writeReadResponse(read.currentState, read.private);
      },
    ],
    [
      "PlanResourceChange",
      (request) => {
        const { typeName, priorState, proposedNewState, priorPrivate } = readPlanRequest(request);
        const proposed = valueIn(proposedNewState);
        if (proposed === null) {
          return writePlanResponse({
            plannedState: proposedNewState,
            requiresReplace: [],
            plannedPrivate: priorPrivate,
            legacyTypeSystem: false,
          });
        }
        const block = blockOf(resources, typeName);
        const prior = valueIn(priorState);
        const { value, defaulted } = planned(block, proposed, prior);
        const imported = importedMark.equals(priorPrivate);
        return writePlanResponse({
          plannedState: dynamicValueOf(value),
          plannedPrivate: imported ? Buffer.alloc(0) : priorPrivate,
          requiresReplace: imported ? [] : replacementPaths(block, prior, value),
          // Terraform takes a default for an argument that is not computed from providers of the older SDK only.
          legacyTypeSystem: defaulted,
        });
      },
    ],
    [
      "ApplyResourceChange",
      (request) => {
        const { typeName, priorState, plannedState, plannedPrivate } = readApplyRequest(request);
        const value = valueIn(plannedState);
        if (value === null) return writeApplyResponse(plannedState, Buffer.alloc(0));
        const block = blockOf(resources, typeName);
        const after =
          valueIn(priorState) === null
            ? created(typeName, block, value)
            : applied(block, value, seedOf(`${source} ${typeName}`, value));
        return writeApplyResponse(dynamicValueOf(after), plannedPrivate);
      },
    ],
    [
      "ImportResourceState",
      (request) => {
        const { typeName, id } = readImportRequest(request);
        const block = blockOf(resources, typeName);
        const value = mapBlock(block, emptyValue(block), (_, own, above, name) =>
          above.length === 0 && name === "id" ? id : own,
        );
        const state = applied(block, withUnknowns(block, value), seedOf(`${source} ${typeName} import`, value));
        return writeImportResponse(typeName, dynamicValueOf(state), importedMark);
      },
    ],
    [
      "MoveResourceState",
      (request) => {
        const { sourceTypeName, targetTypeName } = readMoveRequest(request);
        return problemsResponse("MoveResourceState", [
          errorDiagnostic(
            "Move between resource types",
            `Whether ${source} can turn a ${sourceTypeName} into a ${targetTypeName} cannot be told offline.`,
          ),
        ]);
      },
    ],
    [
      "ReadDataSource",
      (request) => {
        const { typeName, config } = readTypedConfigRequest(request);
        const block = blockOf(dataSources, typeName);
        const value = valueIn(config);
        // A pure function of the configuration: reading it twice must give the same.
        const state = isObject(value)
          ? applied(block, withUnknowns(block, value), seedOf(`${source} data ${typeName}`, value))
          : value;
        return writeReadDataResponse(dynamicValueOf(state));
      },
    ],
  ]);
}
