import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { reasonOf } from "../../model/caught";
import type { Bindings, TypesInUse } from "../offline";
import { type CachedSchema, readCachedSchema, writeCachedSchema } from "./cached-schema";
import { deriveConfiguration, deriveType } from "./derive";
import type { ProviderSchema, Schema } from "./provider-schema";

/** Name of a provider within its namespace, `aws`; its resource types start with it. */
export const localName = (source: string): string => source.slice(source.lastIndexOf("/") + 1);

const cacheFile = (cacheDir: string, { source, version }: Bindings): string =>
  join(cacheDir, `${source.replaceAll("/", "_")}@${version}.json`);

function readCache(path: string): CachedSchema | undefined {
  try {
    return readCachedSchema(readFileSync(path, "utf8"));
  } catch {
    // Not there yet, or not readable: either way it is derived again.
    return undefined;
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Not even its folder is there.
  }
}

/** Replaces the cache file in one step; returns why not, when it could not. */
function writeCache(path: string, cached: CachedSchema): string | undefined {
  const partial = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, writeCachedSchema(cached));
    renameSync(partial, path);
    return undefined;
  } catch (error) {
    removeIfThere(partial);
    return `schemas are not kept in ${dirname(path)}: ${reasonOf(error)}`;
  }
}

interface Missing {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

function missingOf({ source }: Bindings, types: TypesInUse, schema: ProviderSchema | undefined): Missing {
  const own = (type: string) => type.startsWith(`${localName(source)}_`);
  return {
    resources: [...types.resources].filter((type) => own(type) && schema?.resources[type] === undefined),
    dataSources: [...types.dataSources].filter((type) => own(type) && schema?.dataSources[type] === undefined),
  };
}

/** Derives what the cache lacks, and adds it. A type that the bindings do not have is left out: terraform names it to the user. */
function complete(bindings: Bindings, missing: Missing, known: CachedSchema | undefined): CachedSchema {
  const { folder, source } = bindings;
  const configuration =
    known === undefined ? deriveConfiguration(folder) : { value: known.schema.configuration, warnings: [] };
  const warnings = [...(known?.warnings ?? []), ...configuration.warnings];
  const derived = (mode: "resource" | "data", types: readonly string[]): readonly (readonly [string, Schema])[] =>
    types.flatMap((type) => {
      const result = deriveType(folder, localName(source), mode, type);
      if (result === undefined) return [];
      warnings.push(...result.warnings);
      return [[type, result.value] as const];
    });
  const resources = { ...known?.schema.resources, ...Object.fromEntries(derived("resource", missing.resources)) };
  const dataSources = { ...known?.schema.dataSources, ...Object.fromEntries(derived("data", missing.dataSources)) };
  return { schema: { configuration: configuration.value, resources, dataSources }, warnings };
}

const pick = <T>(all: { readonly [name: string]: T }, names: ReadonlySet<string>): { readonly [name: string]: T } =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));

/** The schema of a provider, and what went wrong on the way without stopping it. */
export interface LoadedSchema {
  readonly schema: ProviderSchema;
  readonly warnings: readonly string[];
}

/**
 * The schema of a provider, pruned to the types in use: out of the cache, or derived from its bindings and kept there.
 * @throws when the bindings cannot be read.
 */
export function loadSchema(bindings: Bindings, types: TypesInUse, cacheDir: string): LoadedSchema {
  const path = cacheFile(cacheDir, bindings);
  const known = readCache(path);
  const missing = missingOf(bindings, types, known?.schema);
  const needed = known === undefined || missing.resources.length + missing.dataSources.length > 0;
  const cached = needed ? complete(bindings, missing, known) : known;
  const problem = needed ? writeCache(path, cached) : undefined;
  return {
    schema: {
      configuration: cached.schema.configuration,
      resources: pick(cached.schema.resources, types.resources),
      dataSources: pick(cached.schema.dataSources, types.dataSources),
    },
    warnings: [...cached.warnings, ...(problem === undefined ? [] : [problem])],
  };
}
