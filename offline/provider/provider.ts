import type { z } from "zod";
import { attributePath, type DiagnosticMessage, errorDiagnostic } from "../protocol/diagnostic";
import { dynamicValueOf, valueIn } from "../protocol/dynamic-value";
import {
  applyRequest,
  configRequest,
  importRequest,
  moveRequest,
  nothingRequest,
  planRequest,
  readRequest,
  typedConfigRequest,
  upgradeRequest,
} from "../protocol/requests";
import { schemaMessage } from "../protocol/schema-message";
import { valueOfJson } from "../protocol/state-json";
import { isObject, type Value } from "../protocol/value";
import { type Block, emptyBlock, type ProviderSchema, type Schema } from "../schema/provider-schema";
import { applied, seedOf } from "./apply";
import { emptyValue, mapBlock, valueOfState } from "./map-block";
import { planned, withUnknowns } from "./plan";
import { replacementPaths } from "./replacements";
import { problems } from "./validate";

/** Answers one kind of request; `request` is what the wire held. */
export type Procedure = (request: unknown) => object;

/** A procedure's answer to a request that its schema accepts. */
const procedure =
  <T>(schema: z.ZodType<T>, answer: (request: T) => object): Procedure =>
  (request) =>
    answer(schema.parse(request));

const nothing = {};

/**
 * Kept beside an imported resource until its first apply: what it really is nobody knows here, so that no difference from it may
 * count as one that replaces it.
 */
const importedMark = Buffer.from("imported");

const bySchema = (schemas: { readonly [type: string]: Schema }) =>
  Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, schemaMessage(schema)]));

function blockOf(schemas: { readonly [type: string]: Schema }, type: string): Block {
  const schema = schemas[type];
  if (schema === undefined) throw new Error(`no schema of ${type} is served`);
  return schema.block;
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
  // One message, for it is encoded once.
  const schemaResponse = {
    provider: schemaMessage({ version: 0, block: schema.configuration }),
    resource_schemas: bySchema(resources),
    data_source_schemas: bySchema(dataSources),
    provider_meta: schemaMessage({ version: 0, block: emptyBlock }),
    server_capabilities: { get_provider_schema_optional: true },
  };

  const created = (type: string, block: Block, value: Value): Value => {
    const seed = seedOf(`${source} ${type}`, value);
    return applied(block, value, `${seed} ${occurrence(seed)}`);
  };

  return new Map<string, Procedure>([
    ["GetProviderSchema", procedure(nothingRequest, () => schemaResponse)],
    [
      "ValidateProviderConfig",
      procedure(configRequest, ({ config }) => ({ diagnostics: problems(schema.configuration, valueIn(config)) })),
    ],
    [
      "ValidateResourceConfig",
      procedure(typedConfigRequest, ({ type_name, config }) => ({
        diagnostics: problems(blockOf(resources, type_name), valueIn(config)),
      })),
    ],
    [
      "ValidateDataResourceConfig",
      procedure(typedConfigRequest, ({ type_name, config }) => ({
        diagnostics: problems(blockOf(dataSources, type_name), valueIn(config)),
      })),
    ],
    ["ConfigureProvider", procedure(configRequest, () => nothing)],
    ["StopProvider", procedure(nothingRequest, () => nothing)],
    ["GetFunctions", procedure(nothingRequest, () => nothing)],
    [
      "UpgradeResourceState",
      procedure(upgradeRequest, ({ type_name, raw_state }) => {
        const state = valueOfJson(raw_state?.json.toString("utf8") ?? "null");
        return { upgraded_state: dynamicValueOf(valueOfState(blockOf(resources, type_name), state)) };
      }),
    ],
    [
      "ReadResource",
      // There is nothing to have drifted.
      procedure(readRequest, (request) => ({ new_state: request.current_state, private: request.private })),
    ],
    [
      "PlanResourceChange",
      procedure(planRequest, ({ type_name, prior_state, proposed_new_state, prior_private }) => {
        const proposed = valueIn(proposed_new_state);
        if (proposed === null) return { planned_state: proposed_new_state, planned_private: prior_private };
        const block = blockOf(resources, type_name);
        const prior = valueIn(prior_state);
        const { value, defaulted } = planned(block, proposed, prior);
        const imported = importedMark.equals(prior_private);
        return {
          planned_state: dynamicValueOf(value),
          planned_private: imported ? Buffer.alloc(0) : prior_private,
          requires_replace: imported ? [] : replacementPaths(block, prior, value).map(attributePath),
          // Terraform takes a default for an argument that is not computed from providers of the older SDK only.
          legacy_type_system: defaulted,
        };
      }),
    ],
    [
      "ApplyResourceChange",
      procedure(applyRequest, ({ type_name, prior_state, planned_state, planned_private }) => {
        const value = valueIn(planned_state);
        if (value === null) return { new_state: planned_state };
        const block = blockOf(resources, type_name);
        const after =
          valueIn(prior_state) === null
            ? created(type_name, block, value)
            : applied(block, value, seedOf(`${source} ${type_name}`, value));
        return { new_state: dynamicValueOf(after), private: planned_private };
      }),
    ],
    [
      "ImportResourceState",
      procedure(importRequest, ({ type_name, id }) => {
        const block = blockOf(resources, type_name);
        const value = mapBlock(block, emptyValue(block), (_, own, path) =>
          path.length === 1 && path[0] === "id" ? id : own,
        );
        const state = applied(block, withUnknowns(block, value), seedOf(`${source} ${type_name} import`, value));
        return { imported_resources: [{ type_name, state: dynamicValueOf(state), private: importedMark }] };
      }),
    ],
    [
      "MoveResourceState",
      procedure(moveRequest, ({ source_type_name, target_type_name }) => ({
        diagnostics: [
          errorDiagnostic(
            "Move between resource types",
            `Whether ${source} can turn a ${source_type_name} into a ${target_type_name} cannot be told offline.`,
          ),
        ] satisfies readonly DiagnosticMessage[],
      })),
    ],
    [
      "ReadDataSource",
      procedure(typedConfigRequest, ({ type_name, config }) => {
        const block = blockOf(dataSources, type_name);
        const value = valueIn(config);
        // A pure function of the configuration: reading it twice must give the same.
        const state = isObject(value)
          ? applied(block, withUnknowns(block, value), seedOf(`${source} data ${type_name}`, value))
          : value;
        return { state: dynamicValueOf(state) };
      }),
    ],
  ]);
}
