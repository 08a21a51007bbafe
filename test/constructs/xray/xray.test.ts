import { describe, expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import shipped from "../../../catalog/catalog";
import { servicesInXray, xrayGroup, xraySamplingRule } from "../../../constructs/xray/groups";
import { Xray } from "../../../constructs/xray/xray";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { derivedVariables } from "../../../model/runtime-configuration";
import { tracingOf } from "../../../model/tracing";
import { exampleEstate, exampleService } from "../../support/example";

const [dev, staging, prod] = shipped.environments.map((one) => estateOf(shipped, one));
if (dev === undefined || staging === undefined || prod === undefined) throw new Error("an environment is missing");

const resourcesOf = (estate: EnvironmentEstate) =>
  JSON.parse(
    Testing.synthScope((scope) => {
      new Xray(scope, "xray", estate);
    }),
  ).resource;

describe("X-Ray", () => {
  test("has a group and a rule for each traced service", () => {
    const { aws_xray_group: groups, aws_xray_sampling_rule: rules } = resourcesOf(prod);
    expect([Object.keys(groups).length, Object.keys(rules).length]).toEqual([3, 3]);
    expect(Object.values(groups)).toContainEqual(
      expect.objectContaining({
        group_name: "prod-app-service",
        filter_expression: 'service("app-service")',
        insights_configuration: { insights_enabled: true, notifications_enabled: false },
      }),
    );
    expect(Object.values(rules)).toContainEqual(
      expect.objectContaining({ service_name: "app-service", fixed_rate: 1, reservoir_size: 0 }),
    );
  });

  test("has nothing where no traces go to it", () => {
    expect(servicesInXray(dev)).toEqual([]);
    expect(resourcesOf(dev)).toBeUndefined();
  });

  test("pays for insights in production alone", () => {
    const { aws_xray_group: groups } = resourcesOf(staging);
    expect(JSON.stringify(groups)).not.toContain('"insights_enabled":true');
  });
});

describe("what X-Ray is told of a service", () => {
  test("that samples at the head is the share that its variables say", () => {
    const service = exampleService({ tracing: { sampling: { kind: "head", percent: 5 } } });
    const estate = exampleEstate("prod", [service]);
    const [own] = estate.services;
    const environment = { ...estate.environment, tracing: { backends: ["xray" as const] } };
    const traced = tracingOf(service, environment);
    if (own === undefined || traced === undefined) throw new Error("not traced");
    const told = derivedVariables({ ...own, environment }, { otlp: 4317, statsd: 8125 });
    expect(String(xraySamplingRule(traced, "prod").fixedRate)).toBe(
      told.find(({ name }) => name === "OTEL_TRACES_SAMPLER_ARG")?.value,
    );
  });

  test("has a name that X-Ray takes, and no other service's", () => {
    const long = (name: string) => {
      const traced = tracingOf(exampleService({ tracing: {} }, name), exampleEstate("prod").environment);
      if (traced === undefined) throw new Error("not traced");
      return xrayGroup(traced, "prod").name;
    };
    const names = ["one", "two"].map((end) => long(`a-service-with-a-name-of-many-words-${end}`));
    expect(names.map((name) => name.length)).toEqual([32, 32]);
    expect(new Set(names).size).toBe(2);
  });
});
