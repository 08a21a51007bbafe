import { IntegrationPagerdutyServiceObject } from "@cdktf/provider-datadog/lib/integration-pagerduty-service-object";
import { Monitor } from "@cdktf/provider-datadog/lib/monitor";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { DatadogMonitors } from "../../../constructs/datadog/monitors";
import { alert } from "../../../model/alert";
import { exampleEstate, exampleService } from "../../support/example";

/** The example estate's monitors as Terraform JSON. */
function synthesized(service = exampleService()): string {
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  new DatadogMonitors(stack, "datadog", exampleEstate("prod", [service]), { routingKey: "from-the-orchestration" });
  return Testing.synth(stack);
}

describe("Datadog monitors of an estate", () => {
  test("are those whose evaluator is Datadog", () => {
    const json = synthesized();
    expect(
      Testing.toHaveResourceWithProperties(json, Monitor.tfResourceType, {
        name: "[prod] shop: ErrorLogs",
        type: "log alert",
      }),
    ).toBe(true);
    expect(json).not.toContain("HighErrorRate");
  });

  test("reach PagerDuty through the environment's orchestration", () => {
    expect(
      Testing.toHaveResourceWithProperties(synthesized(), IntegrationPagerdutyServiceObject.tfResourceType, {
        service_name: "prod",
        service_key: "from-the-orchestration",
      }),
    ).toBe(true);
  });

  test("need no way to PagerDuty where nothing goes there", () => {
    const quiet = alert("Quiet", {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-4",
      summary: "x",
      runbook: "https://r.example.com",
      evaluator: "datadog",
    });
    expect(
      Testing.toHaveResource(
        synthesized(exampleService({ alerts: [quiet] })),
        IntegrationPagerdutyServiceObject.tfResourceType,
      ),
    ).toBe(false);
  });

  test("keep their ids when another alert comes before them", () => {
    const named = (name: string) =>
      alert(name, {
        when: "error_rate > 1%",
        for: "5m",
        severity: "SEV-3",
        summary: "x",
        runbook: "https://r.example.com",
        evaluator: "datadog",
      });
    const idOf = (json: string): readonly string[] => Object.keys(JSON.parse(json).resource[Monitor.tfResourceType]);
    const alone = idOf(synthesized(exampleService({ alerts: [named("Kept")] })));
    expect(idOf(synthesized(exampleService({ alerts: [named("Added"), named("Kept")] })))).toEqual(
      expect.arrayContaining([...alone]),
    );
  });
});
