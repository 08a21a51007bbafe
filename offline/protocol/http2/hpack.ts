import { decodeHuffman } from "./huffman";
import { type Header, staticTable } from "./static-table";

/*
 * Reading of compressed headers. Source: RFC 7541 (HPACK), 2.3 "Indexing Tables", 4 "Dynamic Table Management", 6 "Binary Format".
 */

/** Reads the header blocks of a connection, in the order in which they came, for each may refer to those before. */
export type HeaderDecoder = (block: Uint8Array) => readonly Header[];

/** Size of the dynamic table that a client may use unless told otherwise (RFC 9113, 6.5.2, `SETTINGS_HEADER_TABLE_SIZE`). */
const largestTable = 4096;

/** What each entry counts for beside its bytes. */
const entryOverhead = 32;

/** More than four bytes behind the first are no number that a connection needs. */
const longestNumber = 28;

const sizeOf = ([name, value]: Header): number => name.length + value.length + entryOverhead;

/** Entries that a connection has added, the newest first. */
interface DynamicTable {
  readonly at: (index: number) => Header | undefined;
  readonly add: (header: Header) => void;
  readonly resize: (bytes: number) => void;
}

function dynamicTable(): DynamicTable {
  const entries: Header[] = [];
  let size = 0;
  let capacity = largestTable;
  const evict = (): void => {
    while (size > capacity) {
      const oldest = entries.pop();
      if (oldest !== undefined) size -= sizeOf(oldest);
    }
  };
  return {
    at: (index) => entries[index],
    add: (header) => {
      entries.unshift(header);
      size += sizeOf(header);
      evict();
    },
    resize: (bytes) => {
      if (bytes > largestTable) throw new RangeError(`a header table of ${bytes} bytes`);
      capacity = bytes;
      evict();
    },
  };
}

/** Reads numbers and strings one after the other. */
interface Cursor {
  readonly ended: () => boolean;
  /** The next byte, not taken. */
  readonly peek: () => number;
  /** A number that begins in the last `bits` of the next byte. */
  readonly number: (bits: number) => number;
  readonly string: () => string;
}

function cursorOn(block: Uint8Array): Cursor {
  let at = 0;
  const take = (): number => {
    const byte = block[at];
    if (byte === undefined) throw new RangeError("headers cut short");
    at += 1;
    return byte;
  };
  const number = (bits: number): number => {
    const full = 2 ** bits - 1;
    let value = take() & full;
    if (value < full) return value;
    for (let shift = 0; ; shift += 7) {
      const byte = take();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      if (shift >= longestNumber) throw new RangeError("a number without end");
    }
  };
  const string = (): string => {
    const coded = ((block[at] ?? 0) & 0x80) !== 0;
    const length = number(7);
    const bytes = block.subarray(at, at + length);
    if (bytes.length < length) throw new RangeError("headers cut short");
    at += length;
    return coded ? decodeHuffman(bytes) : String.fromCharCode(...bytes);
  };
  return { ended: () => at >= block.length, peek: () => block[at] ?? 0, number, string };
}

/**
 * A decoder for the headers of one connection.
 *
 * It throws RangeError for a block that is damaged; nothing can be read of the connection then.
 */
export function headerDecoder(): HeaderDecoder {
  const dynamic = dynamicTable();
  const entry = (index: number): Header => {
    const header = index <= staticTable.length ? staticTable[index - 1] : dynamic.at(index - staticTable.length - 1);
    if (header === undefined) throw new RangeError(`no header has the number ${index}`);
    return header;
  };
  const literal = (cursor: Cursor, bits: number): Header => {
    const index = cursor.number(bits);
    const name = index === 0 ? cursor.string() : entry(index)[0];
    return [name, cursor.string()];
  };
  return (block) => {
    const cursor = cursorOn(block);
    const headers: Header[] = [];
    while (!cursor.ended()) {
      const first = cursor.peek();
      if (first >= 0x80) headers.push(entry(cursor.number(7)));
      else if (first >= 0x40) {
        const header = literal(cursor, 6);
        dynamic.add(header);
        headers.push(header);
      } else if (first >= 0x20) dynamic.resize(cursor.number(5));
      // Whether a header must never be indexed concerns those that pass it on.
      else headers.push(literal(cursor, 4));
    }
    return headers;
  };
}
