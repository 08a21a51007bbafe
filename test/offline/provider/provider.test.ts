import { describe, expect, test } from "@jest/globals";
import { dynamicValueOf, valueIn } from "../../../offline/protocol/dynamic-value";
import { isObject, unknown, type Value } from "../../../offline/protocol/value";
import { offlineProvider } from "../../../offline/provider/provider";
import type { Block, ProviderSchema } from "../../../offline/schema/provider-schema";
import { answered, asked } from "../protocol/definitions";

const block: Block = {
  attributes: {
    id: { type: "string", computed: true },
    name: { type: "string", required: true, forceNew: true },
    size: { type: "number", optional: true, oneOf: [1, 2, 4] },
    unit: { type: "string", optional: true, default: "None" },
    tags: { type: ["set", "string"], optional: true },
    mode: { type: "string", optional: true, computed: true },
    secret: { type: "string", optional: true, writeOnly: true },
    target_arn: { type: "string", computed: true },
    details: { type: ["list", ["object", { url: "string", ok: "bool" }]], computed: true },
  },
  blocks: {
    rule: {
      nesting: "list",
      block: {
        attributes: {
          id: { type: "string", computed: true },
          kind: { type: "string", required: true, oneOf: ["a", "b"] },
          zone: { type: "string", optional: true, forceNew: true },
        },
        blocks: {},
      },
    },
    member: {
      nesting: "set",
      block: {
        attributes: {
          id: { type: "string", computed: true },
          user: { type: "string", optional: true, forceNew: true },
        },
        blocks: {},
      },
    },
  },
};

const schema: ProviderSchema = {
  configuration: { attributes: { token: { type: "string", optional: true, sensitive: true } }, blocks: {} },
  resources: { x_thing: { version: 1, block } },
  dataSources: {
    x_user: {
      version: 0,
      block: {
        attributes: { email: { type: "string", required: true }, id: { type: "string", computed: true } },
        blocks: {},
      },
    },
  },
};

const nothing = Buffer.alloc(0);

/** A provider of its own for each test, for it counts what it creates. */
function provider() {
  const procedures = offlineProvider("registry.terraform.io/x/x", schema);
  const call = (name: string, request: object): Record<string, unknown> => {
    const procedure = procedures.get(name);
    if (procedure === undefined) throw new Error(`no ${name}`);
    return answered(name, procedure(asked(name, request)));
  };
  const message = (value: Value) => dynamicValueOf(value);
  const decoded = (field: unknown): Value => {
    if (typeof field !== "object" || field === null || !("msgpack" in field) || !(field.msgpack instanceof Buffer)) {
      throw new Error("no value");
    }
    return valueIn({ msgpack: field.msgpack, json: nothing });
  };
  const plan = (proposed: Value, prior: Value = null, mark = nothing) => {
    const response = call("PlanResourceChange", {
      type_name: "x_thing",
      prior_state: message(prior),
      proposed_new_state: message(proposed),
      config: message(proposed),
      prior_private: mark,
    });
    return { ...response, value: decoded(response["planned_state"]) };
  };
  const apply = (planned: Value, prior: Value = null): Value => {
    const response = call("ApplyResourceChange", {
      type_name: "x_thing",
      prior_state: message(prior),
      planned_state: message(planned),
      config: message(planned),
      planned_private: nothing,
    });
    return decoded(response["new_state"]);
  };
  return { call, message, decoded, plan, apply, create: (proposed: Value) => apply(plan(proposed).value) };
}

const thing = { name: "one", rule: [{ kind: "a" }], member: [{ user: "u" }], tags: ["t"] } satisfies Value;

describe("a planned creation", () => {
  const { value } = provider().plan({ ...thing, secret: "s3cret" });

  test("does not know what is computed, at any depth", () => {
    expect(value).toMatchObject({
      id: unknown,
      mode: unknown,
      details: unknown,
      rule: [{ id: unknown }],
      member: [{ id: unknown }],
    });
  });

  test("knows what is configured, and defaults, and forgets what is only written", () => {
    expect(value).toMatchObject({
      name: "one",
      size: null,
      unit: "None",
      tags: ["t"],
      secret: null,
      rule: [{ kind: "a", zone: null }],
    });
  });

  test("is of the older kind where a default stands", () => {
    expect(provider().plan(thing)).toMatchObject({ legacy_type_system: true });
    expect(provider().plan({ ...thing, unit: "Bytes" })).toMatchObject({ legacy_type_system: false });
  });
});

