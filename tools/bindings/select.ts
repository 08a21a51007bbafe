import type { ProviderSchema, Schema } from "@cdktf/commons";
import { reasonOf } from "../../model/caught";
import { didYouMean } from "../../model/suggest";
import { failed, type Outcome } from "./outcome";
import { providerSchema, resourceSchema, schemaFile } from "./provider-schema";
import type { ProviderInUse } from "./resources-in-use";

/** The part of a schema file that bindings are generated from. */
export interface Selected {
  /** One provider, with the resource types in use and nothing else. */
  readonly schema: ProviderSchema;
  /** The provider's version that the schema is taken to describe, `MAJOR.MINOR.PATCH`; stacks require exactly this one. */
  readonly version: string;
  /** Whether `version` is the assumed one, for neither the caller nor the file named any. */
  readonly assumed: boolean;
}

/**
 * Prunes a schema file to one provider and its resource types in use.
 *
 * @param text The output of `terraform providers schema -json`. That command leaves the provider's version out; it is
 *   read from the key `provider_versions` (address to version) where somebody has added it.
 * @param version Overrides the file's version.
 * @returns errors for: no JSON, no provider schema, no such provider, every resource type in use that the provider lacks
 *   or that is malformed, a version that is not `MAJOR.MINOR.PATCH`.
 */
export function select(text: string, provider: ProviderInUse, version?: string): Outcome<Selected> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const file = schemaFile.safeParse(json.value);
  if (!file.success) {
    return failed('not a provider schema: write the file with "terraform providers schema -json"');
  }
  const address = addressOf(provider, Object.keys(file.data.provider_schemas));
  if (!address.ok) return address;
  const pruned = prune(file.data.provider_schemas[address.value], provider);
  const stated = version ?? file.data.provider_versions[address.value];
  const used = stated ?? provider.assumedVersion;
  const errors = [
    ...(pruned.ok ? [] : pruned.errors),
    ...(isRelease(used) ? [] : [`version "${used}" of ${provider.source} is not of the form MAJOR.MINOR.PATCH`]),
  ];
  if (!pruned.ok || errors.length > 0) return failed(...errors);
  // The generator finds a provider, and links its documentation, by the public registry's address, whichever it came from.
  const registry = `registry.terraform.io/${provider.source}`;
  const schema = { provider_schemas: { [registry]: pruned.value }, provider_versions: { [registry]: used } };
  return { ok: true, value: { schema, version: used, assumed: stated === undefined } };
}

/** A version that `required_providers` can pin and that is safe inside generated code: semantic, without a leading `v`. */
function isRelease(version: string): boolean {
  return /^\d+\.\d+\.\d+(-[\dA-Za-z.-]+)?$/.test(version);
}

function parseJson(text: string): Outcome<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return failed(`not JSON: ${reasonOf(error)}`);
  }
}

/** The provider's full address in the file: the host is the registry that was asked, Terraform's or OpenTofu's. */
function addressOf(provider: ProviderInUse, addresses: readonly string[]): Outcome<string> {
  const found = addresses.find((address) => address.split("/").slice(1).join("/") === provider.source);
  if (found !== undefined) return { ok: true, value: found };
  const held = addresses.length === 0 ? "no provider" : `only ${addresses.join(", ")}`;
  return failed(`no provider ${provider.source}: the schema holds ${held}`);
}

type Provider = NonNullable<ProviderSchema["provider_schemas"]>[string];

function prune(whole: unknown, provider: ProviderInUse): Outcome<Provider> {
  const found = providerSchema.safeParse(whole);
  if (!found.success) return failed(`the schema of ${provider.source} is malformed`);
  const configuration = check("the provider's configuration", found.data.provider);
  const inUse = (kind: string, types: readonly string[], known: Readonly<Record<string, unknown>>) =>
    types.map((type) => ({
      type,
      schema: Object.hasOwn(known, type)
        ? check(type, known[type])
        : failed(`${provider.source} has no ${kind} ${type}.${didYouMean(type, Object.keys(known))}`),
    }));
  const resources = inUse("resource", provider.resources, found.data.resource_schemas);
  const dataSources = inUse("data source", provider.dataSources ?? [], found.data.data_source_schemas);
  const errors = [configuration, ...[...resources, ...dataSources].map(({ schema }) => schema)].flatMap((outcome) =>
    outcome.ok ? [] : outcome.errors,
  );
  if (!configuration.ok || errors.length > 0) return failed(...errors);
  const schemasOf = (types: typeof resources): Record<string, Schema> =>
    Object.fromEntries(types.flatMap(({ type, schema }) => (schema.ok ? [[type, schema.value] as const] : [])));
  return {
    ok: true,
    value: {
      provider: configuration.value,
      resource_schemas: schemasOf(resources),
      data_source_schemas: schemasOf(dataSources),
    },
  };
}

function check(what: string, schema: unknown): Outcome<Schema> {
  const checked = resourceSchema.safeParse(schema);
  if (checked.success) return { ok: true, value: checked.data };
  const at = (path: readonly PropertyKey[]) => path.map(String).join(".") || "its top";
  return failed(...checked.error.issues.map(({ path, message }) => `${what} is malformed at ${at(path)}: ${message}`));
}
