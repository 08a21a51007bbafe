import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  readApplyRequest,
  readConfigRequest,
  readImportRequest,
  readMoveRequest,
  readPlanRequest,
  readReadRequest,
  readTypedConfigRequest,
  readUpgradeRequest,
} from "../../../offline/protocol/requests";
import {
  writeApplyResponse,
  writeDiagnostics,
  writeImportResponse,
  writePlanResponse,
  writeReadResponse,
} from "../../../offline/protocol/responses";
import { writeSchemaResponse } from "../../../offline/protocol/schema-message";
import { readFields } from "../../../offline/protocol/wire";
import { answered, asked } from "./definitions";

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: "binary" });
const value = fc.option(fc.record({ msgpack: bytes, json: bytes }));

describe("a request, written by the definitions' own codec, reads as it was", () => {
  test("of a configuration", () => {
    fc.assert(
      fc.property(value, text, (config, type_name) => {
        expect(readConfigRequest(asked("ValidateProviderConfig", { config }))).toEqual({ config });
        const typed = { typeName: type_name, config };
        expect(readTypedConfigRequest(asked("ValidateResourceConfig", { type_name, config }))).toEqual(typed);
        expect(readTypedConfigRequest(asked("ValidateDataResourceConfig", { type_name, config }))).toEqual(typed);
        expect(readTypedConfigRequest(asked("ReadDataSource", { type_name, config }))).toEqual(typed);
      }),
    );
  });

  test("of a change", () => {
    fc.assert(
      fc.property(text, value, value, value, bytes, (type_name, prior_state, state, config, kept) => {
        const request = { type_name, prior_state, config };
        const read = { typeName: type_name, priorState: prior_state };
        expect(
          readPlanRequest(asked("PlanResourceChange", { ...request, proposed_new_state: state, prior_private: kept })),
        ).toEqual({ ...read, proposedNewState: state, priorPrivate: kept });
        expect(
          readApplyRequest(asked("ApplyResourceChange", { ...request, planned_state: state, planned_private: kept })),
        ).toEqual({ ...read, plannedState: state, plannedPrivate: kept });
      }),
    );
  });

  test("of a state", () => {
    fc.assert(
      fc.property(text, text, value, bytes, fc.nat(), (type_name, other, state, kept, version) => {
        const read = asked("ReadResource", { type_name, current_state: state, private: kept });
        expect(readReadRequest(read)).toEqual({ currentState: state, private: kept });
        const upgrade = asked("UpgradeResourceState", { type_name, version, raw_state: { json: Buffer.from(other) } });
        expect(readUpgradeRequest(upgrade)).toEqual({ typeName: type_name, json: other });
        expect(readImportRequest(asked("ImportResourceState", { type_name, id: other }))).toEqual({
          typeName: type_name,
          id: other,
        });
        const move = { source_type_name: type_name, source_schema_version: version, target_type_name: other };
        expect(readMoveRequest(asked("MoveResourceState", move))).toEqual({
          sourceTypeName: type_name,
          targetTypeName: other,
        });
      }),
    );
  });

  test("and a damaged one is an error, or fields that were not cut", () => {
    const whole = asked("ImportResourceState", { type_name: "x_thing", id: "abc" });
    expect(() => readFields(whole.subarray(0, -1))).toThrow(RangeError);
  });
});

describe("a response reads, by the definitions' own codec, as it was written", () => {
  test("of a plan", () => {
    fc.assert(
      fc.property(value, bytes, fc.boolean(), (plannedState, plannedPrivate, legacyTypeSystem) => {
        const requiresReplace = [
          ["rule", 0, { key: "" }, "zone"],
          ["set", { inSet: 1 }, "x"],
        ];
        const response = writePlanResponse({ plannedState, plannedPrivate, legacyTypeSystem, requiresReplace });
        expect(answered("PlanResourceChange", response)).toMatchObject({
          planned_state: plannedState,
          planned_private: plannedPrivate,
          legacy_type_system: legacyTypeSystem,
          requires_replace: [
            {
              steps: [
                { attribute_name: "rule" },
                { element_key_int: 0 },
                { element_key_string: "" },
                { attribute_name: "zone" },
              ],
            },
            { steps: [{ attribute_name: "set" }] },
          ],
          diagnostics: [],
        });
      }),
    );
  });

  test("of a state", () => {
    fc.assert(
      fc.property(value, bytes, (state, kept) => {
        expect(answered("ReadResource", writeReadResponse(state, kept))).toMatchObject({
          new_state: state,
          private: kept,
        });
        expect(answered("ApplyResourceChange", writeApplyResponse(state, kept))).toMatchObject({
          new_state: state,
          private: kept,
        });
        if (state === null) return;
        expect(answered("ImportResourceState", writeImportResponse("x_thing", state, kept))).toMatchObject({
          imported_resources: [{ type_name: "x_thing", state, private: kept }],
        });
      }),
    );
  });

  test.each([
    "GetProviderSchema",
    "ValidateProviderConfig",
    "ValidateResourceConfig",
    "ValidateDataResourceConfig",
    "UpgradeResourceState",
    "ConfigureProvider",
    "ReadResource",
    "PlanResourceChange",
    "ApplyResourceChange",
    "ImportResourceState",
    "MoveResourceState",
    "ReadDataSource",
    "GetFunctions",
  ])("of problems, from %s", (procedure) => {
    const problem = { severity: 1, summary: "größer", detail: "", attribute: ["a", 1] } as const;
    const response = writeDiagnostics(procedure, [problem, { ...problem, detail: "why" }]);
    expect(answered(procedure, response ?? Buffer.alloc(0))["diagnostics"]).toMatchObject([
      {
        severity: 1,
        summary: "größer",
        detail: "",
        attribute: { steps: [{ attribute_name: "a" }, { element_key_int: 1 }] },
      },
      { detail: "why" },
    ]);
  });

  test("of a schema, with all that it can say", () => {
    const response = writeSchemaResponse({
      configuration: { attributes: { token: { type: "string", optional: true, sensitive: true } }, blocks: {} },
      resources: {
        x_thing: {
          version: 3,
          block: {
            attributes: {
              id: { type: "string", computed: true },
              tags: { type: ["map", "string"], required: true, deprecated: true, writeOnly: true },
              nested: { nesting: "map", attributes: { a: { type: "bool", optional: true } }, optional: true },
            },
            blocks: {
              rule: { nesting: "set", minItems: 1, maxItems: 300, block: { attributes: {}, blocks: {} } },
            },
          },
        },
      },
      dataSources: { x_user: { version: 0, block: { attributes: {}, blocks: {} } } },
    });
    expect(answered("GetProviderSchema", response)).toMatchObject({
      provider: {
        version: 0,
        block: {
          attributes: [
            { name: "token", type: Buffer.from('"string"'), optional: true, sensitive: true, computed: false },
          ],
        },
      },
      resource_schemas: {
        x_thing: {
          version: 3,
          block: {
            attributes: [
              { name: "id", computed: true, required: false, nested_type: null },
              { type: Buffer.from('["map","string"]'), required: true, deprecated: true, write_only: true },
              { nested_type: { nesting: 4, attributes: [{ name: "a", type: Buffer.from('"bool"'), optional: true }] } },
            ],
            block_types: [{ type_name: "rule", nesting: 3, min_items: 1, max_items: 300, block: { attributes: [] } }],
          },
        },
      },
      data_source_schemas: { x_user: { version: 0, block: { attributes: [] } } },
      provider_meta: { block: { attributes: [], block_types: [] } },
      server_capabilities: { get_provider_schema_optional: true, plan_destroy: false },
    });
  });
});
