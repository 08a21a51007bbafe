import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { grafana, type ProviderInUse } from "../../../tools/bindings/resources-in-use";
import { select } from "../../../tools/bindings/select";

const FIXTURE = readFileSync(join(__dirname, "../../fixtures/bindings/schema.json"), "utf8");
const ADDRESS = "registry.terraform.io/grafana/grafana";

const using = (...resources: readonly string[]): ProviderInUse => ({ ...grafana, resources });
const resource = (attributes: object) => ({ version: 0, block: { attributes } });
const TITLE = { title: { type: "string", required: true } };

/** A schema file that holds Grafana alone, with these resource types. */
const file = (resources: object, address = ADDRESS): string =>
  JSON.stringify({
    provider_schemas: { [address]: { provider: resource({}), resource_schemas: resources } },
  });

const errorsOf = (text: string, provider: ProviderInUse, version?: string): readonly string[] => {
  const outcome = select(text, provider, version);
  return outcome.ok ? [] : outcome.errors;
};

describe("pruning a schema file", () => {
  test("keeps the provider and the resource types in use, and nothing else", () => {
    const outcome = select(FIXTURE, grafana);
    expect(outcome).toMatchObject({ ok: true, value: { version: "4.12.3", assumed: false } });
    const schemas = outcome.ok ? outcome.value.schema.provider_schemas : undefined;
    expect(Object.keys(schemas ?? {})).toEqual([ADDRESS]);
    expect(Object.keys(schemas?.[ADDRESS]?.resource_schemas ?? {})).toEqual([...grafana.resources]);
    expect(schemas?.[ADDRESS]?.data_source_schemas).toEqual({});
  });

  test("a type keeps its kind and element; what stands behind them is dropped", () => {
    const outcome = select(FIXTURE, using("grafana_contact_point"));
    expect(outcome).toMatchObject({ ok: true });
    const provider = outcome.ok ? outcome.value.schema.provider_schemas?.[ADDRESS] : undefined;
    const block = provider?.resource_schemas["grafana_contact_point"]?.block;
    expect(block?.attributes["labels"]?.type).toEqual(["object", { team: "string", tier: "number" }]);
    expect(block?.block_types["email"]?.block.attributes["addresses"]?.type).toEqual(["list", "string"]);
  });

  test("the file's registry does not matter: OpenTofu's selects the same", () => {
    const resources = { grafana_folder: resource(TITLE) };
    const terraform = select(file(resources), using("grafana_folder"));
    expect(terraform.ok).toBe(true);
    expect(select(file(resources, "registry.opentofu.org/grafana/grafana"), using("grafana_folder"))).toEqual(
      terraform,
    );
  });

  test("what is not in use changes nothing, not even when malformed", () => {
    const wanted = { grafana_folder: resource(TITLE) };
    const alone = select(file(wanted), using("grafana_folder"));
    expect(alone.ok).toBe(true);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (others) => {
        expect(select(file({ ...others, ...wanted }), using("grafana_folder"))).toEqual(alone);
      }),
    );
  });

  test("no text makes it throw, and every error is one line", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        const errors = errorsOf(text, grafana);
        expect(errors.length).toBeGreaterThan(0);
        for (const error of errors) expect(error).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe("the version", () => {
  const folder = file({ grafana_folder: resource(TITLE) });

  test.each([
    ["the caller's comes before the file's", FIXTURE, "4.13.0", { version: "4.13.0", assumed: false }],
    ["a release candidate is one, too", folder, "5.0.0-rc.1", { version: "5.0.0-rc.1", assumed: false }],
    ["the file's is taken", FIXTURE, undefined, { version: "4.12.3", assumed: false }],
    ["without either it is assumed", folder, undefined, { version: grafana.assumedVersion, assumed: true }],
  ])("%s", (_what, text, version, expected) => {
    expect(select(text, using("grafana_folder"), version)).toMatchObject({ ok: true, value: expected });
  });
});

describe("errors", () => {
  const random = JSON.stringify({ provider_schemas: { "registry.terraform.io/hashicorp/random": {} } });

  test.each([
    ["an empty file", "", [/^not JSON: Unexpected end of JSON input$/]],
    ["another language", "resource {\n}", [/^not JSON: /]],
    ["another JSON", '{"name":"estate"}', [/^not a provider schema: .*terraform providers schema -json/]],
    ["no providers", '{"provider_schemas":{}}', [/^no provider grafana\/grafana: the schema holds no provider$/]],
    ["other providers", random, [/^no provider grafana\/grafana: the schema holds only .*hashicorp\/random$/]],
    [
      "an empty provider",
      JSON.stringify({ provider_schemas: { [ADDRESS]: null } }),
      [/grafana\/grafana is malformed$/],
    ],
    [
      "an attribute of no known type",
      file({ grafana_folder: resource({ title: { type: "text" } }) }),
      [/^grafana_folder is malformed at block\.attributes\.title: /],
    ],
  ])("%s", (_what, text, expected) => {
    const errors = errorsOf(text, using("grafana_folder"));
    expect(errors).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  test("every resource type that the provider lacks is named, with the one that was meant", () => {
    expect(errorsOf(FIXTURE, using("grafana_foldr", "grafana_team", "grafana_synthetics_probe"))).toEqual([
      'grafana/grafana has no resource grafana_foldr. Did you mean "grafana_folder"?',
      "grafana/grafana has no resource grafana_synthetics_probe.",
    ]);
  });

  test("a resource type named like an object's own method is absent, too", () => {
    expect(errorsOf(FIXTURE, using("toString"))).toEqual(["grafana/grafana has no resource toString."]);
  });

  test.each(["4.40", "v4.40.1", "latest", "4.40.1'; evil()"])("version %s", (version) => {
    expect(errorsOf(FIXTURE, grafana, version)).toEqual([
      `version "${version}" of grafana/grafana is not of the form MAJOR.MINOR.PATCH`,
    ]);
  });
});
