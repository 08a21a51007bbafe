import { describe, expect, test } from "@jest/globals";
import { headerDecoder } from "../../../../offline/protocol/http2/hpack";
import { staticTable } from "../../../../offline/protocol/http2/static-table";

const block = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("compressed headers", () => {
  test("read as RFC 7541, appendix C.4, has it: three requests of one connection, Huffman coded", () => {
    const decode = headerDecoder();
    const first = [
      [":method", "GET"],
      [":scheme", "http"],
      [":path", "/"],
      [":authority", "www.example.com"],
    ];
    expect(decode(block("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))).toEqual(first);
    expect(decode(block("8286 84be 5886 a8eb 1064 9cbf"))).toEqual([...first, ["cache-control", "no-cache"]]);
    expect(decode(block("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))).toEqual([
      [":method", "GET"],
      [":scheme", "https"],
      [":path", "/index.html"],
      [":authority", "www.example.com"],
      ["custom-key", "custom-value"],
    ]);
  });

  test("read as RFC 7541, appendix C.2, has it: literals that are kept, not kept, and never kept", () => {
    const decode = headerDecoder();
    expect(decode(block("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"))).toEqual([
      ["custom-key", "custom-header"],
    ]);
    expect(decode(block("040c 2f73 616d 706c 652f 7061 7468"))).toEqual([[":path", "/sample/path"]]);
    expect(decode(block("1008 7061 7373 776f 7264 0673 6563 7265 74"))).toEqual([["password", "secret"]]);
    // Only the first is in the table.
    expect(decode(block("be"))).toEqual([["custom-key", "custom-header"]]);
    expect(() => decode(block("bf"))).toThrow("no header has the number 63");
  });

  test("forget the oldest when the table gets smaller, and everything when it has no room", () => {
    const decode = headerDecoder();
    const kept = (text: string): string => `4001${Buffer.from(text).toString("hex")}0131`;
    expect(decode(block(`${kept("a")}${kept("b")}bebf`)).slice(2)).toEqual([
      ["b", "1"],
      ["a", "1"],
    ]);
    // 34 bytes are one entry, 0 none.
    expect(decode(block("3f03 be"))).toEqual([["b", "1"]]);
    expect(() => decode(block("bf"))).toThrow(RangeError);
    expect(decode(block(`20${kept("c")}`))).toEqual([["c", "1"]]);
    expect(() => decode(block("be"))).toThrow(RangeError);
  });

  test("know what every connection knows", () => {
    expect(staticTable).toHaveLength(61);
    const decode = headerDecoder();
    expect(staticTable.map((_, index) => decode(Buffer.from([0x80 | (index + 1)]))[0])).toEqual(staticTable);
  });

  test.each([
    ["a header with the number 0", "80", "no header has the number 0"],
    ["a name that is cut", "400a 6375", "cut short"],
    ["a value that is missing", "04", "cut short"],
    ["a number without end", "ff ff ff ff ff ff ff 01", "without end"],
    ["a table that is too large", "3f e2 1f", "header table"],
    ["an end of the string within a string", "0084 ffff ffff 00", "end of the string"],
    ["a string that ends within a character", "0081 fe 00", "within a character"],
    ["padding of a whole byte", "0082 07ff 00", "within a character"],
  ])("are refused with %s", (_, hex, message) => {
    expect(() => headerDecoder()(block(hex))).toThrow(message);
  });
});
