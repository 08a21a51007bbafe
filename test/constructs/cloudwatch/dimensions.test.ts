import { describe, expect, test } from "@jest/globals";
import { cloudwatchDimensions } from "../../../constructs/cloudwatch/dimensions";
import type { CloudwatchSource } from "../../../model/metric";
import { rds } from "../../../model/runtime";
import { exampleEstate, exampleService } from "../../support/example";

const source = (dimensions: CloudwatchSource["dimensions"]): CloudwatchSource => ({
  namespace: "AWS/ECS",
  name: "CPUUtilization",
  statistic: "Average",
  dimensions,
});

function scopeOf(...[options]: Parameters<typeof exampleService>) {
  const [service] = exampleEstate("prod", [exampleService(options)]).services;
  if (service === undefined) throw new Error("the example has a service");
  return service;
}

describe("the dimensions of a metric", () => {
  test("have the runtime's own values in the place of their placeholders", () => {
    expect(cloudwatchDimensions(source({ ClusterName: "{cluster}", Name: "x-{service}" }), scopeOf())).toEqual({
      ok: true,
      value: { ClusterName: "company", Name: "x-shop" },
    });
  });

  test("have the instance of the environment", () => {
    const runtime = rds({ instance: { default: "small", prod: "large" } });
    expect(cloudwatchDimensions(source({ DBInstanceIdentifier: "{instance}" }), scopeOf({ runtime }))).toEqual({
      ok: true,
      value: { DBInstanceIdentifier: "large" },
    });
  });

  test("without a value for a placeholder are an error that says what there is", () => {
    const runtime = rds({ instance: "main" });
    expect(cloudwatchDimensions(source({ ClusterName: "{cluster}" }), scopeOf({ runtime }))).toEqual({
      ok: false,
      error:
        "AWS/ECS CPUUtilization is found by {cluster}, but shop runs as rds-instance, which has none; it has {service}, {environment}, {instance}",
    });
  });
});
