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

/** Served providers. */
export interface Offline {
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
