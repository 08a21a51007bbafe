import { decodeValue, encodeValue } from "./msgpack";
import { valueOfJson } from "./state-json";
import type { Value } from "./value";

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
