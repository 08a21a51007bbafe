import { describe, expect, test } from "@jest/globals";
import type { AccessOptions } from "../../model/access";
import { estateOf } from "../../model/estate";
import { accessOf, membersOf } from "../../model/team-access";
import { exampleCatalog, exampleService } from "../support/example";

const services = [exampleService(), exampleService({ team: "support" }, "desk")];

function given(access: AccessOptions | undefined, environment: string): readonly string[] {
  const catalog = exampleCatalog(services, access === undefined ? {} : { access });
  return catalog.environments
    .filter(({ name }) => name === environment)
    .flatMap((each) => accessOf(estateOf(catalog, each)))
    .map(({ team, role, services: about }) => `${team.name} ${role}: ${about.map((s) => s.service.name).join()}`);
}

describe("who gets in", () => {
  test("is nobody, where nothing is said", () => {
    expect(given(undefined, "prod")).toEqual([]);
    expect(given({ grants: {} }, "prod")).toEqual([]);
  });

  test("is whom the table names, in the environment that it names alone", () => {
    const access: AccessOptions = { grants: { backend: { prod: ["viewer"] } } };
    expect(given(access, "prod")).toEqual(["backend viewer: shop,desk"]);
    expect(given(access, "dev")).toEqual([]);
  });

  test("reads across teams, and edits what is its own", () => {
    expect(given({ grants: { backend: { prod: ["auditor", "editor", "on-call", "viewer"] } } }, "prod")).toEqual([
      "backend viewer: shop,desk",
      "backend editor: shop",
      "backend on-call: shop,desk",
      "backend auditor: shop,desk",
    ]);
  });
});

test("a team is its rotation and whoever else it names, each once", () => {
  const [team] = exampleCatalog().teams;
  if (team === undefined) throw new Error("no team");
  expect(membersOf(team)).toEqual(["support-1@example.com", "support-2@example.com"]);
  expect(membersOf({ ...team, members: ["lead@example.com", "support-1@example.com"] })).toEqual([
    "support-1@example.com",
    "support-2@example.com",
    "lead@example.com",
  ]);
});
