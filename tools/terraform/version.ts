import { fail, ok, type Result } from "../../model/result";

/** Which program it is: both read the same configuration and plan files. */
export type Product = "Terraform" | "OpenTofu";

export interface TerraformVersion {
  readonly product: Product;
  /** As the program writes it, such as `1.11.4` or `1.12.0-beta1`. */
  readonly version: string;
}

/** The oldest release that plans these stacks: the same that they ask for in `required_version`. */
export const oldest = { major: 1, minor: 10 };

const firstLine = /^(Terraform|OpenTofu) v((\d+)\.(\d+)\.\d+\S*)/m;

/**
 * Reads what `terraform version` or `tofu version` prints.
 * Fails when it is another program, or a release before `oldest`.
 */
export function parseVersion(binary: string, output: string): Result<TerraformVersion> {
  const [, product, version = "", major, minor] = firstLine.exec(output) ?? [];
  if (product !== "Terraform" && product !== "OpenTofu")
    return fail(`${binary} is neither Terraform nor OpenTofu: "${binary} version" printed no version of either`);
  const old = Number(major) < oldest.major || (Number(major) === oldest.major && Number(minor) < oldest.minor);
  if (old)
    return fail(
      `${binary} is ${product} ${version}; the stacks need ${oldest.major}.${oldest.minor} or newer, the first that can lock state in S3 with a lock file.\n` +
        "  fix: install a newer one, or name one in TERRAFORM_BINARY_NAME",
    );
  return ok({ product, version });
}
