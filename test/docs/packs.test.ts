import { expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { checkCatalog } from "../../checks/check-catalog";
import { ofSearch } from "../../docs/examples/packs";
import { search } from "../../docs/examples/search-service";
import { noSimulation } from "../../model/simulation";
import { packsPage } from "../../tools/docs/packs-page";
import { textOf } from "./markdown";

test("the page of the packs is what their tables make of it: npm run docs", () => {
  expect(textOf("docs/packs.md")).toBe(packsPage());
});

test("what it shows of a service's own words is accepted by the checks", () => {
  expect(
    checkCatalog({
      ...shipped,
      environments: shipped.environments.map(({ elastic: _, ...each }) => each),
      services: [{ ...search, alerts: ofSearch }],
      simulation: noSimulation,
    }),
  ).toEqual([]);
  expect(ofSearch.map(({ name, severity }) => [name, severity])).toContainEqual(["HighErrorRate", "SEV-2"]);
});
