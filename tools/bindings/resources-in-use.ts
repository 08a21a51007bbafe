/** A provider without a prebuilt package, and the part of its schema that this project binds. */
export interface ProviderInUse {
  /** Local name, as in `required_providers`; also the prefix of its resource types. */
  readonly name: string;
  /** Registry address without the host, `NAMESPACE/NAME`. */
  readonly source: string;
  /**
   * Version to assume, as `MAJOR.MINOR.PATCH`, when neither the command line nor the schema file names one:
   * the version that the committed bindings were generated from.
   */
  readonly assumedVersion: string;
  /** Resource types to bind, each by its Terraform name; everything else of the schema is left out. */
  readonly resources: readonly string[];
}

/**
 * Grafana: published on npm neither as `@cdktf/provider-grafana` nor by the prebuilt-provider programme, hence bound here.
 * To use one more resource type, add its name and run `npm run bindings -- SCHEMA.json` again.
 */
export const grafana = {
  name: "grafana",
  source: "grafana/grafana",
  assumedVersion: "4.40.1",
  resources: [
    "grafana_contact_point",
    "grafana_dashboard",
    "grafana_data_source",
    "grafana_folder",
    "grafana_mute_timing",
    "grafana_rule_group",
  ],
} as const satisfies ProviderInUse;
