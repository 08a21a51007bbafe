import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import shipped from "../../../catalog/catalog";
import { logStreamsOf } from "../../../constructs/elasticsearch/stream";
import { kibanaRolesOf } from "../../../constructs/kibana/access";
import { type AccessTable, type Role, roles } from "../../../model/access";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";

const production = (grants: AccessTable, kibana = shipped.access.kibana): EnvironmentEstate => {
  const environment = shipped.environments.find((each) => each.production);
  if (environment === undefined) throw new Error("no environment is production");
  return estateOf({ ...shipped, access: { ...shipped.access, grants, kibana } }, environment);
};
const backend = (granted: readonly Role[]): EnvironmentEstate => production({ backend: { prod: granted } });

/** The data streams whose events a role reads. */
const readBy = (estate: EnvironmentEstate): readonly string[] =>
  kibanaRolesOf(estate)
    .flatMap(({ indices }) => indices)
    .flatMap(({ names, privileges }) => (privileges.includes("read") ? names : []))
    .sort();

const streams = logStreamsOf(backend([]));
const all = streams.map(({ name }) => name).sort();
const own = streams.flatMap(({ name, estate }) => (estate.team.name === "backend" ? [name] : [])).sort();

describe("a team's role in Kibana", () => {
  test("reads every service's events as a viewer and on call, its own services' as an editor, none as an auditor", () => {
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(all.length);
    expect((["viewer", "on-call", "editor", "auditor"] as const).map((role) => readBy(backend([role])))).toEqual([
      all,
      all,
      own,
      [],
    ]);
  });

  test("is everything that its roles allow, the more where two differ", () => {
    const [role] = kibanaRolesOf(backend(["editor", "auditor"]));
    expect(role?.features).toEqual([
      { name: "dashboard", privileges: ["all"] },
      { name: "discover", privileges: ["all"] },
      { name: "indexPatterns", privileges: ["read"] },
      { name: "savedObjectsManagement", privileges: ["read"] },
      { name: "stackAlerts", privileges: ["read"] },
    ]);
    expect(role?.cluster).toEqual(["read_ilm", "read_security", "read_slm"]);
  });

  test("belongs to whom the realm gives the team's group in this environment", () => {
    expect(kibanaRolesOf(backend(["viewer"]))).toMatchObject([
      {
        name: "estate-prod-backend",
        rules: { all: [{ field: { "realm.name": "company-sso" } }, { field: { groups: "estate-prod-backend" } }] },
      },
    ]);
  });

  test("is not made where nobody would have it", () => {
    expect(kibanaRolesOf(production(shipped.access.grants, { kind: "nobody" }))).toEqual([]);
    expect(kibanaRolesOf(production({}))).toEqual([]);
  });
});

test("whatever the table says, nobody changes a rule, an index or a role", () => {
  const granted = fc.uniqueArray(fc.constantFrom(...roles));
  fc.assert(
    fc.property(granted, granted, (first, second) => {
      for (const role of kibanaRolesOf(production({ backend: { prod: first }, platform: { prod: second } }))) {
        // Pipelines hold the salt of what is hashed.
        expect(role.cluster.filter((each) => !/^read_(ilm|security|slm)$/.test(each))).toEqual([]);
        for (const { names, privileges } of role.indices) {
          expect(privileges.filter((each) => !["read", "view_index_metadata"].includes(each))).toEqual([]);
          expect(names.filter((name) => !all.includes(name))).toEqual([]);
        }
        expect(
          role.features.filter(
            ({ name, privileges }) => privileges.includes("all") && !/^(dashboard|discover)$/.test(name),
          ),
        ).toEqual([]);
      }
    }),
  );
});
