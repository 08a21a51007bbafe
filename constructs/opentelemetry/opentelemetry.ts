import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { literal, literals } from "../terraform/literal";
import { tierFor } from "../terraform/parameter-size";
import { collectorsOf } from "./collectors";
import { parameterNames } from "./delivery";

export interface OpenTelemetryOptions {
  /** Endpoint of the environment's Prometheus, ending in a slash; may be a reference to a resource's attribute. */
  readonly prometheusUrl: string;
}

/**
 * What the collectors of an environment read: their configurations, and where samples are written to. It is no secret, and so not encrypted: a plan
 * shows what would change.
 */
export class OpenTelemetry extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { prometheusUrl }: OpenTelemetryOptions) {
    super(scope, id);
    const collectors = collectorsOf(estate);
    if (collectors.length === 0) return;
    const environment = estate.environment.name;
    const names = parameterNames(environment);
    const tags = literals({ environment });
    for (const { role, yaml } of collectors) {
      new SsmParameter(this, role, {
        name: literal(names[role]),
        description: literal(`OpenTelemetry collector of ${environment}: ${role}`),
        type: "String",
        tier: tierFor(yaml),
        insecureValue: literal(yaml),
        tags,
      });
    }
    new SsmParameter(this, "remote-write-url", {
      name: literal(names.remoteWrite),
      description: literal(`Where the gateways of ${environment} write samples to`),
      type: "String",
      tier: "Standard",
      insecureValue: `${prometheusUrl}api/v1/remote_write`,
      tags,
    });
  }
}
