import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { factsOf } from "../../../offline/overlay/facts-of";
import { withFacts } from "../../../offline/overlay/with-facts";
import { estateBindings } from "../../../offline/schema/bindings";
import { emptyBlock, type ProviderSchema } from "../../../offline/schema/provider-schema";
import { loadSchema, localName } from "../../../offline/schema/provider-schemas";

const providers = estateBindings(resolve(__dirname, "../../..")).map((bindings) => ({
  provider: localName(bindings.source),
  bindings,
  facts: factsOf(bindings.source),
}));

describe.each(providers)("the facts about $provider", ({ bindings, facts }) => {
  const types = {
    resources: new Set(Object.keys(facts.resources)),
    dataSources: new Set(Object.keys(facts.dataSources ?? {})),
  };
  // Nowhere to write to: nothing is cached between runs of this test.
  const { schema } = loadSchema(bindings, types, "/dev/null/none");

  test("are about types and arguments that it has", () => {
    expect(types.resources.size).toBeGreaterThan(1);
    expect(new Set(Object.keys(schema.resources))).toEqual(types.resources);
    expect(withFacts(schema, facts).warnings).toEqual([]);
  });

  test("name their sources", () => {
    for (const { source } of [...Object.values(facts.resources), ...Object.values(facts.dataSources ?? {})]) {
      expect(source).toMatch(/^[\w-]+\/[\w-]+, .+: (Argument Reference|Schema)/);
    }
  });

  test("have defaults that are among the values accepted", () => {
    for (const { facts: ofType } of Object.values(facts.resources)) {
      for (const { default: value, oneOf } of Object.values(ofType)) {
        if (value !== undefined && oneOf !== undefined) expect(oneOf.map(String)).toContain(String(value));
      }
    }
  });
});

const schema: ProviderSchema = {
  configuration: emptyBlock,
  resources: {
    a_b: {
      version: 0,
      block: {
        attributes: {
          name: { type: "string", required: true },
          nested: { nesting: "list", attributes: { secret: { type: "string", optional: true } }, optional: true },
        },
        blocks: { rule: { nesting: "list", block: { attributes: { kind: { type: "string" } }, blocks: {} } } },
      },
    },
  },
  dataSources: {},
};

describe("facts laid over a schema", () => {
  const facts = {
    name: { forceNew: true },
    "nested.secret": { sensitive: true },
    rule: { maxItems: 2 },
    "rule.kind": { oneOf: ["a"] },
  } as const;
  const { schema: complete, warnings } = withFacts(schema, { resources: { a_b: { source: "s", version: 3, facts } } });

  test("reach attributes, nested ones and those of blocks", () => {
    expect(warnings).toEqual([]);
    expect(complete.resources["a_b"]).toEqual({
      version: 3,
      block: {
        attributes: {
          name: { type: "string", required: true, forceNew: true },
          nested: {
            nesting: "list",
            attributes: { secret: { type: "string", optional: true, sensitive: true } },
            optional: true,
          },
        },
        blocks: {
          rule: {
            nesting: "list",
            maxItems: 2,
            block: { attributes: { kind: { type: "string", oneOf: ["a"] } }, blocks: {} },
          },
        },
      },
    });
  });

  test.each(["nme", "name.x", "rule.kin", "nested.x.y"])("%s, which the schema does not have, is a warning", (path) => {
    const result = withFacts(schema, { resources: { a_b: { source: "s", facts: { [path]: { sensitive: true } } } } });
    expect(result.warnings).toEqual([expect.stringContaining(`a_b has no ${path} any more`)]);
    expect(result.schema.resources["a_b"]?.block).toEqual(schema.resources["a_b"]?.block);
  });
});
