import { describe, expect, test } from "@jest/globals";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { EventOrchestration } from "../../../constructs/pagerduty/event-orchestration";
import { unroutedAlerts } from "../../../constructs/pagerduty/service";
import type { Service } from "../../../model/service";
import { exampleEstate, exampleService } from "../../support/example";
import { heldService, tested } from "../cloudwatch/held";
import { only, synthesized } from "./synthesized";

const serviceIds = { shop: "PSHOP", "shop-admin": "PADMIN", [unroutedAlerts]: "PUNROUTED" };

const services = [exampleService({}, "shop-admin"), exampleService({}, "shop")];

const synthesize = (
  name: "dev" | "prod",
  ids: Readonly<Record<string, string>> = serviceIds,
  of: readonly Service[] = services,
) => {
  const stack = new TerraformStack(new App(), name);
  const estate = exampleEstate(name, of);
  const { routingKey } = new EventOrchestration(stack, "events", estate, ids);
  new TerraformOutput(stack, "key", { value: routingKey, sensitive: true });
  return synthesized(Testing.synth(stack));
};

describe.each(["dev", "prod"] as const)("in %s", (name) => {
  const { resources, output } = synthesize(name);
  const orchestration = only(resources("pagerduty_event_orchestration"));

  test("one orchestration, named by the environment", () => {
    expect(orchestration).toMatchObject({ name });
  });

  test("one routing key, of an integration of its own, kept out of Terraform's output", () => {
    const integration = only(resources("pagerduty_event_orchestration_integration"));
    expect(integration).toMatchObject({ event_orchestration: `\${${orchestration.address}.id}` });
    expect(output("key")).toBe(`\${sensitive(${integration.address}.parameters[0].routing_key)}`);
  });

  test("the router sends each service its events, and all else to the service for unrouted alerts", () => {
    const router = only(resources("pagerduty_event_orchestration_router"));
    expect(router).toMatchObject({
      event_orchestration: `\${${orchestration.address}.id}`,
      set: {
        id: "start",
        rule: [
          {
            label: "Events of shop",
            actions: { route_to: "PSHOP" },
            condition: [
              { expression: "event.component matches exactly 'shop'" },
              { expression: `event.custom_details.tags matches regex '(?:^|[ ,"])service:shop(?:$|[ ,"])'` },
            ],
          },
          { label: "Events of shop-admin", actions: { route_to: "PADMIN" } },
        ],
      },
      catch_all: { actions: { route_to: "PUNROUTED" } },
    });
  });

  test("no rule touches the deduplication key, drops or suppresses an event", () => {
    const all = JSON.stringify(resources("pagerduty_event_orchestration_global"));
    expect(all).toContain("severity");
    expect(all).not.toMatch(/dedup|drop_event|suppress|suspend|extraction/);
  });

  test("an event that meets no severity rule stays as it is", () => {
    expect(only(resources("pagerduty_event_orchestration_global"))).toMatchObject({ catch_all: { actions: {} } });
  });
});

describe("severity", () => {
  const rules = (name: "dev" | "prod") => {
    const { set } = only(synthesize(name).resources("pagerduty_event_orchestration_global"));
    return JSON.stringify(set);
  };

  test("development clamps what is not mere information, last of all its rules", () => {
    expect(rules("dev")).toMatch(
      /"actions":\{"severity":"warning"\},"condition":\[\{"expression":"not event.severity matches exactly 'info'"\}\],"label":"Nothing pages outside production"\}\]\}\]$/,
    );
    expect(rules("dev")).not.toMatch(/"severity":"(critical|error)"/);
  });

  test("production does not clamp", () => {
    expect(rules("prod")).not.toContain("event.severity");
    expect(rules("prod")).toContain('"severity":"critical"');
  });
});

test.each(["shop", unroutedAlerts])("without the identifier of %s nothing is made", (name) => {
  const { [name]: _, ...rest } = Object.fromEntries(Object.entries(serviceIds));
  expect(() => synthesize("prod", rest)).toThrow(`no PagerDuty service is named ${name}`);
});

describe("where CloudWatch evaluates an alert", () => {
  const watched = heldService({ alerts: [tested({ when: "cpu_usage > 80%" })] }, "shop");
  const { resources } = synthesize("prod", serviceIds, [watched, exampleService({}, "shop-admin")]);

  test("the alarms of its service are routed there, and no other service waits for any", () => {
    const router = JSON.stringify(only(resources("pagerduty_event_orchestration_router")));
    expect(router).toContain(
      JSON.stringify(String.raw`raw_event.Message matches regex '"AlarmName"\\s*:\\s*"\\[prod\\] shop: '`),
    );
    expect(router.match(/raw_event/g)).toHaveLength(1);
  });

  test("what SNS delivers becomes an event, before all other rules", () => {
    const { set } = only(resources("pagerduty_event_orchestration_global"));
    expect(set).toMatchObject([
      {
        rule: [
          {
            label: "CloudWatch alarm is over",
            actions: {
              event_action: "resolve",
              extraction: [{ target: "event.dedup_key", source: "raw_event.Message" }, { target: "event.summary" }],
            },
          },
          { label: "CloudWatch SEV-1", actions: { severity: "critical", extraction: [{}, {}] } },
          { label: "CloudWatch SEV-2", actions: { severity: "error" } },
          { label: "CloudWatch SEV-3", actions: { severity: "warning" } },
          ...Array.from({ length: 4 }, () => ({ label: expect.stringContaining("Tagged") })),
        ],
      },
    ]);
    expect(JSON.stringify(set)).not.toMatch(/drop_event|suppress|suspend/);
  });
});
