import type { AwsTrust } from "../../model/access";
import { never } from "../../model/result";
import type { IamStatement } from "./document";

/** Where AWS itself takes what an identity provider sends. Source: IAM user guide, "Creating a role for SAML 2.0 federation". */
const signIn = "https://signin.aws.amazon.com/saml";

/**
 * The statement that says who may take a team's role, or undefined where nobody may.
 * Sources: IAM user guide, "Creating a role for SAML 2.0 federation (console)", "IAM and AWS STS condition context keys" (`SAML:aud`) and
 * "AWS global condition context keys" (`aws:PrincipalTag`, `aws:MultiFactorAuthPresent`).
 */
export function trustPolicy(trust: AwsTrust, account: string, team: string): IamStatement | undefined {
  switch (trust.kind) {
    case "nobody":
      return undefined;
    case "saml":
      return {
        Sid: "SentByTheIdentityProvider",
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:saml-provider/${trust.provider}` },
        Action: "sts:AssumeRoleWithSAML",
        Condition: { StringEquals: { "SAML:aud": signIn } },
      };
    case "account":
      return {
        Sid: "TaggedWithTheTeam",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${trust.account}:root` },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:PrincipalTag/team": team },
          Bool: { "aws:MultiFactorAuthPresent": "true" },
        },
      };
    default:
      return never(trust);
  }
}
