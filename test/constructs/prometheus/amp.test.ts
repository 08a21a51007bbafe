import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { AmazonManagedPrometheus } from "../../../constructs/prometheus/amp";
import { prometheusArtifacts } from "../../../constructs/prometheus/rule-file";
import { literal } from "../../../constructs/terraform/literal";
import { alert, unmonitored } from "../../../model/alert";
import type { EnvironmentEstate } from "../../../model/estate";
import type { Service } from "../../../model/service";
import { exampleEstate, exampleService } from "../../support/example";

interface Namespace {
  readonly name: string;
  readonly data: string;
  readonly workspace_id: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface Synthesized {
  readonly resource: {
    readonly aws_prometheus_workspace: Readonly<Record<string, unknown>>;
    readonly aws_prometheus_workspace_configuration?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly aws_prometheus_rule_group_namespace?: Readonly<Record<string, Namespace>>;
  };
}

function synthesized(estate: EnvironmentEstate): Synthesized["resource"] {
  const stack = new TerraformStack(new App(), "prod");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new AmazonManagedPrometheus(stack, "prometheus", estate, { logsKey: undefined });
  const { resource }: Synthesized = JSON.parse(Testing.synth(stack));
  return resource;
}

const namespaces = (services: readonly Service[]) =>
  synthesized(exampleEstate("prod", services)).aws_prometheus_rule_group_namespace ?? {};

describe("Amazon Managed Service for Prometheus", () => {
  test("has one workspace per environment", () => {
    const { aws_prometheus_workspace: workspaces } = synthesized(exampleEstate("prod"));
    expect(Object.values(workspaces)).toEqual([
      expect.objectContaining({ alias: "prod", tags: { environment: "prod" } }),
    ]);
  });

  test("gives each service that is scraped its budget of series, and keeps metrics as long as the environment says", () => {
    const services = [exampleService({ seriesBudget: 40_000 }), exampleService({ scrapes: [] }, "silent")];
    const { aws_prometheus_workspace_configuration: found } = synthesized(exampleEstate("prod", services));
    expect(Object.values(found ?? {})).toEqual([
      expect.objectContaining({
        retention_period_in_days: 150,
        limits_per_label_set: [{ label_set: { job: "shop" }, limits: [{ max_series: 40_000 }] }],
      }),
    ]);
  });

  test("receives the very bytes of the rule files", () => {
    const tricky = alert("HighErrorRate", {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-1",
      summary: '${value} and %{value}: "{{ quoted }}"\nand more',
      runbook: "https://runbooks.example.com/high-error-rate",
    });
    const services = [exampleService(), exampleService({ alerts: [tricky] }, "basket")];
    const received = Object.values(namespaces(services)).map(({ name, data }) => [name, data]);
    const files = prometheusArtifacts(exampleEstate("prod", services)).map(({ path, content }) => [
      path.slice("prometheus/".length, -".rules.yaml".length),
      literal(content),
    ]);
    expect(files).toHaveLength(2);
    expect(received.toSorted()).toEqual(files.toSorted());
    expect(JSON.stringify(received)).toContain("$${{ $value");
  });

  test("puts each namespace into the workspace, with its service's tags", () => {
    const { aws_prometheus_workspace: workspaces, aws_prometheus_rule_group_namespace: rules = {} } = synthesized(
      exampleEstate("prod"),
    );
    const [workspace] = Object.keys(workspaces);
    expect(Object.values(rules)).toEqual([
      expect.objectContaining({
        name: "shop",
        workspace_id: `\${aws_prometheus_workspace.${workspace}.id}`,
        tags: { environment: "prod", service: "shop", team: "backend", tier: "1" },
      }),
    ]);
  });

  test("keeps the namespace of a renamed service, with the rules under its new name", () => {
    const [before] = Object.values(namespaces([exampleService({}, "shop")]));
    const [after, ...others] = Object.values(namespaces([exampleService({ renamedFrom: "shop" }, "store")]));
    expect(others).toEqual([]);
    expect([before?.name, after?.name]).toEqual(["shop", "shop"]);
    expect(after?.tags).toMatchObject({ service: "store" });
    expect(after?.data).toBe(before?.data.replaceAll("shop", "store"));
  });

  test("has no namespace for a service without alerts in Prometheus", () => {
    expect(namespaces([exampleService({ alerts: unmonitored("A trial.") })])).toEqual({});
  });

  test("a new service changes nothing of the others, wherever it stands", () => {
    const before = namespaces([exampleService()]);
    const after = namespaces([exampleService({}, "basket"), exampleService()]);
    expect([Object.keys(before), Object.keys(after)].map(({ length }) => length)).toEqual([1, 2]);
    expect(after).toMatchObject(before);
  });

  test("a service may be called workspace", () => {
    expect(Object.values(namespaces([exampleService({}, "workspace")]))).toHaveLength(1);
  });
});
