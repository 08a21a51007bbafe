import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { opsgenieHost } from "../constructs/opsgenie/api";
import type { OpsgenieRegion } from "../model/pager";
import { OpsgenieProvider } from "../providers/opsgenie/provider";

/**
 * Terraform variable with a key of Opsgenie's API, given as `TF_VAR_opsgenie_api_key`, so that it is in no file. The provider takes none
 * from the environment by itself that its schema would know of.
 */
export const opsgenieKeyVariable = "opsgenie_api_key";

/** Opsgenie, in the region of the account. */
export function addOpsgenieProvider(scope: Construct, region: OpsgenieRegion): void {
  const key = new TerraformVariable(scope, "opsgenie-key", {
    type: "string",
    sensitive: true,
    description: "Key of Opsgenie's API with the right to configure",
  });
  key.overrideLogicalId(opsgenieKeyVariable);
  new OpsgenieProvider(scope, "opsgenie", { apiKey: key.stringValue, apiUrl: opsgenieHost(region) });
}
