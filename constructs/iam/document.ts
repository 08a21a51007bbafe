/** One statement of an IAM policy document, in the JSON form of AWS. */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: { readonly Service: string } | { readonly Federated: string } | { readonly AWS: string } | "*";
  readonly Action: string | readonly string[];
  /** A trust policy has none. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The text of a policy with these statements. */
export const iamPolicy = (statements: readonly IamStatement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/**
 * Who may take a role: a service, on behalf of one account only, so that no other account's resources can have it act on ours.
 * Source: AWS IAM User Guide, "The confused deputy problem".
 */
export const trustOf = (
  service: string,
  condition: Readonly<Record<string, Readonly<Record<string, string>>>>,
): IamStatement => ({
  Sid: "OfThisAccountOnly",
  Effect: "Allow",
  Principal: { Service: service },
  Action: "sts:AssumeRole",
  Condition: condition,
});

/**
 * The account's own statement in the policy of a key: it hands access out through IAM. Without it nobody could administer the key.
 * Source: AWS KMS Developer Guide, "Default key policy".
 */
export const accountAdministers = (account: string): IamStatement => ({
  Sid: "AdministrationThroughIam",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  // In a key's policy, the key itself.
  Resource: "*",
});
