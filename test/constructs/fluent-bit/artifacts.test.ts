import { describe, expect, test } from "@jest/globals";
import { fluentBitArtifacts } from "../../../constructs/fluent-bit/artifacts";
import { fluentBitConfig } from "../../../constructs/fluent-bit/config";
import { aggregatorConfig, ports } from "../../../constructs/fluentd/aggregator";
import { destinations } from "../../../constructs/fluentd/route";
import { logCapacity } from "../../../model/log-capacity";
import { logShippingOf } from "../../../model/log-shipping";
import { pipelinePorts } from "../../../model/pipeline-ports";
import { all, estateWith } from "../fluentd/shipping";

const estate = estateWith(all);
const { services } = logCapacity(estate);
const shipping = logShippingOf(estate.environment);
const configs = services.map((service) => ({ service, sections: fluentBitConfig(service, shipping) }));

const entryOf = (sections: (typeof configs)[number]["sections"], name: string, key: string) =>
  sections.find((section) => section.name === name)?.entries.find(([each]) => each === key)?.[1];

describe("Fluent Bit beside each service", () => {
  test("every service that logs by the contract in ECS has one", () => {
    expect(services.map(({ contract }) => contract.service)).toEqual([
      "app-service",
      "celery-worker",
      "analytics-backend",
    ]);
  });

  test.each(configs)("keeps on disk what Fluentd has not acknowledged: $service.tag", ({ sections }) => {
    expect(entryOf(sections, "INPUT", "storage.type")).toBe("filesystem");
    expect(entryOf(sections, "OUTPUT", "Require_ack_response")).toBe("True");
    expect(entryOf(sections, "OUTPUT", "Retry_Limit")).toBe("no_limits");
    expect(entryOf(sections, "OUTPUT", "Port")).toBe(String(ports.forward));
  });

  test.each(configs)("sends with a tag that Fluentd knows: $service.tag", ({ sections }) => {
    const tag = entryOf(sections, "OUTPUT", "Tag") ?? "";
    const ends = destinations(aggregatorConfig(estate), "@COLLECT", tag);
    expect(ends.lost).toEqual([]);
    expect(ends.outputs.length).toBeGreaterThanOrEqual(shipping.outputs.length);
  });

  test.each(configs)(
    "tells its metrics to who asks, under the service's name: $service.tag",
    ({ service, sections }) => {
      const name = service.contract.service;
      expect(entryOf(sections, "INPUT", "Alias")).toBe(name);
      expect(entryOf(sections, "OUTPUT", "Alias")).toBe(name);
      expect(entryOf(sections, "SERVICE", "HTTP_Listen")).toBe("0.0.0.0");
      expect(entryOf(sections, "SERVICE", "HTTP_Port")).toBe(String(pipelinePorts.fluentBit));
    },
  );

  test("holds a quarter of an hour of the service's peak", () => {
    const analytics = configs.find(({ service }) => service.contract.service === "analytics-backend");
    // 10,000 events of 632 bytes, 900 seconds.
    expect(entryOf(analytics?.sections ?? [], "OUTPUT", "storage.total_limit_size")).toBe("5425M");
  });

  test("masks what is personal before it leaves the task", () => {
    const text = fluentBitArtifacts(estate).find(
      ({ path }) => path === "fluent-bit/app-service/fluent-bit.conf",
    )?.content;
    expect(text).toContain("    Condition Key_exists client_ip\n    Set client_ip [redacted]\n");
  });

  test("without TLS no key is sent", () => {
    const [service] = services;
    const sections = service === undefined ? [] : fluentBitConfig(service, { ...shipping, tls: false });
    expect(entryOf(sections, "OUTPUT", "Shared_Key")).toBeUndefined();
  });

  test("the task definition runs this configuration, and holds no secret's value", () => {
    const content = fluentBitArtifacts(estate).find(({ path }) =>
      path.endsWith("app-service/task-definition.json"),
    )?.content;
    const task = JSON.parse(content ?? "{}");
    const [router, app] = task.containerDefinitions;
    expect(router.environment[0].value).toBe(
      fluentBitArtifacts(estate).find(({ path }) => path === "fluent-bit/app-service/fluent-bit.conf")?.content,
    );
    expect(router.portMappings).toEqual([{ containerPort: pipelinePorts.fluentBit, protocol: "tcp" }]);
    expect(router.mountPoints[0].sourceVolume).toBe(task.volumes[0].name);
    expect(router.secrets).toEqual([
      {
        name: "FLUENTD_SHARED_KEY",
        valueFrom: "arn:aws:secretsmanager:eu-central-1:777788889999:secret:prod/fluentd/shared-key",
      },
    ]);
    expect(app.logConfiguration.logDriver).toBe("awsfirelens");
    expect(app.dependsOn).toEqual([{ containerName: router.name, condition: "HEALTHY" }]);
  });
});
