import type { EnvironmentVariables } from "./offline";

/** What of the environment is this run's own. */
export interface Served {
  /** JSON for `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
  /** Path of a CLI configuration that knows no registry. */
  readonly cliConfiguration: string;
  /** An empty folder: no `~/.aws`, no `~/.terraform.d/credentials.tfrc.json`. */
  readonly home: string;
}

/**
 * Variables that terraform is given as they are. All else is left out, credentials, proxies, `TF_VAR_*` and `TF_CLI_ARGS` with
 * it: a list of what is known to be harmless cannot forget a secret.
 */
const passed: ReadonlySet<string> = new Set([
  "PATH",
  "TMPDIR",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TERM",
  "NO_COLOR",
  // For a profile of terraform itself.
  "GOMAXPROCS",
  "GOGC",
  "GOMEMLIMIT",
  // Terraform CLI, environment variables: debugging.
  "TF_LOG",
  "TF_LOG_CORE",
  "TF_LOG_PROVIDER",
  "TF_LOG_PATH",
]);

/** The CLI configuration: providers come from an empty folder and from nowhere else (Terraform CLI, provider installation). */
export const cliConfiguration = (emptyFolder: string): string =>
  `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(emptyFolder)}
  }
}
`;

/** The whole environment of an offline terraform process. */
export function offlineEnvironment(inherited: EnvironmentVariables, served: Served): Readonly<Record<string, string>> {
  const kept = Object.entries(inherited).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    value !== undefined && passed.has(name) ? [[name, value]] : [],
  );
  return {
    ...Object.fromEntries(kept),
    HOME: served.home,
    TF_REATTACH_PROVIDERS: served.reattach,
    TF_CLI_CONFIG_FILE: served.cliConfiguration,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    // No question to HashiCorp whether there is a newer release.
    CHECKPOINT_DISABLE: "1",
    // An SDK without credentials would ask the machine's metadata service for some.
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
