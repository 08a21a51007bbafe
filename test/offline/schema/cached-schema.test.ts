import { describe, expect, test } from "@jest/globals";
import { type CachedSchema, readCachedSchema, writeCachedSchema } from "../../../offline/schema/cached-schema";

const cached: CachedSchema = {
  schema: {
    configuration: { attributes: { url: { type: "string", optional: true } }, blocks: {} },
    resources: {
      a_b: {
        version: 1,
        block: {
          attributes: {
            plain: { type: ["map", ["list", ["object", { x: "number" }]]], required: true },
            nested: {
              nesting: "set",
              attributes: { inner: { type: ["tuple", ["string", "dynamic"]], computed: true, sensitive: true } },
              optional: true,
            },
          },
          blocks: { rule: { nesting: "list", minItems: 1, maxItems: 2, block: { attributes: {}, blocks: {} } } },
        },
      },
    },
    dataSources: {},
  },
  warnings: ["a_b: one"],
};

describe("a cached schema", () => {
  test("is read as it was written", () => {
    expect(readCachedSchema(writeCachedSchema(cached))).toEqual(cached);
  });

  test("cut anywhere is none", () => {
    const text = writeCachedSchema(cached);
    const cuts = Array.from({ length: text.length }, (_, length) => readCachedSchema(text.slice(0, length)));
    expect(new Set(cuts)).toEqual(new Set([undefined]));
  });

  test.each([
    ["another format", (text: string) => text.replace('"format":4', '"format":1')],
    ["an unknown type", (text: string) => text.replace('"dynamic"', '"any"')],
    ["an unknown trait", (text: string) => text.replace('"computed":true', '"computd":true')],
    ["a wrong nesting", (text: string) => text.replace('"nesting":"list"', '"nesting":"bag"')],
  ])("with %s is none", (_, damage) => {
    const text = writeCachedSchema(cached);
    expect(damage(text)).not.toBe(text);
    expect(readCachedSchema(damage(text))).toBeUndefined();
  });
});
