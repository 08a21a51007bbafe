import { describe, expect, test } from "@jest/globals";
import { contactPointOf, contactPointsOf, slackMessage } from "../../../constructs/grafana/contact-point";
import { limits } from "../../../constructs/pagerduty/limits";
import { alert } from "../../../model/alert";
import { onlyRule } from "../prometheus/rule";
import { expanded, type Notification, pagerDutyPayload } from "./notification";

const ruleOf = (severity: "SEV-1" | "SEV-4", environment: "dev" | "prod" = "prod") =>
  onlyRule(
    alert("Example", {
      when: "memory > 1GB",
      for: "5m",
      severity,
      summary: "{value} it is",
      runbook: "https://runbooks.example.com/example",
      evaluator: "grafana",
    }),
    environment,
  );

const notification: Notification = {
  Status: "firing",
  CommonLabels: {
    alertname: "shop: HighErrorRate",
    grafana_folder: "Backend (prod)",
    environment: "prod",
    service: "shop",
    severity: "critical",
    team: "backend",
    tier: "1",
  },
  CommonAnnotations: {
    summary: "6% of requests fail",
    runbook_url: "https://runbooks.example.com/high-error-rate",
    dashboard_url: "https://grafana.example.com/d/prod-shop-service",
  },
  Alerts: [{ Annotations: { summary: "6% of requests fail", description: "Since 5 minutes" } }],
};
const { summary: _summary, ...withoutSummary } = notification.CommonAnnotations;

describe("a contact point", () => {
  test("calls somebody where the severity does", () => {
    expect(contactPointOf(ruleOf("SEV-1"))).toEqual({
      name: "backend (prod), PagerDuty",
      pagerDuty: true,
      slack: "#backend",
    });
    expect(contactPointOf(ruleOf("SEV-4"))).toEqual({ name: "backend (prod)", pagerDuty: false, slack: "#backend" });
  });

  test("is of one environment, and there once", () => {
    const rules = [ruleOf("SEV-4"), ruleOf("SEV-1"), ruleOf("SEV-1"), ruleOf("SEV-1", "dev")];
    expect(contactPointsOf(rules).map(({ name }) => name)).toEqual([
      "backend (dev), PagerDuty",
      "backend (prod)",
      "backend (prod), PagerDuty",
    ]);
  });
});

describe("what PagerDuty is told", () => {
  test("the alert, whose service it is, how bad, and where to go on", () => {
    expect(pagerDutyPayload(notification)).toEqual({
      event_action: "trigger",
      payload: {
        severity: "critical",
        class: "shop: HighErrorRate",
        component: "shop",
        group: "prod",
        source: "Grafana",
        summary: "shop: HighErrorRate: 6% of requests fail",
        custom_details: expect.objectContaining({
          num_firing: "1",
          team: "backend",
          runbook: "https://runbooks.example.com/high-error-rate",
          dashboard: "https://grafana.example.com/d/prod-shop-service",
        }),
      },
    });
  });

  test.each<[string, Partial<Notification>, string]>([
    ["series with different texts", { CommonAnnotations: withoutSummary }, "shop: HighErrorRate"],
    [
      "a data source that fails",
      {
        CommonLabels: { ...notification.CommonLabels, alertname: "DatasourceError", rulename: "shop: HighErrorRate" },
        CommonAnnotations: { summary: "(no value) of requests fail" },
      },
      "DatasourceError shop: HighErrorRate: (no value) of requests fail",
    ],
  ])("the summary of %s is never empty", (_what, change, summary) => {
    const { payload } = pagerDutyPayload({ ...notification, ...change });
    expect(payload).toMatchObject({ summary });
    expect(summary.length).toBeLessThanOrEqual(limits.summaryLength);
  });
});

test("what Slack shows", () => {
  const told = {
    ...notification,
    Alerts: [...notification.Alerts, { Annotations: { summary: "7% of requests fail" } }],
  };
  expect([expanded(slackMessage.title, told), expanded(slackMessage.text, told)]).toEqual([
    "[FIRING] prod shop: HighErrorRate: 6% of requests fail",
    [
      "6% of requests fail",
      "Since 5 minutes",
      "7% of requests fail",
      "Severity: critical",
      "Runbook: https://runbooks.example.com/high-error-rate",
      "Dashboard: https://grafana.example.com/d/prod-shop-service",
    ].join("\n"),
  ]);
});
