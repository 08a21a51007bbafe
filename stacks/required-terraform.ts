import type { TerraformStack } from "cdktf";

/** Refuses Terraform before 1.10, the first that can lock S3 state with a lock file (Terraform 1.10 release notes). */
export const requiredTerraform = (stack: TerraformStack): void =>
  stack.addOverride("terraform.required_version", ">= 1.10");
