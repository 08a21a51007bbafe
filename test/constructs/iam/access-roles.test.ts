import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { AccessRoles } from "../../../constructs/iam/access-roles";
import type { AccessOptions } from "../../../model/access";
import { estateOf } from "../../../model/estate";
import { exampleCatalog } from "../../support/example";
import { synthesized } from "../pagerduty/synthesized";

function inProduction(access: AccessOptions) {
  const catalog = exampleCatalog(undefined, { access });
  const production = catalog.environments.find(({ production: is }) => is);
  if (production === undefined) throw new Error("no production");
  const stack = new TerraformStack(new App(), "prod");
  new AccessRoles(stack, "access", estateOf(catalog, production), {
    workspaceArn: "${aws_prometheus_workspace.w.arn}",
  });
  return synthesized(Testing.synth(stack));
}

const grants = { backend: { prod: ["viewer", "on-call"] }, support: { dev: ["viewer"] } } as const;

describe("the roles of an environment in AWS", () => {
  const { resources } = inProduction({ grants, aws: { kind: "saml", provider: "sso" } });

  test("are one for each team with access there", () => {
    expect(resources("aws_iam_role")).toEqual([
      expect.objectContaining({
        name: "estate-prod-backend",
        description: "backend in prod: viewer, on-call",
        max_session_duration: 3600,
        tags: { environment: "prod", team: "backend" },
      }),
    ]);
  });

  test("have their policy in themselves, with the workspace that the deployment knows", () => {
    const [role] = resources("aws_iam_role");
    const [policy, ...others] = resources("aws_iam_role_policy");
    expect(others).toEqual([]);
    expect(policy).toMatchObject({ role: `\${${role?.address}.id}` });
    const { Statement }: { Statement: { Sid: string; Resource: string[] }[] } = JSON.parse(String(policy?.["policy"]));
    expect(Statement.find(({ Sid }) => Sid === "QueryPrometheus")?.Resource).toEqual([
      "${aws_prometheus_workspace.w.arn}",
    ]);
  });

  test("are none where nobody may take one", () => {
    expect(inProduction({ grants }).addresses).toEqual([]);
  });
});
