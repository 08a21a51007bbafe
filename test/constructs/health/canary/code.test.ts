import { describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { canaryArchive, canaryCode, handler } from "../../../../constructs/health/canary/code";

describe("the code of a canary", () => {
  const archive = canaryArchive("exports.handler = async () => 'ok';\n");

  test("is where Synthetics looks for the handler", () => {
    const [file = "", called] = handler.split(".");
    const files = unzipSync(Buffer.from(canaryCode().archive, "base64"));
    expect(Object.keys(files)).toEqual([`nodejs/node_modules/${file}.js`]);
    expect(strFromU8(Object.values(files)[0] ?? new Uint8Array())).toContain(`exports.${called} =`);
  });

  test("is the script, stored as it is, dated on no day that ever comes again", () => {
    const bytes = Buffer.from(archive);
    expect(bytes.includes("exports.handler = async () => 'ok';\n")).toBe(true);
    // Midday of 1980-01-01 in the format of MS-DOS: date 0x0021, time 0x6000, least byte first (PKWARE, APPNOTE.TXT, 4.4.6).
    expect(bytes.subarray(10, 14).toString("hex")).toBe("00602100");
  });

  test("may be read by everybody: Lambda runs it as a user of its own", () => {
    const bytes = Buffer.from(archive);
    const central = bytes.lastIndexOf("PK\u0001\u0002");
    // Made on Unix; mode in the upper half of the external attributes (APPNOTE.TXT, 4.4.2 and 4.4.15).
    expect(bytes[central + 5]).toBe(3);
    expect(bytes.readUInt16LE(central + 40)).toBe(0o100644);
  });

  test("is the same whatever a checkout makes of the ends of lines", () => {
    expect(canaryArchive("a\r\nb\r\n")).toEqual(canaryArchive("a\nb\n"));
  });

  test("has a hash that tells one script from another", () => {
    expect(canaryCode()).toEqual(canaryCode());
    expect(canaryCode().hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
