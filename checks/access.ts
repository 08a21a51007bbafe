import { iamLimits } from "../constructs/iam/limits";
import { policyText, teamPolicies } from "../constructs/iam/policy";
import { type AwsAddition, type AwsTrust, groupName, roles } from "../model/access";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding, Where } from "../model/finding";
import { never } from "../model/result";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, type Rule } from "./rule";
import { checkSharing, rules as sharing } from "./sharing";

const unknown = errorRule(
  "access/unknown",
  "A grant to a team, in an environment or of a role that does not exist lets in nobody, or the wrong people.",
);
const trust = errorRule("access/trust", "A role that trusts nobody who exists can be taken by nobody.");
const wildcard = errorRule(
  "access/wildcard",
  "A wildcard allows what nobody has thought of, and what AWS will add next year.",
);
const size = errorRule("access/role-size", "IAM refuses a role beyond its quotas, in the middle of a deployment.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [unknown, trust, wildcard, size, ...sharing];

/** IAM's rules for names of identity providers (IAM user guide, "IAM name requirements"). */
const providerName = /^[\w.-]{1,128}$/;

/** A whole action: nothing in it stands for others. */
const action = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

/** An ARN with at least account or region written out, and a wildcard at its very end only. */
const arn = /^arn:aws[a-z-]*:[a-z0-9-]+:(?!:)[a-z0-9-]*:\d{0,12}:[^*?]+\*?$|^arn:aws:s3:::[^*?]+\*?$/;

function unknownNames({ access, teams, environments, file }: Catalog): readonly Finding[] {
  const where = (...path: readonly string[]): Where => ({ file, field: ["access", "grants", ...path].join(".") });
  const missing = (kind: string, name: string, known: readonly string[], at: Where): readonly Finding[] =>
    known.includes(name)
      ? []
      : [
          finding(
            unknown,
            at,
            `there is no ${kind} "${name}".${didYouMean(name, known)}`,
            `write one of ${known.join(", ")}`,
          ),
        ];
  const teamNames = teams.map(({ name }) => name);
  const environmentNames = environments.map(({ name }) => name);
  return Object.entries(access.grants).flatMap(([team, given]) => [
    ...missing("team", team, teamNames, where(team)),
    ...Object.entries(given ?? {}).flatMap(([environment, granted]) => [
      ...missing("environment", environment, environmentNames, where(team, environment)),
      ...(granted ?? []).flatMap((role: string) => missing("role", role, roles, where(team, environment))),
    ]),
  ]);
}

/** A realm's name and nothing else: a role mapping takes `*` and `/…/` as patterns, by which other realms would be trusted too. */
const realmName = /^[\w.:-]+$/;

/** An attribute of an assertion: a word, or a URI. */
const attributeName = /^\S+$/;

function trustProblems({ access: { aws, kibana, datadog }, file }: Catalog): readonly Finding[] {
  return [
    ...awsTrustProblems(aws, file),
    ...(kibana.kind === "nobody" || realmName.test(kibana.realm)
      ? []
      : [
          finding(
            trust,
            { file, field: "access.kibana.realm" },
            `"${kibana.realm}" is not the name of a realm`,
            "write the one that it has in elasticsearch.yml, without a pattern",
          ),
        ]),
    ...(datadog.kind === "nobody" || attributeName.test(datadog.attribute)
      ? []
      : [
          finding(
            trust,
            { file, field: "access.datadog.attribute" },
            `"${datadog.attribute}" is not the name of an attribute`,
            "write the one that the assertion has, such as memberOf",
          ),
        ]),
  ];
}

function awsTrustProblems(aws: AwsTrust, file: string): readonly Finding[] {
  switch (aws.kind) {
    case "nobody":
      return [];
    case "saml":
      return providerName.test(aws.provider)
        ? []
        : [
            finding(
              trust,
              { file, field: "access.aws.provider" },
              `"${aws.provider}" is not the name of an identity provider`,
              "write the name that it has in IAM, not its ARN",
            ),
          ];
    case "account":
      return /^\d{12}$/.test(aws.account)
        ? []
        : [
            finding(
              trust,
              { file, field: "access.aws.account" },
              `"${aws.account}" is not an AWS account number`,
              "write its 12 digits, as text",
            ),
          ];
    default:
      return never(aws);
  }
}

function additionProblems(addition: AwsAddition, index: number, file: string): readonly Finding[] {
  const where = (field: string): Where => ({ file, field: `access.awsAdditions.${index}.${field}` });
  const wide = addition.actions
    .filter((each) => !action.test(each))
    .map((each) =>
      finding(
        wildcard,
        where("actions"),
        `"${each}" is not the whole name of one action`,
        "write each action that is needed, such as ecs:DescribeServices",
      ),
    );
  const everywhere = addition.resources
    .filter((each) => !arn.test(each))
    .map((each) =>
      finding(
        wildcard,
        where("resources"),
        `"${each}" does not say which resources`,
        "write ARNs with account and region, which may end in a wildcard",
      ),
    );
  const role: string = addition.role;
  return [
    ...wide,
    ...everywhere,
    ...(roles.some((known) => known === role)
      ? []
      : [
          finding(
            unknown,
            where("role"),
            `there is no role "${role}".${didYouMean(role, roles)}`,
            `write one of ${roles.join(", ")}`,
          ),
        ]),
    ...(addition.reason.trim() === ""
      ? [finding(wildcard, where("reason"), "the addition has no reason", "say what it is needed for")]
      : []),
  ];
}

/** Grants to nobody, roles that nobody can take, more than is needed, and shares that are too long or show too much. */
export const checkAccess = (catalog: Catalog): readonly Finding[] => [
  ...unknownNames(catalog),
  ...trustProblems(catalog),
  ...catalog.access.awsAdditions.flatMap((addition, index) => additionProblems(addition, index, catalog.file)),
  ...checkSharing(catalog),
];

/** As long as a workspace's ARN is: its id has 39 characters (AMP API reference, "WorkspaceSummary"). */
const longestArn = `arn:aws:aps:ap-northeast-1:123456789012:workspace/ws-${"x".repeat(36)}`;

/** Roles that IAM does not take. */
export function checkAccessRoles(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  if (estate.access.aws.kind === "nobody") return [];
  const { name } = estate.environment;
  return teamPolicies(estate, { workspaceArn: longestArn }).flatMap((policy) => {
    const where = { file, field: `access.grants.${policy.team}.${name}` };
    const role = groupName(name, policy.team);
    const characters = policyText(policy).replaceAll(/\s/g, "").length;
    return [
      ...(role.length <= iamLimits.roleNameLength
        ? []
        : [
            finding(
              size,
              where,
              `the name ${role} has ${role.length} characters, more than ${iamLimits.roleNameLength}`,
              "shorten the name of the team or of the environment",
            ),
          ]),
      ...(characters <= iamLimits.rolePolicyCharacters
        ? []
        : [
            finding(
              size,
              where,
              `the policy of ${role} has ${characters} characters, more than ${iamLimits.rolePolicyCharacters}`,
              "give the team fewer roles in the environment, or divide the environment",
            ),
          ]),
    ];
  });
}
