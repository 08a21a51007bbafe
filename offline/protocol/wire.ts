import { BufferReader, BufferWriter, type Reader, type Writer } from "protobufjs/minimal";

/*
 * Messages of Protocol Buffers, read and written field by field. A few dozen fields are all that terraform's protocol needs of us;
 * a codec made at run time from its definitions cost more than all that is done with what it reads. The definitions are in
 * `tfplugin6.proto`, and the tests hold what is read and written here against them. Source: Protocol Buffers, Encoding.
 */

/** How a field's value is laid out: `varint` for numbers and truth values, `bytes` for texts, bytes and messages. */
const wireType = { varint: 0, bytes: 2 } as const;

/** The fields of a message, by number. A field that is not there has its default; of one that is repeated, the last stands. */
export interface Fields {
  readonly text: (field: number) => string;
  readonly bytes: (field: number) => Buffer;
  /** Fields of a message within; undefined when it is not there. */
  readonly message: (field: number) => Fields | undefined;
}

const none = Buffer.alloc(0);

/**
 * Reads a message. Numbers are passed over: no request has one that we need.
 * @throws RangeError when it is cut or damaged.
 */
export function readFields(message: Buffer): Fields {
  const found: (Buffer | undefined)[] = [];
  const reader: Reader = new BufferReader(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === wireType.bytes) {
      const length = reader.uint32();
      const start = reader.pos;
      reader.skip(length);
      found[tag >>> 3] = message.subarray(start, reader.pos);
    } else reader.skipType(tag & 7);
  }
  return {
    text: (field) => found[field]?.toString("utf8") ?? "",
    bytes: (field) => found[field] ?? none,
    message: (field) => {
      const inner = found[field];
      return inner === undefined ? undefined : readFields(inner);
    },
  };
}

/** Writes one field of a message, or none when it has its default. */
export type Field = (writer: Writer) => void;

const tagOf = (field: number, type: number): number => (field << 3) | type;

export const textField =
  (field: number, value: string): Field =>
  (writer) => {
    if (value !== "") writer.uint32(tagOf(field, wireType.bytes)).string(value);
  };

export const bytesField =
  (field: number, value: Buffer): Field =>
  (writer) => {
    if (value.length > 0) writer.uint32(tagOf(field, wireType.bytes)).bytes(value);
  };

export const boolField =
  (field: number, value: boolean): Field =>
  (writer) => {
    if (value) writer.uint32(tagOf(field, wireType.varint)).bool(true);
  };

/** A number, also one of an enumeration. @param value Whole, and from 0 to 2^53. */
export const numberField =
  (field: number, value: number): Field =>
  (writer) => {
    if (value !== 0) writer.uint32(tagOf(field, wireType.varint)).uint64(value);
  };

/** A number of which the default is told too: of several fields that exclude each other, the one that is there counts. */
export const chosenNumberField =
  (field: number, value: number): Field =>
  (writer) =>
    void writer.uint32(tagOf(field, wireType.varint)).uint64(value);

/** A text of which the empty one is told too, as above. */
export const chosenTextField =
  (field: number, value: string): Field =>
  (writer) =>
    void writer.uint32(tagOf(field, wireType.bytes)).string(value);

/** A message within; it is there even when it is empty. */
export const messageField =
  (field: number, fields: readonly Field[]): Field =>
  (writer) => {
    writer.uint32(tagOf(field, wireType.bytes)).fork();
    for (const write of fields) write(writer);
    writer.ldelim();
  };

/** Writes a message. */
export function writeMessage(fields: readonly Field[]): Buffer {
  const writer = new BufferWriter();
  for (const write of fields) write(writer);
  return Buffer.from(writer.finish());
}
