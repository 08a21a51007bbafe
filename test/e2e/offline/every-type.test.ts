import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { factsOf } from "../../../offline/overlay/facts-of";
import { withFacts } from "../../../offline/overlay/with-facts";
import { estateBindings } from "../../../offline/schema/bindings";
import { deriveConfiguration, deriveType } from "../../../offline/schema/derive";
import type { ProviderSchema, Schema } from "../../../offline/schema/provider-schema";
import { localName } from "../../../offline/schema/provider-schemas";
import { configurationOf, type Extent } from "./generate";
import { plannedActions, projectRoot, type Rig, requiredProviders, startRig } from "./rig";

/** Everything the overlay has facts about: the types that the estate emits. */
function schemasInUse(): ReadonlyMap<string, ProviderSchema> {
  return new Map(
    estateBindings(projectRoot).map(({ source, folder }) => {
      const facts = factsOf(source);
      const derived = (mode: "resource" | "data", types: readonly string[]): Record<string, Schema> =>
        Object.fromEntries(
          types.map((type) => {
            const result = deriveType(folder, localName(source), mode, type);
            if (result === undefined) throw new Error(`no bindings of ${type}`);
            return [type, result.value];
          }),
        );
      const schema: ProviderSchema = {
        configuration: deriveConfiguration(folder).value,
        resources: derived("resource", Object.keys(facts.resources)),
        dataSources: derived("data", Object.keys(facts.dataSources ?? {})),
      };
      const { schema: complete, warnings } = withFacts(schema, facts);
      expect(warnings).toEqual([]);
      return [localName(source), complete];
    }),
  );
}

const extents: readonly Extent[] = ["minimal", "maximal"];
const schemas = schemasInUse();

/** One of each type, minimal and maximal. */
const every = (part: "resources" | "dataSources") =>
  Object.fromEntries(
    [...schemas.values()].flatMap((schema) =>
      Object.entries(schema[part]).map(([type, { block }]) => [
        type,
        Object.fromEntries(extents.map((extent) => [extent, configurationOf(block, extent)])),
      ]),
    ),
  );

/** Monitors over the ids of others, which are known only when those exist. */
const referring = {
  composite: {
    name: "composite",
    type: "composite",
    message: "",
    query: `\${datadog_monitor.minimal.id} && !\${datadog_monitor.maximal.id}`,
  },
  burn_rate: {
    name: "burn rate",
    type: "slo alert",
    message: "",
    query: `burn_rate("\${datadog_service_level_objective.minimal.id}").over("30d").long_window("1h").short_window("5m") > 14.4`,
    monitor_thresholds: { critical: "14.4" },
  },
};

const types = every("resources");
const resources = { ...types, datadog_monitor: { ...types["datadog_monitor"], ...referring } };
const dataSources = every("dataSources");
const addresses = Object.entries(resources).flatMap(([type, named]) =>
  Object.keys(named).map((name) => `${type}.${name}`),
);

describe("every resource type of the estate", () => {
  let rig: Rig;
  let first: Readonly<Record<string, string>>;
  let second: Readonly<Record<string, string>>;
  beforeAll(async () => {
    rig = await startRig({
      all: {
        terraform: { required_providers: requiredProviders },
        // The one provider that takes no configuration from the environment alone.
        provider: { opsgenie: { api_key: "key-of-the-test" } },
        resource: resources,
        data: dataSources,
      },
    });
    const configured = [await rig.terraform("all", "init", "-input=false"), await rig.terraform("all", "validate")];
    for (const { code, stderr } of configured) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    first = await plannedActions(rig, "all");
    const { code, stderr } = await rig.terraform("all", "apply", "-input=false", "plan");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    second = await plannedActions(rig, "all");
  }, 60_000);
  afterAll(() => rig.close());

  test("are these", () => {
    expect(Object.keys(resources)).toHaveLength(110);
    expect(Object.keys(dataSources)).toEqual(["datadog_permissions", "pagerduty_user", "opsgenie_user"]);
  });

  test.each(addresses)("%s is created, and then left alone", (address) => {
    expect([first[address], second[address]]).toEqual(["create", "no-op"]);
  });

  test("nothing is left after destroy", async () => {
    const { code, stderr, stdout } = await rig.terraform("all", "destroy", "-auto-approve");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Destroy complete! Resources: ${addresses.length} destroyed.`);
  });
});
