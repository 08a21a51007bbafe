import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { alertmanagerArtifacts } from "../constructs/alertmanager/self-run";
import { capacityArtifacts } from "../constructs/cloudwatch/capacity-table";
import { elasticsearchArtifacts } from "../constructs/elasticsearch/artifacts";
import { fluentBitArtifacts } from "../constructs/fluent-bit/artifacts";
import { fluentdArtifacts } from "../constructs/fluentd/artifacts";
import { healthArtifacts } from "../constructs/health/artifacts";
import { jaegerArtifacts } from "../constructs/jaeger/artifacts";
import { logSchemaArtifacts } from "../constructs/logs/schema";
import { errorBudgetPolicies } from "../constructs/objectives/error-budget-policy";
import { openTelemetryArtifacts } from "../constructs/opentelemetry/delivery";
import { prometheusArtifacts } from "../constructs/prometheus/rule-file";
import { serverArtifacts } from "../constructs/prometheus/server-files";
import { weeklySummaryArtifacts } from "../constructs/prometheus/weekly-summary";
import { runtimeArtifacts } from "../constructs/runtime-configuration/runtime-files";
import { statsdArtifacts } from "../constructs/statsd/statsd-files";
import { zipkinArtifacts } from "../constructs/zipkin/artifacts";
import type { Artifact } from "../model/artifact";
import type { Catalog } from "../model/catalog";
import type { Environment } from "../model/environment";
import { estateOf } from "../model/estate";
import { EnvironmentStack } from "./environment-stack";
import { OnCallStack, onCallStackName } from "./on-call-stack";

/** What building a stack yields. */
export interface BuiltStack {
  readonly stack: TerraformStack;
  /** Files beside the Terraform, below `artifacts/<stack>/`. */
  readonly artifacts: readonly Artifact[];
}

/** A stack that can be built. Nothing is made before it is asked for. */
export interface StackBlueprint {
  readonly name: string;
  /**
   * Stacks that must be deployed before it. They are not written into CDKTF's manifest: its command line would then refuse to deploy
   * a stack without those.
   */
  readonly dependsOn: readonly string[];
  readonly build: (scope: Construct) => BuiltStack;
}

function environmentBlueprint(catalog: Catalog, environment: Environment): StackBlueprint {
  return {
    name: environment.name,
    dependsOn: [onCallStackName],
    build: (scope) => {
      const estate = estateOf(catalog, environment);
      return {
        stack: new EnvironmentStack(scope, catalog, estate),
        artifacts: [
          ...alertmanagerArtifacts(estate),
          ...prometheusArtifacts(estate),
          ...weeklySummaryArtifacts(estate),
          ...serverArtifacts(estate),
          ...statsdArtifacts(estate),
          ...openTelemetryArtifacts(estate),
          ...jaegerArtifacts(estate),
          ...zipkinArtifacts(estate),
          ...runtimeArtifacts(estate),
          ...errorBudgetPolicies(estate),
          ...fluentdArtifacts(estate),
          ...fluentBitArtifacts(estate),
          ...healthArtifacts(estate),
          ...logSchemaArtifacts(estate),
          ...capacityArtifacts(estate),
          ...elasticsearchArtifacts(estate),
        ],
      };
    },
  };
}

/** Every stack of a catalog, in the order in which they are deployed: on-call, then the environments. */
export const stacksOf = (catalog: Catalog): readonly StackBlueprint[] => [
  {
    name: onCallStackName,
    dependsOn: [],
    build: (scope) => ({ stack: new OnCallStack(scope, catalog), artifacts: [] }),
  },
  ...catalog.environments.map((environment) => environmentBlueprint(catalog, environment)),
];
