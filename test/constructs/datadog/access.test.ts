import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { datadogRolesOf, permissionsOf } from "../../../constructs/datadog/access";
import { type AccessOptions, noAccess, type Role, roles } from "../../../model/access";
import { estateOf } from "../../../model/estate";
import { datadogFacts } from "../../../offline/overlay/datadog";
import { exampleCatalog } from "../../support/example";

const rolesIn = (name: string, access: Partial<AccessOptions>) => {
  const catalog = exampleCatalog(undefined, {
    access: { ...noAccess, datadog: { kind: "saml", attribute: "memberOf" }, ...access },
  });
  const environment = catalog.environments.find((each) => each.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return datadogRolesOf(estateOf(catalog, environment));
};
const permitted = (granted: readonly Role[]): readonly string[] =>
  rolesIn("prod", { grants: { backend: { prod: granted } } }).flatMap(({ permissions }) => permissions);

describe("a team's role in Datadog", () => {
  test.each<[Role, readonly string[], readonly string[]]>([
    ["viewer", ["dashboards_read", "logs_read_data"], ["dashboards_write", "monitors_downtime", "audit_logs_read"]],
    ["on-call", ["logs_read_data", "monitors_downtime"], ["dashboards_write", "audit_logs_read"]],
    ["editor", ["dashboards_write"], ["logs_read_data", "logs_read_index_data", "monitors_downtime"]],
    ["auditor", ["audit_logs_read", "monitors_read"], ["dashboards_read", "logs_read_data", "apm_read"]],
  ])("%s may do what it is for, and no more", (role, may, mayNot) => {
    expect(permitted([role])).toEqual(expect.arrayContaining([...may]));
    expect(permitted([role]).filter((each) => mayNot.includes(each))).toEqual([]);
  });

  test("belongs to whom the identity provider sends with the team's group", () => {
    expect(rolesIn("prod", { grants: { backend: { prod: ["viewer"] } } })).toMatchObject([
      { team: "backend", name: "estate-prod-backend", attribute: "memberOf" },
    ]);
  });

  test("is made of what the table grants in production, since it shows production, whatever is granted elsewhere", () => {
    const grants = { backend: { dev: ["viewer", "editor", "on-call", "auditor"] } } as const;
    expect(rolesIn("prod", { grants })).toEqual([]);
    expect(rolesIn("dev", { grants })).toEqual([]);
  });

  test("is not made where nobody would have it", () => {
    expect(rolesIn("prod", { grants: { backend: { prod: ["viewer"] } }, datadog: { kind: "nobody" } })).toEqual([]);
  });
});

test("whatever the table says, nobody changes what wakes people, or who gets in", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...roles)), (granted) => {
      const writing = permitted(granted).filter((each) => !each.endsWith("_read") && !/^logs_read_/.test(each));
      expect(writing.filter((each) => !["dashboards_write", "monitors_downtime"].includes(each))).toEqual([]);
    }),
  );
});

test("an offline plan knows each permission that a role names, and no other", () => {
  const known = datadogFacts.dataSources?.["datadog_permissions"]?.facts["permissions"]?.keys;
  expect(known).toEqual([...new Set(Object.values(permissionsOf).flat())].sort());
});
