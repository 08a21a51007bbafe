import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliConfiguration, offlineEnvironment } from "./environment";
import { factsOf } from "./overlay/facts-of";
import { withFacts } from "./overlay/with-facts";
import { offlineProvider } from "./provider/provider";
import type { ProviderSchema } from "./schema/provider-schema";
import { loadSchema } from "./schema/provider-schemas";
import { type Listening, longestSocketName, reattachJson, type ServedProvider, serve, socketPath } from "./server";
import { socketFolder } from "./socket-folder";

/*
 * The offline provider: the real terraform validates, plans and applies against providers that know nothing but their schema,
 * served by this process. Nothing here reaches a network, a cloud or a state that matters.
 */

/** Environment variables, as `process.env` has them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Where the generated bindings of one provider are; its schema is derived from them. */
export interface Bindings {
  /** Address of the provider, `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** Folder that holds one folder per resource type and one named `provider`, each with an `index.js` or `index.ts`. */
  readonly folder: string;
  /** Changes whenever what is in the folder does; names the cache file: a package's version, or a digest. */
  readonly version: string;
}

/** The types that stacks and states name. Only these are served: encoding all 1,500 of AWS takes seconds. */
export interface TypesInUse {
  readonly resources: ReadonlySet<string>;
  readonly dataSources: ReadonlySet<string>;
}

export interface OfflineOptions {
  /** Providers to serve. See `estateBindings` of `offline/schema/bindings.ts` for the ones of this project. */
  readonly providers: readonly Bindings[];
  /** Types to serve, of all stacks and states that terraform will read. See `typesInUse` of `offline/schema/types-in-use.ts`. */
  readonly types: TypesInUse;
  /** Folder for derived schemas, `.cache/offline` of the project. It may be missing, read-only or full: then nothing is kept. */
  readonly cacheDir: string;
  /** Folder to make sockets in. Default: the system's temporary folder; `/tmp` when a socket's path would be too long there. */
  readonly temporaryDir?: string;
}

/** A provider's schema as it is served. */
export interface ProviderInUse {
  /** Its address, `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly schema: ProviderSchema;
}

/** Served providers. */
export interface Offline {
  /** Their schemas, pruned and with all facts, for `appliedStack`. */
  readonly providers: readonly ProviderInUse[];
  /**
   * The whole environment for a terraform child process: what it needs of `inherited`, the providers served here, no
   * credential, no registry. Give it to the child only: an exported `TF_REATTACH_PROVIDERS` outlives its server.
   *
   * Run the child asynchronously (`spawn`, never `spawnSync`), for this process answers it.
   */
  readonly environment: (inherited: EnvironmentVariables) => Readonly<Record<string, string>>;
  /** How often terraform called each procedure so far, over all providers. */
  readonly calls: () => Readonly<Record<string, number>>;
  /** What could not be derived, was not cached, or was cut: one line each, for a log. */
  readonly warnings: readonly string[];
  /**
   * Ends the server and removes its sockets and folder; a second call does nothing. End the terraform children first: terraform
   * kills the process named in the variable, this one, when it finds the socket gone.
   */
  readonly stop: () => Promise<void>;
}

/** Derives the providers' schemas and adds the facts that bindings lose. */
function providersOf({ providers, types, cacheDir }: OfflineOptions): {
  readonly served: readonly ServedProvider[];
  readonly inUse: readonly ProviderInUse[];
  readonly warnings: readonly string[];
} {
  const loaded = providers.map((bindings) => {
    const { source } = bindings;
    const { schema, warnings } = loadSchema(bindings, types, cacheDir);
    const complete = withFacts(schema, factsOf(source));
    return {
      served: { source, procedures: offlineProvider(source, complete.schema) },
      inUse: { source, schema: complete.schema },
      warnings: [...warnings, ...complete.warnings].map((warning) => `${source}: ${warning}`),
    };
  });
  return {
    served: loaded.map(({ served }) => served),
    inUse: loaded.map(({ inUse }) => inUse),
    warnings: loaded.flatMap(({ warnings }) => warnings),
  };
}

/**
 * Serves providers to terraform until stopped. They are served by this process: while terraform runs, it has nothing else to do,
 * and a process of its own would have to start, be watched and be ended. One server does for any number of stacks at once.
 * @throws Error when bindings cannot be read, or no socket can be made.
 */
export async function startOffline(options: OfflineOptions): Promise<Offline> {
  const { served, inUse, warnings } = providersOf(options);
  const made = socketFolder(longestSocketName, options.temporaryDir);
  if (!made.ok) throw new Error(made.error);
  const { path: folder, remove } = made.value;

  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const listening: Listening[] = [];
  let stopping: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await Promise.all(listening.map(({ stop }) => stop()));
    remove();
  };
  const stop = (): Promise<void> => {
    stopping ??= end();
    return stopping;
  };

  try {
    for (const [index, provider] of served.entries()) {
      listening.push(await serve(provider, socketPath(folder, index), count));
    }
    const paths = { home: join(folder, "home"), mirror: join(folder, "mirror"), cli: join(folder, "terraform.rc") };
    mkdirSync(paths.home);
    mkdirSync(paths.mirror);
    writeFileSync(paths.cli, cliConfiguration(paths.mirror));
    const reattach = reattachJson(listening, process.pid);
    return {
      providers: inUse,
      environment: (inherited) =>
        offlineEnvironment(inherited, { reattach, cliConfiguration: paths.cli, home: paths.home }),
      calls: () => Object.fromEntries(counts),
      warnings,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
