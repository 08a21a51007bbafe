import { describe, expect, test } from "@jest/globals";
import { agentPorts } from "../../constructs/runtime-configuration/runtime-files";
import { environment as environmentOf } from "../../model/environment";
import { hosts } from "../../model/runtime";
import { isConfigured, ratioOf, runtimeVariables } from "../../model/runtime-configuration";
import type { ServiceOptions } from "../../model/service";
import type { TraceBackend } from "../../model/trace-pipeline";
import { exampleEstate, exampleService } from "../support/example";

/** The variables of the example service, in an environment with some backends of traces. */
function told(options: Partial<ServiceOptions>, backends: readonly TraceBackend[] = ["jaeger"]) {
  const [service] = exampleEstate("prod", [exampleService(options)]).services;
  if (service === undefined) throw new Error("no service");
  const { name, ...settings } = service.environment;
  const environment = environmentOf(name, { ...settings, ...(backends.length === 0 ? {} : { tracing: { backends } }) });
  return Object.fromEntries(
    runtimeVariables({ ...service, environment }, agentPorts).map((one) => [one.name, one.value]),
  );
}

describe("the sampler of a service", () => {
  test("makes every trace whose errors are promised to be kept, even against its caller's decision", () => {
    const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument } = told({ tracing: {} });
    expect([sampler, argument]).toEqual(["always_on", undefined]);
  });

  test("follows its caller where nothing is promised, and begins a share of its own", () => {
    const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument } = told({
      tracing: { sampling: { kind: "head", percent: 10 } },
    });
    expect([sampler, argument]).toEqual(["parentbased_traceidratio", "0.1"]);
  });

  test("is off where traces are not collected", () => {
    expect(told({ tracing: {} }, [])).toMatchObject({ OTEL_SDK_DISABLED: "true" });
    expect(told({})).toMatchObject({ OTEL_SDK_DISABLED: "true" });
    expect(told({ tracing: {} }, [])).not.toHaveProperty("OTEL_EXPORTER_OTLP_ENDPOINT");
  });

  test.each([
    [10, "0.1"],
    [0.1, "0.001"],
    [29, "0.29"],
    [57, "0.57"],
    [100, "1"],
    [0, "0"],
  ])("of %p %% takes the ratio %s, exactly", (percent, ratio) => {
    expect(ratioOf(percent)).toBe(ratio);
  });
});

describe("a service's variables", () => {
  test("name its log group to X-Ray, where traces go there", () => {
    expect(told({ tracing: {} }, ["xray"])).toMatchObject({
      OTEL_RESOURCE_ATTRIBUTES:
        "deployment.environment.name=prod,deployment.environment=prod,aws.log.group.names=%2Fecs%2Fshop",
      OTEL_PROPAGATORS: "xray,tracecontext,baggage",
    });
    expect(told({ tracing: {} }, ["jaeger"])).toMatchObject({ OTEL_PROPAGATORS: "tracecontext,baggage" });
  });

  test("are its own beside those that follow, in the order of their names", () => {
    const all = told({ configuration: { variables: { A_TIMEOUT: { default: "1", prod: "2" } }, metricsPort: 8000 } });
    expect(all).toMatchObject({ A_TIMEOUT: "2", PROMETHEUS_METRICS_PORT: "8000", PROMETHEUS_METRICS_INTERVAL: "10" });
    expect(Object.keys(all)).toEqual(Object.keys(all).toSorted());
  });

  test("speak of StatsD only where a metric is in Datadog", () => {
    expect(told({})).toMatchObject({ STATSD_TAGS: "env:prod,service:shop,team:backend" });
    expect(told({ telemetry: [], alerts: { unmonitored: "a test" } })).not.toHaveProperty("STATSD_HOST");
  });
});

test("what the company did not write reads no configuration", () => {
  const [own, foreign] = exampleEstate("prod", [
    exampleService(),
    exampleService({ runtime: hosts({ logGroup: "/ec2/hosts" }) }, "hosts"),
  ]).services.map(isConfigured);
  expect([own, foreign]).toEqual([true, false]);
});
