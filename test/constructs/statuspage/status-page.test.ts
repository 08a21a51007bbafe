import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { checkCatalog } from "../../../checks/check-catalog";
import { StatusPage } from "../../../constructs/statuspage/status-page";
import { exampleCatalog, exampleService } from "../../support/example";
import { byName, only, synthesized } from "../pagerduty/synthesized";

const statusPage = { page: "0w2mfl8vx9rd" };
const services = [
  exampleService({ statusPage: { component: "Shop", description: "Sells ${things}", group: "Our product" } }, "shop"),
  exampleService({ statusPage: { component: "Search", description: "Finds things", group: "Our product" } }, "search"),
  exampleService({ statusPage: { component: "Help", description: "Answers" } }, "desk"),
  exampleService({}, "inner"),
];
const catalog = exampleCatalog(services, { statusPage });

describe("the status page", () => {
  const stack = new TerraformStack(new App(), "on-call");
  new StatusPage(stack, "status-page", catalog, statusPage);
  const { resources } = synthesized(Testing.synth(stack));

  test("shows the services that users know, and no other", () => {
    expect(resources("statuspage_component").map(({ name }) => name)).toEqual(["Help", "Search", "Shop"]);
    expect(byName(resources("statuspage_component"), "Shop")).toMatchObject({
      page_id: "0w2mfl8vx9rd",
      description: "Sells $${things}",
    });
  });

  test("leaves to people what they say of a component", () => {
    for (const component of resources("statuspage_component"))
      expect(component).toMatchObject({ status: "operational", lifecycle: { ignore_changes: ["status"] } });
  });

  test("groups them by name, and leaves out of the groups what names none", () => {
    const addressOf = (name: string) => `\${${byName(resources("statuspage_component"), name).address}.id}`;
    expect(only(resources("statuspage_component_group"))).toMatchObject({
      name: "Our product",
      components: [addressOf("Shop"), addressOf("Search")],
    });
  });
});

describe("the checks of the status page", () => {
  const found = (...args: Parameters<typeof exampleCatalog>) =>
    checkCatalog(exampleCatalog(...args)).map(({ id, level, where }) => [level, id, where.service, where.field]);

  test("have nothing against it", () => {
    expect(found(services, { statusPage })).toEqual([]);
  });

  test("refuse a component without a page", () => {
    expect(found(services.slice(0, 1))).toEqual([["error", "status-page/page", "shop", "statusPage.component"]]);
  });

  test("refuse two things of one name", () => {
    const named = exampleService({ statusPage: { component: "Our product", description: "All of it" } }, "all");
    expect(found([...services, named], { statusPage })).toEqual([
      ["error", "status-page/component", "all", "statusPage.component"],
    ]);
  });
});
