import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import shipped from "../../../catalog/catalog";
import { ampDefinition } from "../../../constructs/alertmanager/amp-definition";
import { alertmanagerConfig } from "../../../constructs/alertmanager/config";
import { selfRunDocument } from "../../../constructs/alertmanager/self-run";
import { estateOf } from "../../../model/estate";
import { checked } from "../../../model/result";

const shape = z.object({
  route: z.object({ routes: z.array(z.object({ receiver: z.string() }).loose()) }).loose(),
  receivers: z.array(z.object({ name: z.string() }).loose()),
  inhibit_rules: z.array(z.unknown()),
  time_intervals: z.array(z.unknown()).optional(),
});

describe.each(shipped.environments.map((environment) => [environment.name, environment] as const))(
  "Amazon's alert manager of %s",
  (_name, environment) => {
    const config = checked(alertmanagerConfig(estateOf(shipped, environment)));
    const text = ampDefinition(config, {
      region: environment.region,
      secretArn: "the-secret",
      teamTopicArn: (team) => `topic-of-${team}`,
      summaryTopicArn: (team) => `topic-of-the-week-of-${team}`,
      pagesTopicArn: "topic-of-the-watchdog",
      watchdogTopicArn: "topic-of-the-watchdog",
    });
    const outer = z.object({ alertmanager_config: z.string() }).strict().parse(parse(text));
    const inner = shape.parse(parse(outer.alertmanager_config));
    const own = shape.parse(selfRunDocument(config));

    test("has receivers that AMP knows, and no global settings", () => {
      for (const { name: _own, ...configs } of inner.receivers)
        expect([["pagerduty_configs"], ["sns_configs"]]).toContainEqual(Object.keys(configs));
      expect(Object.keys(parse(outer.alertmanager_config)).sort()).not.toContain("global");
    });

    test("routes and silences as one's own does, but for the digest that a team's mail makes needless", () => {
      expect(inner.route).toEqual({
        ...own.route,
        routes: own.route.routes.filter(({ receiver }) => !receiver.startsWith("digest-")),
      });
      expect(inner.inhibit_rules).toEqual(own.inhibit_rules);
      expect(inner.time_intervals).toEqual(own.time_intervals);
    });

    test("reads PagerDuty's key out of Secrets Manager", () => {
      expect(inner.receivers.find(({ name }) => name === "pagerduty")).toMatchObject({
        pagerduty_configs: [
          {
            routing_key: {
              aws_secrets_manager: { secret_arn: "the-secret", secret_key: "routing_key", refresh_interval: "5m" },
            },
          },
        ],
      });
    });

    test("tells a team's topic what its channel would be told, with a subject that SNS takes", () => {
      const subjects = z
        .array(z.object({ sns_configs: z.array(z.object({ topic_arn: z.string(), subject: z.string() })).optional() }))
        .parse(inner.receivers)
        .flatMap(({ sns_configs: configs }) => configs ?? []);
      expect(subjects.map(({ topic_arn: arn }) => arn)).toEqual([
        "topic-of-the-watchdog",
        "topic-of-platform",
        "topic-of-backend",
        "topic-of-analytics",
        ...(environment.production ? ["platform", "backend", "analytics"] : []).map(
          (team) => `topic-of-the-week-of-${team}`,
        ),
      ]);
      for (const { subject } of subjects) {
        expect(subject).toMatch(/^\{\{ printf "%\.100s" /);
        expect(subject).toMatch(/^[\x20-\x7e]+$/);
      }
    });
  },
);
