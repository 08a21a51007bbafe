import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { Unknown, unknown, type Value } from "./value";

/*
 * Values in MessagePack, as Terraform encodes them. Source: Terraform plugin protocol, object values: MessagePack
 * (extension 0 for unknown values, 12 for refined ones, strings for numbers that fit neither an integer nor a double).
 */

const plainUnknown = 0;
const refinedUnknown = 12;

const extensions = new ExtensionCodec();
for (const type of [plainUnknown, refinedUnknown]) {
  extensions.register({
    type,
    encode: (value) => (value instanceof Unknown && value.extension === type ? value.refinements : null),
    // The decoder's buffer is used again: the refinements need a copy.
    decode: (data) => (type === plainUnknown ? unknown : new Unknown(type, Uint8Array.from(data))),
  });
}

// An int64 must not pass through a double: ids and byte limits have more than 53 bits.
const encoder = new Encoder({ extensionCodec: extensions, useBigInt64: true, ignoreUndefined: true });
const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true });

/** The decoder makes nothing but the kinds of `Value`; of those it could make, only a missing value is none. */
const isValue = (decoded: unknown): decoded is Value => decoded !== undefined;

/** Encodes a value. */
export const encodeValue = (value: Value): Buffer => Buffer.from(encoder.encode(value));

/**
 * Decodes a value.
 * @throws when the bytes are no MessagePack, or hold an object with a property `__proto__`.
 */
export function decodeValue(bytes: Uint8Array): Value {
  const decoded = decoder.decode(bytes);
  if (!isValue(decoded)) throw new Error("no value in MessagePack bytes");
  return decoded;
}
