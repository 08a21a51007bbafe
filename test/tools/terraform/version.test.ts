import { describe, expect, test } from "@jest/globals";
import { parseVersion } from "../../../tools/terraform/version";

describe("the version of a terraform", () => {
  test.each([
    ["Terraform v1.11.4\non linux_amd64\n", { product: "Terraform", version: "1.11.4" }],
    ["OpenTofu v1.12.1\non linux_amd64\n", { product: "OpenTofu", version: "1.12.1" }],
    ["Terraform v1.10.0\n", { product: "Terraform", version: "1.10.0" }],
    ["Terraform v2.0.0-beta1\n", { product: "Terraform", version: "2.0.0-beta1" }],
    ["a warning first\nTerraform v1.11.4\n", { product: "Terraform", version: "1.11.4" }],
  ])("%j", (output, value) => {
    expect(parseVersion("terraform", output)).toEqual({ ok: true, value });
  });

  test.each([
    ["Terraform v1.9.8\n", /terraform is Terraform 1\.9\.8; the stacks need 1\.10 or newer.*\n {2}fix: /s],
    ["Terraform v0.15.0\n", /Terraform 0\.15\.0/],
    ["OpenTofu v1.6.2\n", /OpenTofu 1\.6\.2/],
    ["GNU bash, version 5.2\n", /terraform is neither Terraform nor OpenTofu/],
    ["", /neither/],
  ])("%j is refused", (output, error) => {
    expect(parseVersion("terraform", output)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });
});
