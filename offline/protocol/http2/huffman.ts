/*
 * Huffman code of HTTP/2's headers. Source: RFC 7541 (HPACK), 5.2 "String Literal Representation", Appendix B "Huffman Code".
 */

/** Bits of each byte's code, and last of the end of the string. The code is canonical: codes of one length are in their bytes' order. */
// biome-ignore format: a table
const codeLengths: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];

const endOfString = 256;

/** A longer rest than this, or one with a zero in it, is no padding. */
const longestPadding = 7;

/**
 * The code as a tree: two entries a node, one for each bit. A positive entry is the next node, a negative one is what the code stands for,
 * less one; none is zero, for nothing leads back to the root.
 */
function treeOf(lengths: readonly number[]): readonly number[] {
  const tree: number[] = [0, 0];
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  let code = 0;
  let before = symbols[0]?.length ?? 0;
  for (const { length, symbol } of symbols) {
    code *= 2 ** (length - before);
    before = length;
    let node = 0;
    for (let bit = length - 1; bit >= 0; bit--) {
      const at = node + ((code >>> bit) & 1);
      if (bit === 0) tree[at] = -symbol - 1;
      else {
        const next = tree[at] || tree.length;
        if (next === tree.length) tree.push(0, 0);
        tree[at] = next;
        node = next;
      }
    }
    code += 1;
  }
  return tree;
}

let tree: readonly number[] | undefined;

/**
 * Decodes a string, one character a byte.
 * @throws RangeError when it ends within a code, or holds the end of the string.
 */
export function decodeHuffman(bytes: Uint8Array): string {
  tree ??= treeOf(codeLengths);
  const symbols: number[] = [];
  let node = 0;
  let padding = 0;
  let ones = true;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const one = (byte >>> bit) & 1;
      const next = tree[node + one] ?? 0;
      if (next > 0) {
        node = next;
        padding += 1;
        ones &&= one === 1;
        continue;
      }
      const symbol = -next - 1;
      if (symbol === endOfString) throw new RangeError("an end of the string within a string");
      symbols.push(symbol);
      node = 0;
      padding = 0;
      ones = true;
    }
  }
  if (padding > longestPadding || !ones) throw new RangeError("a string that ends within a character");
  return String.fromCharCode(...symbols);
}
