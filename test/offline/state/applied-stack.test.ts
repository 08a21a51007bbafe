import { describe, expect, test } from "@jest/globals";
import type { ProviderInUse } from "../../../offline/offline";
import { appliedStack } from "../../../offline/state/applied-stack";
import { readStack } from "../../../offline/state/stack";
import { stateFile } from "../../../offline/state/state-file";

const optional = { optional: true } as const;
const providers: readonly ProviderInUse[] = [
  {
    source: "registry.terraform.io/example/box",
    schema: {
      configuration: { attributes: {}, blocks: {} },
      resources: {
        box_item: {
          version: 2,
          block: {
            attributes: {
              id: { type: "string", computed: true },
              name: { type: "string", ...optional },
              size: { type: "number", ...optional },
              open: { type: "bool", ...optional },
              tags: { type: ["set", "string"], ...optional },
              secret: { type: "string", ...optional, sensitive: true },
              kind: { type: "string", ...optional, default: "plain" },
            },
            blocks: {
              lid: { nesting: "list", block: { attributes: { color: { type: "string", ...optional } }, blocks: {} } },
            },
          },
        },
      },
      dataSources: {
        box_shelf: {
          version: 0,
          block: {
            attributes: { id: { type: "string", computed: true }, row: { type: "number", ...optional } },
            blocks: {},
          },
        },
      },
    },
  },
];

function apply(stack: object, remote: Readonly<Record<string, string>> = {}) {
  const declared = readStack(JSON.stringify(stack));
  if (!declared.ok) return declared;
  return appliedStack(declared.value, { providers, remoteOutputs: (name) => (name === "other" ? remote : undefined) });
}

/** The state file of a stack, parsed. */
function stateOf(stack: object, remote?: Readonly<Record<string, string>>) {
  const applied = apply(stack, remote);
  if (!applied.ok) throw new Error(applied.error);
  const state: {
    outputs: Record<string, unknown>;
    resources: { name: string; instances: { attributes: Record<string, unknown>; [key: string]: unknown }[] }[];
  } = JSON.parse(stateFile(applied.value, { product: "Terraform", version: "1.11.4" }));
  return { ...state, instance: (name: string) => state.resources.find((one) => one.name === name)?.instances[0] };
}

describe("an applied stack", () => {
  test("has converted arguments, defaults, computed values, and nothing for what is absent", () => {
    const { instance } = stateOf({
      resource: {
        box_item: { a: { name: 5, size: "0.1", open: "true", tags: ["b", "a", "b"], lid: { color: "red" } } },
      },
    });
    expect(instance("a")).toEqual({
      schema_version: 2,
      attributes: {
        id: expect.stringMatching(/^9\d{11}$/),
        name: "5",
        size: 0.1,
        open: true,
        tags: ["a", "b"],
        secret: null,
        kind: "plain",
        lid: [{ color: "red" }],
      },
      sensitive_attributes: [[{ type: "get_attr", value: "secret" }]],
    });
  });

  test("follows references, whatever the order, and keeps what each resource needs", () => {
    const { instance, outputs, resources } = stateOf({
      resource: {
        box_item: {
          c: { name: "${box_item.b.name}!", depends_on: ["data.box_shelf.s"] },
          b: { name: "in ${box_item.a.id}" },
          a: { name: "a" },
        },
      },
      data: { box_shelf: { s: { row: 3 } } },
      output: { ids: { value: { a: "${box_item.a.id}" } }, hidden: { value: "x", sensitive: true } },
    });
    const id = instance("a")?.attributes["id"];
    expect(instance("b")?.attributes["name"]).toBe(`in ${id}`);
    expect(instance("c")?.attributes["name"]).toBe(`in ${id}!`);
    expect(instance("c")?.["dependencies"]).toEqual(["box_item.a", "box_item.b", "data.box_shelf.s"]);
    expect(outputs).toEqual({
      ids: { value: { a: id }, type: ["object", { a: "string" }] },
      hidden: { value: "x", type: "string", sensitive: true },
    });
    // Data sources are read anew by every plan.
    expect(resources.map(({ name }) => name).sort()).toEqual(["a", "b", "c"]);
  });

  test("gives equal resources ids of their own, and the same ones every time", () => {
    const twins = { resource: { box_item: { a: { name: "x" }, b: { name: "x" } } } };
    const ids = () => ["a", "b"].map((name) => stateOf(twins).instance(name)?.attributes["id"]);
    expect(new Set(ids()).size).toBe(2);
    expect(ids()).toEqual(ids());
  });

  test("remembers what is sensitive: said so, or taken from what is", () => {
    const { instance } = stateOf({
      resource: {
        box_item: {
          a: { secret: "s", lid: { color: "${sensitive(box_item.b.id)}" } },
          b: { name: "b" },
          c: { name: "${box_item.a.secret}" },
        },
      },
    });
    const paths = (name: string) => JSON.stringify(instance(name)?.["sensitive_attributes"]);
    expect(paths("a")).toBe(
      '[[{"type":"get_attr","value":"lid"},{"type":"index","value":{"value":0,"type":"number"}},{"type":"get_attr","value":"color"}],[{"type":"get_attr","value":"secret"}]]',
    );
    expect(paths("c")).toContain('[{"type":"get_attr","value":"name"}]');
  });

  test.each([
    ["Terraform", "registry.terraform.io"],
    ["OpenTofu", "registry.opentofu.org"],
  ] as const)("is written for %s with the providers of its own registry", (product, registry) => {
    const applied = apply({ resource: { box_item: { a: {} } } });
    const text = applied.ok ? stateFile(applied.value, { product, version: "1.12.1" }) : "";
    expect(JSON.parse(text)).toMatchObject({
      terraform_version: "1.12.1",
      resources: [{ provider: `provider["${registry}/example/box"]` }],
    });
  });

  test("reads the outputs of other stacks", () => {
    const stack = (output: string) => ({
      resource: { box_item: { a: { name: `\${data.terraform_remote_state.other.outputs.${output}}` } } },
      data: { terraform_remote_state: { other: { backend: "local", config: { path: "x" } } } },
    });
    expect(stateOf(stack("id"), { id: "17" }).instance("a")?.attributes["name"]).toBe("17");
    expect(apply(stack("gone"), { id: "17" })).toEqual({ ok: false, error: expect.stringContaining("outputs.gone") });
  });

  test.each([
    ["count", { resource: { box_item: { a: { count: 2 } } } }, /box_item\.a has "count"/],
    ["for_each", { resource: { box_item: { a: { for_each: {} } } } }, /"for_each"/],
    ["a module", { module: { m: { source: "./m" } } }, /"module"/],
    ["a variable", { variable: { v: {} } }, /"variable"/],
    ["a function", { resource: { box_item: { a: { name: '${upper("x")}' } } } }, /only Terraform evaluates/],
    ["a type that nobody has", { resource: { jar_item: { a: {} } } }, /no provider has jar_item/],
    ["an unknown argument", { resource: { box_item: { a: { nmae: "x" } } } }, /unknown argument "nmae"/],
    ["a wrong type", { resource: { box_item: { a: { size: "big" } } } }, /it must be a number: "big"/],
    [
      "a dangling reference",
      { resource: { box_item: { a: { name: "${box_item.b.id}" } } } },
      /there is no box_item\.b/,
    ],
    ["a circle", { resource: { box_item: { a: { name: "${box_item.a.id}" } } } }, /depends on itself/],
  ])("is left to Terraform with %s", (_, stack, error) => {
    expect(apply(stack)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });
});