describe("an applied creation", () => {
  test("knows everything, in the form that configurations rely on", () => {
    const applied = provider().create(thing);
    expect(applied).toMatchObject({
      id: expect.stringMatching(/^9\d{11}$/),
      target_arn: expect.stringMatching(/^arn:aws:offline:/),
      details: [{ url: expect.stringMatching(/^https:\/\/offline\.invalid\//), ok: false }],
      rule: [{ kind: "a", id: expect.stringMatching(/^9\d{11}$/) }],
    });
  });

  test("is the same in every run", () => {
    expect(provider().create(thing)).toEqual(provider().create(thing));
  });

  test("of two things alike has two ids", () => {
    const one = provider();
    const [a, b] = [one.create(thing), one.create(thing)];
    expect([isObject(a), isObject(b)]).toEqual([true, true]);
    if (isObject(a) && isObject(b)) expect(a["id"]).not.toBe(b["id"]);
  });
});

describe("a planned update", () => {
  const one = provider();
  const prior = one.create({ ...thing, rule: [{ kind: "a", zone: "z" }] });
  const changed = (change: Record<string, Value>): Value => (isObject(prior) ? { ...prior, ...change } : prior);

  test.each([
    ["nothing", {}, []],
    ["an argument", { size: 4 }, []],
    ["a set", { tags: ["t", "u"] }, []],
    ["the name", { name: "two" }, [[{ attribute_name: "name" }]]],
    ["the name, to what is not known", { name: unknown }, [[{ attribute_name: "name" }]]],
    [
      "an argument of a block",
      { rule: [{ kind: "a", zone: "y", id: "1" }] },
      [[{ attribute_name: "rule" }, { element_key_int: 0 }, { attribute_name: "zone" }]],
    ],
    [
      "the number of blocks",
      { rule: [] },
      [[{ attribute_name: "rule" }, { element_key_int: 0 }, { attribute_name: "zone" }]],
    ],
    ["an element of a set of blocks", { member: [{ user: "v", id: null }] }, [[{ attribute_name: "member" }]]],
  ] satisfies readonly (readonly [string, Record<string, Value>, readonly object[]])[])(
    "that changes %s",
    (_, change, paths) => {
      expect(one.plan(changed(change), prior)).toMatchObject({ requires_replace: paths.map((steps) => ({ steps })) });
    },
  );

  test("without a change is what was", () => {
    expect(one.plan(prior, prior).value).toEqual(prior);
  });

  test("keeps what is computed in a set that terraform could not correlate", () => {
    expect(one.plan(changed({ member: [{ user: "u", id: null }] }), prior).value).toEqual(prior);
  });

  test("of what was imported never replaces it", () => {
    const imported = one.call("ImportResourceState", { type_name: "x_thing", id: "abc" });
    const [resource] = Array.isArray(imported["imported_resources"]) ? imported["imported_resources"] : [];
    const state = one.decoded(resource.state);
    expect(state).toMatchObject({ id: "abc", name: null });
    expect(one.plan(thing, state, resource.private)).toMatchObject({ requires_replace: [], planned_private: nothing });
    expect(one.plan(thing, state)).toMatchObject({ requires_replace: [expect.anything(), expect.anything()] });
  });
});

describe("a planned end", () => {
  test("is no value", () => {
    const one = provider();
    expect(one.plan(null, one.create(thing)).value).toBeNull();
    expect(one.apply(null, one.create(thing))).toBeNull();
  });
});

describe("a configuration", () => {
  const diagnosticsOf = (config: Value): unknown => {
    const one = provider();
    return one.call("ValidateResourceConfig", { type_name: "x_thing", config: one.message(config) })["diagnostics"];
  };

  test.each([
    ["all well", thing],
    ["an unknown value", { ...thing, size: unknown, rule: [{ kind: unknown }] }],
    ["unknown blocks", { ...thing, rule: unknown }],
  ] satisfies readonly (readonly [string, Value])[])("with %s is accepted", (_, config) => {
    expect(diagnosticsOf(config)).toEqual([]);
  });

  test("is told everything that is wrong at once, each where it is", () => {
    const wrong = { ...thing, id: "mine", size: 3, rule: [{ kind: "a" }, { kind: "c" }], member: [{ id: "mine" }] };
    expect(diagnosticsOf(wrong)).toEqual([
      expect.objectContaining({
        summary: "Value for unconfigurable attribute",
        attribute: { steps: [{ attribute_name: "id" }] },
      }),
      expect.objectContaining({
        detail: expect.stringContaining('size is "3"; the provider\'s documentation allows 1, 2, 4'),
      }),
      expect.objectContaining({
        detail: expect.stringContaining('rule[1].kind is "c"'),
        attribute: { steps: [{ attribute_name: "rule" }, { element_key_int: 1 }, { attribute_name: "kind" }] },
      }),
      expect.objectContaining({
        detail: expect.stringContaining('"member[*].id"'),
        attribute: { steps: [{ attribute_name: "member" }] },
      }),
    ]);
  });
});

describe("a data source", () => {
  test("answers the same to the same question, and something else to another", () => {
    const one = provider();
    const read = (email: string): Value =>
      one.decoded(
        one.call("ReadDataSource", { type_name: "x_user", config: one.message({ email, id: null }) })["state"],
      );
    expect(read("a@b.c")).toEqual(read("a@b.c"));
    expect(read("a@b.c")).toMatchObject({ email: "a@b.c", id: expect.stringMatching(/^\d+$/) });
    expect(read("a@b.c")).not.toMatchObject({ id: (({ id }) => id)(Object(read("d@e.f"))) });
  });
});

describe("a stored state", () => {
  test("loses what the schema no longer has and gains what it has by now", () => {
    const one = provider();
    const text = '{"id":"1","name":"n","gone":true,"size":9007199254740993,"rule":[{"kind":"a"}]}';
    const response = one.call("UpgradeResourceState", { type_name: "x_thing", raw_state: { json: Buffer.from(text) } });
    expect(one.decoded(response["upgraded_state"])).toEqual({
      id: "1",
      name: "n",
      size: "9007199254740993",
      unit: null,
      tags: null,
      mode: null,
      secret: null,
      target_arn: null,
      details: null,
      rule: [{ id: null, kind: "a", zone: null }],
      member: [],
    });
  });
});

test("a type that is not served is a defect, and thrown", () => {
  const one = provider();
  expect(() => one.call("ValidateResourceConfig", { type_name: "x_other", config: one.message({}) })).toThrow(
    "no schema of x_other",
  );
});
