import { decodeValue, encodeValue } from "./msgpack";
import { valueOfJson } from "./state-json";
import type { Value } from "./value";
import { bytesField, type Field, type Fields, messageField } from "./wire";

/** A value on the wire, in one of two encodings; an encoding not used is empty. */
export interface DynamicValue {
  readonly msgpack: Buffer;
  readonly json: Buffer;
}

const none = Buffer.alloc(0);

export const dynamicValueOf = (value: Value): DynamicValue => ({ msgpack: encodeValue(value), json: none });

/**
 * The value in a message; null when there is none.
 * @throws when it is damaged.
 */
export function valueIn(message: DynamicValue | null): Value {
  if (message === null) return null;
  if (message.msgpack.length > 0) return decodeValue(message.msgpack);
  return message.json.length > 0 ? valueOfJson(message.json.toString("utf8")) : null;
}

/** Reads a value out of a field of a message. */
export function readDynamicValue(fields: Fields, field: number): DynamicValue | null {
  const message = fields.message(field);
  return message === undefined ? null : { msgpack: message.bytes(1), json: message.bytes(2) };
}

/** Writes a value, when there is one, into a field of a message. */
export const dynamicValueField = (field: number, value: DynamicValue | null): Field =>
  value === null ? () => {} : messageField(field, [bytesField(1, value.msgpack), bytesField(2, value.json)]);
