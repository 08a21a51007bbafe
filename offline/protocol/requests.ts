import { readDynamicValue } from "./dynamic-value";
import { readFields } from "./wire";

/*
 * Requests, as far as they are needed. Numbers of fields: `tfplugin6.proto`.
 */

export const readConfigRequest = (message: Buffer) => ({ config: readDynamicValue(readFields(message), 1) });

export function readTypedConfigRequest(message: Buffer) {
  const fields = readFields(message);
  return { typeName: fields.text(1), config: readDynamicValue(fields, 2) };
}

export function readUpgradeRequest(message: Buffer) {
  const fields = readFields(message);
  // Only a state of Terraform 0.11 and older is not in JSON.
  return { typeName: fields.text(1), json: fields.message(3)?.text(1) ?? "" };
}

export function readReadRequest(message: Buffer) {
  const fields = readFields(message);
  return { currentState: readDynamicValue(fields, 2), private: fields.bytes(3) };
}

export function readPlanRequest(message: Buffer) {
  const fields = readFields(message);
  return {
    typeName: fields.text(1),
    priorState: readDynamicValue(fields, 2),
    proposedNewState: readDynamicValue(fields, 3),
    priorPrivate: fields.bytes(5),
  };
}

export function readApplyRequest(message: Buffer) {
  const fields = readFields(message);
  return {
    typeName: fields.text(1),
    priorState: readDynamicValue(fields, 2),
    plannedState: readDynamicValue(fields, 3),
    plannedPrivate: fields.bytes(5),
  };
}

export function readImportRequest(message: Buffer) {
  const fields = readFields(message);
  return { typeName: fields.text(1), id: fields.text(2) };
}

export function readMoveRequest(message: Buffer) {
  const fields = readFields(message);
  return { sourceTypeName: fields.text(2), targetTypeName: fields.text(5) };
}
