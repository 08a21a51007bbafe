import { type DiagnosticMessage, diagnosticFields, type Path, pathFields } from "./diagnostic";
import { type DynamicValue, dynamicValueField } from "./dynamic-value";
import { boolField, bytesField, type Field, messageField, numberField, textField, writeMessage } from "./wire";

/*
 * Responses, as far as they are needed. Numbers of fields: `tfplugin6.proto`; of the health check: gRPC, health checking protocol.
 */

/** A response without anything in it. */
export const emptyResponse = Buffer.alloc(0);

const diagnosticsFields = (field: number, diagnostics: readonly DiagnosticMessage[]): readonly Field[] =>
  diagnostics.map((diagnostic) => messageField(field, diagnosticFields(diagnostic)));

/** Procedures that answer with diagnostics, and the number of the field that they have them in. */
const diagnosticsField: ReadonlyMap<string, number> = new Map([
  ["GetProviderSchema", 4],
  ["ValidateProviderConfig", 2],
  ["ValidateResourceConfig", 1],
  ["ValidateDataResourceConfig", 1],
  ["UpgradeResourceState", 2],
  ["ConfigureProvider", 1],
  ["ReadResource", 2],
  ["PlanResourceChange", 4],
  ["ApplyResourceChange", 3],
  ["ImportResourceState", 2],
  ["MoveResourceState", 2],
  ["ReadDataSource", 2],
  ["GetFunctions", 2],
]);

/** The response of a procedure that has nothing but problems to tell; undefined for a procedure that cannot tell any. */
export function writeDiagnostics(procedure: string, diagnostics: readonly DiagnosticMessage[]): Buffer | undefined {
  const field = diagnosticsField.get(procedure);
  return field === undefined ? undefined : writeMessage(diagnosticsFields(field, diagnostics));
}

export const writeUpgradeResponse = (state: DynamicValue): Buffer => writeMessage([dynamicValueField(1, state)]);

export const writeReadResponse = (state: DynamicValue | null, kept: Buffer): Buffer =>
  writeMessage([dynamicValueField(1, state), bytesField(3, kept)]);

export interface PlanResponse {
  readonly plannedState: DynamicValue | null;
  readonly requiresReplace: readonly Path[];
  readonly plannedPrivate: Buffer;
  /** Terraform then takes what only providers of the older SDK may plan. */
  readonly legacyTypeSystem: boolean;
}

export const writePlanResponse = (response: PlanResponse): Buffer =>
  writeMessage([
    dynamicValueField(1, response.plannedState),
    ...response.requiresReplace.map((path) => messageField(2, pathFields(path))),
    bytesField(3, response.plannedPrivate),
    boolField(5, response.legacyTypeSystem),
  ]);

export const writeApplyResponse = (state: DynamicValue | null, kept: Buffer): Buffer =>
  writeMessage([dynamicValueField(1, state), bytesField(2, kept)]);

export const writeImportResponse = (typeName: string, state: DynamicValue, kept: Buffer): Buffer =>
  writeMessage([messageField(1, [textField(1, typeName), dynamicValueField(2, state), bytesField(3, kept)])]);

export const writeReadDataResponse = (state: DynamicValue): Buffer => writeMessage([dynamicValueField(1, state)]);

/** `SERVING` of the health protocol. */
const serving = 1;

export const servingResponse = writeMessage([numberField(1, serving)]);
