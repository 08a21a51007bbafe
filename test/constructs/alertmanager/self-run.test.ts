import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import shipped from "../../../catalog/catalog";
import { secretIn } from "../../../checks/secrets";
import { alertmanagerConfig } from "../../../constructs/alertmanager/config";
import { alertmanagerArtifacts, selfRunDocument } from "../../../constructs/alertmanager/self-run";
import { estateOf } from "../../../model/estate";
import { weekly } from "../../../model/maintenance-window";
import { checked } from "../../../model/result";
import { exampleEstate, exampleService } from "../../support/example";

const estate = exampleEstate("prod", [
  exampleService({
    maintenance: [
      weekly("night", {
        days: ["saturday"],
        start: "23:00",
        end: "01:30",
        timeZone: "Europe/Berlin",
        reason: "Upgrades",
      }),
    ],
  }),
]);
const [file] = alertmanagerArtifacts(estate);
const text = file?.content ?? "";
const document = selfRunDocument(checked(alertmanagerConfig(estate)));

describe("the file for an Alertmanager of one's own", () => {
  test("is the document, after YAML 1.1 too, which Alertmanager reads", () => {
    expect(file?.path).toBe("alertmanager/alertmanager.yaml");
    expect(parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
    expect(parse(text, { version: "1.1" })).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test("holds no secret, only where each is", () => {
    for (const environment of shipped.environments)
      for (const { content } of alertmanagerArtifacts(estateOf(shipped, environment))) {
        expect(secretIn(content)).toBeUndefined();
        expect(content).not.toMatch(/routing_key:|service_key:|api_token|password/);
        expect(content).toContain("routing_key_file: /etc/alertmanager/secrets/pagerduty-routing-key");
      }
  });

  test("has a window across midnight in two parts, in its own zone", () => {
    expect(document.time_intervals?.filter(({ name }) => !name.startsWith("weekly summary/"))).toEqual([
      {
        name: "shop/night",
        time_intervals: [
          {
            times: [{ start_time: "23:00", end_time: "24:00" }],
            weekdays: ["saturday"],
            location: "Europe/Berlin",
          },
          { times: [{ start_time: "00:00", end_time: "01:30" }], weekdays: ["sunday"], location: "Europe/Berlin" },
        ],
      },
    ]);
  });

  test("names the service in the event's component, by which PagerDuty's orchestration routes", () => {
    const paged = z
      .array(z.object({ pagerduty_configs: z.array(z.object({ component: z.string() }).loose()).optional() }).loose())
      .parse(document.receivers)
      .flatMap(({ pagerduty_configs: configs }) => configs ?? []);
    expect(paged).toHaveLength(2);
    for (const { component } of paged) expect(component).toBe("{{ .GroupLabels.service }}");
  });

  test("tells channels of what is over, and digests not", () => {
    expect(document.receivers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: "slack-backend",
          slack_configs: [expect.objectContaining({ channel: "#backend", send_resolved: true })],
        }),
        expect.objectContaining({
          name: "digest-backend",
          email_configs: [expect.objectContaining({ to: "backend@example.com", send_resolved: false })],
        }),
      ]),
    );
    expect(document.global.smtp_from).toBe("alertmanager@example.com");
  });

  test("says above every inhibition why it is", () => {
    const [production] = shipped.environments.filter(({ name }) => name === "prod");
    const [own] = production === undefined ? [] : alertmanagerArtifacts(estateOf(shipped, production));
    expect(own?.content).toContain("# database is down, which its own page says; these pages are its consequences\n");
  });
});
