import { describe, expect, test } from "@jest/globals";
import { App } from "cdktf";
import { checkCatalog } from "../../checks/check-catalog";
import { alert } from "../../model/alert";
import { absent } from "../../model/condition";
import { logCount } from "../../model/indicator";
import { stacksOf } from "../../stacks/stacks";
import { example, exampleCatalog, exampleLogs, exampleService } from "../support/example";

const inGrafana = (name: string, when: Parameters<typeof alert>[1]["when"]) =>
  alert(name, {
    when,
    for: "5m",
    severity: "SEV-1",
    summary: "{value} it is",
    runbook: "https://runbooks.example.com/example",
    evaluator: "grafana",
  });

const catalogOf = (...alerts: ReturnType<typeof inGrafana>[]) => exampleCatalog([exampleService({ alerts })]);

/** The whole stack of production, as Terraform reads it. */
function production(catalog: ReturnType<typeof catalogOf>): unknown {
  const blueprint = stacksOf(catalog).find(({ name }) => name === "prod");
  if (blueprint === undefined) throw new Error("no production");
  const { stack, artifacts } = blueprint.build(new App());
  return { ...stack.toTerraform(), artifacts };
}

describe("alerts that Grafana evaluates, through the whole stack", () => {
  const catalog = catalogOf(inGrafana("SlowCheckout", "p95_latency > 1s"), inGrafana("Gone", absent(example.memory)));

  test("pass the checks", () => {
    expect(checkCatalog(catalog)).toEqual([]);
  });

  test("are a rule group in the team's folder, told by the orchestration's own key, and nobody else's", () => {
    const stack = JSON.parse(JSON.stringify(production(catalog)));
    const [orchestration] = Object.keys(stack.resource.pagerduty_event_orchestration_integration);
    const [folder] = Object.keys(stack.resource.grafana_folder);
    expect(Object.values(stack.resource.grafana_rule_group)).toEqual([
      expect.objectContaining({
        name: "shop",
        folder_uid: `\${grafana_folder.${folder}.uid}`,
        rule: [
          expect.objectContaining({ name: "shop: SlowCheckout" }),
          expect.objectContaining({ name: "shop: Gone" }),
        ],
      }),
    ]);
    expect(Object.values(stack.resource.grafana_contact_point)).toEqual([
      expect.objectContaining({
        pagerduty: [
          expect.objectContaining({
            integration_key: `\${sensitive(pagerduty_event_orchestration_integration.${orchestration}.parameters[0].routing_key)}`,
          }),
        ],
        slack: [expect.objectContaining({ token: "${var.slack_bot_token}" })],
      }),
    ]);
    expect(stack.resource.aws_prometheus_rule_group_namespace).toBeUndefined();
    expect(stack.resource.datadog_monitor).toBeUndefined();
    expect(stack.artifacts).toEqual([
      expect.objectContaining({ path: "alertmanager/alertmanager.yaml" }),
      expect.objectContaining({ path: "logs/capacity.md" }),
    ]);
  });
});

test("what Grafana cannot evaluate is a finding of the check", () => {
  const found = checkCatalog(
    catalogOf(inGrafana("Errors", logCount(exampleLogs.level.equals("ERROR"), "5m").above("10"))),
  );
  expect(found).toContainEqual(
    expect.objectContaining({
      id: "alert/inexpressible",
      message: expect.stringMatching(/^Grafana would ask Prometheus for it, and log events cannot be counted/),
    }),
  );
});
