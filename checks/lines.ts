import type { PlacedText } from "../languages/rule-file/rule-file";

/** The line of an offset, from 1. */
export type LineFinder = (offset: number) => number;

/** Finds the lines of a source's offsets. */
export function lineFinder(source: string): LineFinder {
  const starts: number[] = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** The line of an offset within a text: of the text's first line, where its own lines are not those of the source. */
export function lineOf({ text, start, literal }: PlacedText, offset: number, find: LineFinder): number {
  const first = find(start);
  return literal ? first + (text.slice(0, offset).match(/\n/g)?.length ?? 0) : first;
}
