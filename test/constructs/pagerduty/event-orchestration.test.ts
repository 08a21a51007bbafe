import { describe, expect, test } from "@jest/globals";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { EventOrchestration } from "../../../constructs/pagerduty/event-orchestration";
import { unroutedAlerts } from "../../../constructs/pagerduty/service";
import { exampleEstate, exampleService } from "../../support/example";
import { only, synthesized } from "./synthesized";

const serviceIds = { shop: "PSHOP", "shop-admin": "PADMIN", [unroutedAlerts]: "PUNROUTED" };

const synthesize = (name: "dev" | "prod", ids: Readonly<Record<string, string>> = serviceIds) => {
  const stack = new TerraformStack(new App(), name);
  const estate = exampleEstate(name, [exampleService({}, "shop-admin"), exampleService({}, "shop")]);
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
              { expression: `raw_event.Message matches regex '"AlarmName"\\\\s*:\\\\s*"\\\\[${name}\\\\] shop: '` },
            ],
          },
          { label: "Events of shop-admin", actions: { route_to: "PADMIN" } },
        ],
      },
      catch_all: { actions: { route_to: "PUNROUTED" } },
    });
  });

  test("no rule drops or suppresses an event, and only CloudWatch's touch the deduplication key", () => {
    const { set } = only(resources("pagerduty_event_orchestration_global"));
    const rules: readonly { readonly label: string }[] = JSON.parse(JSON.stringify(set))[0].rule;
    expect(JSON.stringify(rules)).toContain("severity");
    expect(JSON.stringify(rules)).not.toMatch(/drop_event|suppress|suspend/);
    const touching = rules.filter((rule) => /dedup|extraction/.test(JSON.stringify(rule))).map(({ label }) => label);
    expect(touching).toEqual(["CloudWatch alarm is over", "CloudWatch SEV-1", "CloudWatch SEV-2", "CloudWatch SEV-3"]);
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
