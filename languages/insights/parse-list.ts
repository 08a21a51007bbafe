import { atSymbol, type Cursor, expected, peek, skipItem, takeSymbol } from "./cursor";

/**
 * A comma-separated list of what `parse` reads; all items are read even when one is wrong. With `atEnd`, which says where the
 * list may end, a forgotten comma is reported too.
 */
export function parseList<T>(
  cursor: Cursor,
  parse: (cursor: Cursor) => T | undefined,
  atEnd?: (cursor: Cursor) => boolean,
): readonly T[] | undefined {
  const { depth } = peek(cursor);
  const items: T[] = [];
  let sound = true;
  do {
    const item = parse(cursor);
    const complete = atEnd === undefined || atSymbol(cursor, ",") || atEnd(cursor);
    if (item !== undefined && complete) {
      items.push(item);
      continue;
    }
    if (item !== undefined) {
      expected(cursor, '","');
    }
    sound = false;
    skipItem(cursor, depth, atEnd);
  } while (takeSymbol(cursor, ","));
  return sound ? items : undefined;
}
