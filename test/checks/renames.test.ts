import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import type { Service } from "../../model/service";
import { exampleCatalog, exampleService } from "../support/example";

const findingsOf = (...services: readonly Service[]) =>
  checkCatalog(exampleCatalog(services)).filter(({ id }) => id === "name/renamed-from");

const renamed = (name: string, renamedFrom: string): Service => exampleService({ renamedFrom }, name);

describe("a renamed service", () => {
  test("has an old name that was nobody else's", () => {
    expect(findingsOf(renamed("store", "shop"), exampleService({}, "other"))).toEqual([]);
  });

  test("does not take the resources of a service that stays, nor share its rule group namespace", () => {
    expect(findingsOf(renamed("store", "other"), exampleService({}, "other"))).toMatchObject([
      {
        where: { service: "store", field: "renamedFrom" },
        message: expect.stringContaining("there is a service other"),
        fix: expect.stringContaining("take renamedFrom out"),
      },
    ]);
  });

  test("nor those of a service that was renamed too, into whose name another steps", () => {
    expect(findingsOf(renamed("store", "other"), renamed("other", "older"))).toMatchObject([
      { where: { service: "store" } },
    ]);
  });

  test("is the only one that had its old name", () => {
    expect(findingsOf(renamed("store", "shop"), renamed("market", "shop"))).toMatchObject([
      { where: { service: "store" }, message: expect.stringContaining("another service") },
      { where: { service: "market" }, message: expect.stringContaining("another service") },
    ]);
  });

  test("has another name now", () => {
    expect(findingsOf(renamed("shop", "shop"))).toMatchObject([{ message: expect.stringContaining("it has") }]);
  });

  test.each(["", "Shop", "my shop", "s".repeat(51)])("was not called %j, which no service can be", (name) => {
    expect(findingsOf(renamed("store", name))).toMatchObject([{ where: { service: "store" } }]);
  });
});
