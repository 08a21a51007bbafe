import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import shipped from "../../../catalog/catalog";
import { withoutResource } from "../../../constructs/iam/actions";
import { type Statement, teamPolicies } from "../../../constructs/iam/policy";
import { trustPolicy } from "../../../constructs/iam/trust";
import { type AccessOptions, type AwsAddition, noAccess, type Role, roles } from "../../../model/access";
import type { Catalog } from "../../../model/catalog";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { exampleCatalog, exampleService } from "../../support/example";

const workspaceArn = "arn:aws:aps:eu-west-1:222222222222:workspace/ws-1";

const estatesOf = (catalog: Catalog): readonly EnvironmentEstate[] =>
  catalog.environments.map((environment) => estateOf(catalog, environment));

const services = [exampleService(), exampleService({ team: "support" }, "desk")];

const statements = (granted: readonly Role[], awsAdditions: readonly AwsAddition[] = []): readonly Statement[] => {
  const access: AccessOptions = { ...noAccess, awsAdditions, grants: { backend: { prod: granted } } };
  return estatesOf(exampleCatalog(services, { access }))
    .flatMap((estate) => teamPolicies(estate, { workspaceArn }))
    .flatMap((policy) => policy.statements);
};
const actions = (granted: readonly Role[]): readonly string[] => statements(granted).flatMap(({ Action }) => Action);
const resourcesOf = (granted: readonly Role[], action: string): readonly string[] =>
  statements(granted)
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource);

const inShop = (text: string): boolean => text.includes("/ecs/shop");

describe("a role in AWS", () => {
  test("reads the log groups that it is about, and no other", () => {
    const groups = (name: string): readonly string[] =>
      ["", ":*"].map((rest) => `arn:aws:logs:eu-west-1:222222222222:log-group:/ecs/${name}${rest}`);
    expect(resourcesOf(["viewer"], "logs:GetLogEvents")).toEqual([...groups("shop"), ...groups("desk")]);
    expect(resourcesOf(["editor"], "logs:GetLogEvents")).toEqual(groups("shop"));
  });

  test("of several kinds is about all that any of them is about, in one statement each", () => {
    const both = statements(["viewer", "editor"]);
    expect(resourcesOf(["viewer", "editor"], "logs:StartQuery").filter(inShop)).toHaveLength(2);
    expect(resourcesOf(["viewer", "editor"], "logs:StartQuery")).toHaveLength(4);
    expect(new Set(both.map(({ Sid }) => Sid)).size).toBe(both.length);
  });

  test.each<[Role, readonly string[], readonly string[]]>([
    [
      "viewer",
      ["logs:FilterLogEvents", "aps:QueryMetrics"],
      ["aps:PutAlertManagerSilences", "logs:PutQueryDefinition"],
    ],
    ["editor", ["cloudwatch:PutDashboard", "logs:PutQueryDefinition"], ["cloudwatch:DisableAlarmActions"]],
    ["on-call", ["cloudwatch:DisableAlarmActions", "aps:PutAlertManagerSilences"], ["cloudwatch:PutDashboard"]],
    ["auditor", ["logs:DescribeMetricFilters", "aps:DescribeAlertManagerDefinition"], ["logs:GetLogEvents"]],
  ])("%s may do what it is for, and no more", (role, may, mayNot) => {
    expect(actions([role])).toEqual(expect.arrayContaining([...may]));
    for (const action of mayNot) expect(actions([role])).not.toContain(action);
  });

  test("an auditor reads no signal", () => {
    expect(
      actions(["auditor"]).filter((each) => /Get(Log|Metric)|Query(Metrics|Results)|StartQuery|Filter/.test(each)),
    ).toEqual(["logs:DescribeMetricFilters", "logs:DescribeSubscriptionFilters"].filter((each) => /Filter/.test(each)));
  });

  test("switches alarms of its services by their names", () => {
    expect(resourcesOf(["on-call"], "cloudwatch:DisableAlarmActions")).toEqual([
      "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:[prod] shop: *",
      "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:[prod] desk: *",
    ]);
  });

  test("may do what was added to it, for that role alone", () => {
    const addition = {
      role: "on-call",
      actions: ["ecs:DescribeServices"],
      resources: ["arn:aws:ecs:eu-west-1:222222222222:service/company/*"],
      reason: "What is running, at night",
    } as const;
    expect(statements(["on-call"], [addition]).at(-1)).toEqual({
      Sid: "Addition1oncall",
      Effect: "Allow",
      Action: addition.actions,
      Resource: addition.resources,
    });
    expect(statements(["viewer"], [addition])).toEqual(statements(["viewer"]));
  });
});

describe("least privilege, whatever the table says", () => {
  const holds = (all: readonly Statement[], account: string): void => {
    for (const { Action, Resource, Condition } of all) {
      expect(Action.filter((each) => /[*?]/.test(each))).toEqual([]);
      if (Resource.includes("*")) {
        // Only what IAM knows no resource for, and within the region.
        expect(Action.filter((each) => !withoutResource.includes(each))).toEqual([]);
        expect(Condition).toEqual({
          StringEquals: { "aws:RequestedRegion": expect.stringMatching(/^[a-z]+-[a-z]+-\d$/) },
        });
      } else {
        expect(Resource.length).toBeGreaterThan(0);
        for (const resource of Resource) expect(resource).toContain(`:${account}:`);
        expect(Action.filter((each) => withoutResource.includes(each))).toEqual([]);
      }
      // Nobody changes what wakes people, or who gets in.
      expect(
        Action.filter((each) => /^(iam|kms|secretsmanager|sts):|PutMetricAlarm|DeleteAlarms|SetAlarmState/.test(each)),
      ).toEqual([]);
    }
  };

  test("for generated grants", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...roles)), (granted) => holds(statements(granted), "222222222222")),
    );
  });

  test("and for the shipped table", () => {
    for (const estate of estatesOf(shipped)) {
      const { account } = estate.environment;
      const policies = teamPolicies(estate, { workspaceArn: workspaceArn.replace("222222222222", account) });
      expect(policies.length).toBeGreaterThan(0);
      holds(
        policies.flatMap((policy) => policy.statements),
        account,
      );
    }
  });
});

describe("a team's role is taken", () => {
  test("by nobody, by default", () => {
    expect(trustPolicy(noAccess.aws, "222222222222", "backend")).toBeUndefined();
  });

  test("by whom the identity provider of the account sends to AWS", () => {
    expect(trustPolicy({ kind: "saml", provider: "sso" }, "222222222222", "backend")).toMatchObject({
      Principal: { Federated: "arn:aws:iam::222222222222:saml-provider/sso" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    });
  });

  test("by those of another account who are of the team, with a second factor", () => {
    expect(trustPolicy({ kind: "account", account: "333333333333" }, "222222222222", "backend")).toMatchObject({
      Principal: { AWS: "arn:aws:iam::333333333333:root" },
      Condition: {
        StringEquals: { "aws:PrincipalTag/team": "backend" },
        Bool: { "aws:MultiFactorAuthPresent": "true" },
      },
    });
  });
});
